"""Whose keys an administrator has entered, and what becomes of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.exchange import partners, striking
from pxtui.casework.exchange.keys import PublicKeys
from pxtui.casework.office import journal
from pxtui.errors import PxtuiError
from tests.support.offices import CityOffice, two_offices


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[CityOffice, CityOffice]]:
    made = two_offices(tmp_path)
    yield made
    for office in made:
        office.register.close()


def known_to(office: CityOffice) -> list[PublicKeys]:
    with office.register.reading(office.acting) as context:
        return partners.partners(context)


def keys_of(office: CityOffice) -> PublicKeys:
    with office.register.reading(office.acting) as context:
        return partners.own_public_keys(context)


def test_new_keys_take_the_place_of_the_old_and_the_journal_has_both(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    old = keys_of(second)
    assert known_to(first) == [old]
    second.register.home.exchange_key.unlink()
    first.meets(second)
    new = keys_of(second)
    assert known_to(first) == [new] != [old]
    with first.register.reading(first.acting) as context:
        about = select(JournalEntry).where(col(JournalEntry.action) == Act.EXCHANGE_TRUST)
        entries = context.session.exec(about.order_by(col(JournalEntry.id))).all()
        assert [journal.values(context, entry) for entry in entries] == [
            ({}, {"fingerprint": old.fingerprint}),
            ({"fingerprint": old.fingerprint}, {"fingerprint": new.fingerprint}),
        ]
    assert second.take(first.export_for(second)).added == 0


def test_an_office_that_no_notice_names_has_no_keys_here(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    with (
        first.register.writing(first.acting) as context,
        pytest.raises(PxtuiError, match=r"没有代码为“nanqu”的部门，可用：.*dongqu.*renhe"),
    ):
        partners.trust(context, "nanqu", keys_of(second))


def test_a_source_of_which_nothing_is_known_cannot_be_struck(offices: tuple[CityOffice, CityOffice]) -> None:
    first, _ = offices
    with (
        first.register.writing(first.acting) as context,
        pytest.raises(PxtuiError, match="没有登记过“西区人社局”，请核对部门代码"),
    ):
        striking.strike_office(context, "xiqu", "误登")


def test_keys_from_which_nothing_came_are_struck_like_others(offices: tuple[CityOffice, CityOffice]) -> None:
    first, _ = offices
    with first.register.writing(first.acting) as context:
        assert striking.strike_office(context, "renhe", "密钥外泄") == 0
    assert known_to(first) == []


def test_the_list_tells_who_entered_the_keys_and_when_a_file_came_last(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    here, there = offices

    def listed() -> list[tuple[str, str, str, date | None]]:
        with here.register.reading(here.acting) as context:
            return [(item.code, item.name, item.trusted_by, item.imported_on) for item in partners.listed(context)]

    assert listed() == [("renhe", "仁和区人社局", "张三", None)]
    first, second = there.export_for(here), there.export_for(here)
    for content in (second, first):
        here.take(content)
        here.day += timedelta(days=1)
    assert listed() == [("renhe", "仁和区人社局", "张三", here.day - timedelta(days=1))]


def test_every_office_but_our_own_can_be_entered(offices: tuple[CityOffice, CityOffice]) -> None:
    here, _ = offices
    with here.register.reading(here.acting) as context:
        codes = [code for code, _ in partners.others(context)]
        assert {*codes, "dongqu"} == set(context.rulebook.latest.offices)
    assert "dongqu" not in codes
