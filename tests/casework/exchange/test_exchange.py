"""What one office told is kept as it told it last, named with its case, and can be struck."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import ExchangedTraining
from pxtui.casework.exchange import partners, striking
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.errors import PxtuiError
from tests.support.offices import CityOffice, two_offices
from tests.support.rosters import made_up_people

SOURCE = "东区人社局 线培〔2020〕DQ-0001"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[CityOffice, CityOffice]]:
    made = two_offices(tmp_path)
    yield made
    for office in made:
        office.register.close()


def opened(office: CityOffice, occupation: str = "焊工") -> str:
    number = office.file_class(occupation=occupation)
    office.do(number, Action.SUBMIT, Action.APPROVE)
    return number


def test_an_approved_class_elsewhere_stops_an_opening_with_its_source(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    first, second = offices
    opened(first)
    taken = second.take(first.export_for(second))
    assert (taken.office, taken.added, taken.changed) == ("东区人社局", 3, 0)
    assert SOURCE in second.blocks(second.file_class(occupation="电工"))["person.overlap"]


def test_a_draft_is_told_to_nobody(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    first.file_class()
    assert second.take(first.export_for(second)).added == 0


def test_changed_facts_replace_what_the_sender_told_before(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    number = opened(first)
    second.take(first.export_for(second))
    first.claim_of(number)
    second.day = first.day
    taken = second.take(first.export_for(second))
    assert (taken.added, taken.changed, taken.unchanged) == (1, 0, 3)
    first.do(number, Action.APPROVE)
    taken = second.take(first.export_for(second))
    assert (taken.added, taken.changed, taken.unchanged) == (0, 3, 1)
    with second.register.reading(second.acting) as context:
        assert {row.by_claim for row in context.session.exec(select(ExchangedTraining))} == {True}


def test_what_the_sender_has_no_more_is_kept_and_told(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    number = opened(first)
    second.take(first.export_for(second))
    first.do(number, Action.WITHDRAW, opinion="不办了")
    taken = second.take(first.export_for(second))
    assert taken.no_longer_told == ("线培〔2020〕DQ-0001",)
    assert "person.repeat" in second.blocks(second.file_class())


def test_a_period_leaves_out_earlier_classes_and_says_nothing_of_them(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    first, second = offices
    opened(first)
    second.take(first.export_for(second))
    taken = second.take(first.export_for(second, since=date(2020, 4, 1)))
    assert (taken.added, taken.no_longer_told) == (0, ())


def test_what_is_struck_stays_struck_when_it_is_told_again(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    opened(first)
    second.take(first.export_for(second))
    draft = second.file_class()
    with second.register.writing(second.acting) as context:
        assert striking.strike_training(context, made_up_people(1)[0].id_number, date(2020, 3, 20), "不是此人") == 1
    stopped = [finding.seq for finding in second.findings(draft) if finding.code == "person.repeat"]
    assert stopped == [2, 3]
    second.take(first.export_for(second))
    assert [finding.seq for finding in second.findings(draft) if finding.code == "person.repeat"] == stopped


def test_a_whole_source_is_struck_and_comes_back_only_with_its_keys(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    opened(first)
    content = first.export_for(second)
    second.take(content)
    draft = second.file_class()
    with second.register.writing(second.acting) as context:
        assert striking.strike_office(context, "dongqu", "密钥外泄") == 3
    assert second.blocks(draft) == {}
    with pytest.raises(PxtuiError, match="没有登记"):
        second.take(content)
    second.meets(first)
    assert second.take(content).added == 3
    assert "person.repeat" in second.blocks(draft)


def test_a_place_taken_later_counts_as_soon_as_it_is_paid(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    ours = opened(first)
    second.day += timedelta(days=1)
    theirs = second.cleared_class()
    first.claim_of(ours)
    first.day = second.day
    first.take(second.export_for(first))
    assert "person.repeat" not in first.blocks(ours)
    second.grant()
    second.prepare(theirs)
    first.take(second.export_for(first))
    assert {"person.overlap", "person.repeat", "voucher.reused"} <= set(first.blocks(ours))


def test_the_opening_from_which_a_claim_comes_is_no_other_training(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    opened(first)
    second.take(first.export_for(second))
    draft = second.file_class()
    assert "person.repeat" in second.blocks(draft)
    with second.register.writing(second.acting) as context:
        find(context, draft).opened_by = "dongqu"
    assert "person.repeat" not in second.blocks(draft)


def test_what_others_told_is_not_passed_on(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    opened(first)
    second.take(first.export_for(second))
    assert first.take(second.export_for(first)).added == 0


def test_keys_of_another_office_or_our_own_are_not_entered(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    with pytest.raises(PxtuiError, match="不用登记自己的公钥"):
        first.meets(first)
    with second.register.reading(second.acting) as context:
        keys = partners.own_public_keys(context)
    told = "公钥文件是仁和区人社局的，不是西区人社局的"
    with pytest.raises(PxtuiError, match=told), first.register.writing(first.acting) as context:
        partners.trust(context, "xiqu", keys)
