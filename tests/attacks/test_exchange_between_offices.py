"""Two offices with separate registers are told the same class and the same invoice, and the file between them is
tampered with.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pxtui.casework.exchange.keys import OwnKeys
from pxtui.casework.lifecycle.stages import Action
from pxtui.errors import PxtuiError
from tests.support.counter import AFTER_THE_CLASS
from tests.support.offices import CityOffice, two_offices

INVOICE = "20200000000000000001"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[CityOffice, CityOffice]]:
    made = two_offices(tmp_path)
    yield made
    for office in made:
        office.register.close()


def granted(office: CityOffice) -> str:
    """A claim of the class with the invoice, granted."""
    number = office.claimed(office.file_class())
    office.do(number, Action.APPROVE)
    return number


def refusal(office: CityOffice, content: bytes) -> str:
    """The sentence with which a file is refused; nothing of it is known afterwards."""
    with pytest.raises(PxtuiError) as refused:
        office.take(content)
    return refused.value.sentence


def test_the_second_office_is_refused_the_same_people_class_and_invoice(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    first, second = offices
    granted(first)
    claim = second.claimed(second.file_class())
    assert second.blocks(claim) == {}
    taken = second.take(first.export_for(second))
    assert taken.shared == (f"凭证{INVOICE}：本部门线培〔2020〕RH-0001，对方线培〔2020〕DQ-0001。",)
    blocks = second.blocks(claim)
    assert set(blocks) == {"person.overlap", "person.repeat", "voucher.reused", "voucher.no-cost"}
    for code in ("person.overlap", "person.repeat", "voucher.reused"):
        assert "东区人社局 线培〔2020〕DQ-0001" in blocks[code], code
    with pytest.raises(PxtuiError, match="不能同意"):
        second.do(claim, Action.APPROVE)


def test_of_two_offices_that_have_both_granted_the_first_one_pays(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    before = granted(first)
    second.day += timedelta(days=1)
    opened = second.file_class()
    second.do(opened, Action.SUBMIT, Action.APPROVE)
    second.day = AFTER_THE_CLASS + timedelta(days=1)
    second.do(opened, Action.CLAIM)
    second.enter_claim(opened)
    second.do(opened, Action.SUBMIT, Action.APPROVE)
    first.day = second.day
    first.take(second.export_for(first))
    second.take(first.export_for(second))
    assert first.blocks(before) == {}
    assert {"person.repeat", "voucher.reused"} <= set(second.blocks(opened))


def test_a_file_that_a_stranger_signed_is_refused(offices: tuple[CityOffice, CityOffice], tmp_path: Path) -> None:
    first, second = offices
    granted(first)
    first.register.home.exchange_key.rename(tmp_path / "put away")
    OwnKeys.at(first.register.home.exchange_key)
    forged = first.export_for(second)
    assert "签名不符" in refusal(second, forged)
    assert second.blocks(second.claimed(second.file_class())) == {}


def test_a_file_of_an_office_that_nobody_entered_is_refused(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    content = first.export_for(second)
    renamed = content.replace(b'"sender":"dongqu"', b'"sender":"miyi"')
    assert renamed != content
    assert (
        refusal(second, renamed)
        == "没有登记“米易县人社局”的公钥，请先在部门交换一页（F10、0、7）按Ins或用 pxtui exchange trust 登记。"
    )


def test_a_file_for_another_office_is_refused(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    content = first.export_for(second)
    assert "是给“仁和区人社局”的，本台账是“东区人社局”的" in refusal(first, content)
    # Its address alone does not make it ours: the signature is over the address too.
    assert "签名不符" in refusal(second, content.replace(b'"since":null', b'"since":"2020-01-01"'))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_byte_is_altered_nothing_is_taken(data: st.DataObject, exported: tuple[CityOffice, bytes]) -> None:
    second, content = exported
    place = data.draw(st.integers(0, len(content) - 1))
    altered = bytearray(content)
    altered[place] ^= data.draw(st.integers(1, 255))
    assert refusal(second, bytes(altered))
    length = data.draw(st.integers(0, len(content) - 1))
    assert refusal(second, content[:length])


@pytest.fixture
def exported(offices: tuple[CityOffice, CityOffice]) -> tuple[CityOffice, bytes]:
    first, second = offices
    granted(first)
    return second, first.export_for(second)


def test_an_old_file_played_again_takes_nothing_back(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    number = first.cleared_class()
    before = first.export_for(second)
    first.grant()
    first.prepare(number)
    after = first.export_for(second)
    second.day = first.day
    assert second.take(after).added == 4
    replayed = second.take(before)
    assert (replayed.added, replayed.changed, replayed.outdated) == (0, 0, 4)
    again = second.take(after)
    assert (again.is_known, again.added, again.changed) == (True, 0, 0)
    assert second.take(before).is_known


def test_an_old_file_does_not_bring_back_what_the_sender_has_no_more(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    number = first.claimed(first.file_class())
    before = first.export_for(second)
    first.do(number, Action.REFUSE, opinion="发票有误")
    second.day = first.day
    assert second.take(first.export_for(second)).added == 0
    replayed = second.take(before)
    assert (replayed.added, replayed.outdated) == (0, 4)


def test_a_file_dated_after_today_is_refused(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    first.day = date(2020, 6, 1)
    assert "晚于今天" in refusal(second, first.export_for(second))


def test_nothing_of_a_person_stands_open_in_the_file(exported: tuple[CityOffice, bytes]) -> None:
    _, content = exported
    header = json.loads(content.split(b"\n")[1])
    assert set(header) == {"sender", "receiver", "receiver_key", "made_at", "since", "ephemeral"}
    assert INVOICE.encode() not in content
