"""Vouchers that two offices have, and files that come in another order than they were made."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.exchange import striking
from pxtui.casework.lifecycle.stages import Action
from pxtui.errors import PxtuiError
from tests.support.offices import CityOffice, two_offices

VOUCHER = "20200000000000000001"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[CityOffice, CityOffice]]:
    made = two_offices(tmp_path)
    yield made
    for office in made:
        office.register.close()


def claimed(office: CityOffice, occupation: str = "焊工") -> str:
    return office.claimed(office.file_class(occupation=occupation))


def test_a_file_that_is_taken_twice_changes_nothing(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    claimed(first)
    claimed(second)
    content = first.export_for(second)
    once, again = second.take(content), second.take(content)
    assert (once.is_known, once.added, len(once.shared)) == (False, 4, 1)
    assert (again.is_known, again.added, again.unchanged, again.shared) == (True, 0, 0, ())


def test_an_older_file_says_nothing_against_a_newer_one(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    number = claimed(first)
    second.day = first.day
    older = first.export_for(second)
    first.do(number, Action.APPROVE)
    second.take(first.export_for(second))
    taken = second.take(older)
    assert (taken.added, taken.changed, taken.unchanged, taken.outdated, taken.no_longer_told) == (0, 0, 0, 4, ())
    assert {finding.code for finding in second.findings(second.file_class())} >= {"person.repeat"}


def test_what_a_newer_file_has_no_more_does_not_come_back_with_an_older_one(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    first, second = offices
    number = claimed(first)
    second.day = first.day
    older = first.export_for(second)
    first.do(number, Action.WITHDRAW, opinion="不办了")
    first.do(number, Action.WITHDRAW, opinion="不办了")
    second.take(first.export_for(second))
    taken = second.take(older)
    assert (taken.added, taken.outdated) == (0, 4)
    assert second.blocks(second.file_class()) == {}


def test_a_newer_file_of_other_classes_leaves_an_older_one_its_word(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    number = claimed(first)
    second.day = first.day
    older = first.export_for(second)
    first.do(number, Action.WITHDRAW, opinion="不办了")
    second.take(first.export_for(second, since=first.day))
    taken = second.take(older)
    assert (taken.added, taken.outdated) == (4, 0)


def test_a_voucher_belongs_to_whoever_claimed_it_first(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    ours = claimed(first)
    theirs = second.file_class(occupation="电工")
    second.do(theirs, Action.SUBMIT, Action.APPROVE)
    first.day = second.day = first.day + timedelta(days=1)
    second.claim_of(theirs)
    first.take(second.export_for(first))
    second.take(first.export_for(second))
    assert ("voucher.reused" in first.blocks(ours), "voucher.reused" in second.blocks(theirs)) == (False, True)


def test_a_voucher_of_a_claim_that_was_taken_back_or_turned_down_is_told_to_nobody(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    first, second = offices
    number = claimed(first)
    first.do(number, Action.REFUSE, opinion="未培训")
    second.day = first.day
    assert second.take(first.export_for(second)).added == 0
    assert second.blocks(claimed(second)) == {}


def test_a_voucher_that_is_struck_is_free_again(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    claimed(first)
    theirs = claimed(second, "电工")
    second.day = first.day
    second.take(first.export_for(second))
    assert "voucher.reused" in second.blocks(theirs)
    with second.register.writing(second.acting) as context:
        assert striking.strike_voucher(context, VOUCHER, "东区录错号码") == 1
    assert "voucher.reused" not in second.blocks(theirs)
    with second.register.writing(second.acting) as context, pytest.raises(PxtuiError, match="没有清单、案件包或其他"):
        striking.strike_voucher(context, VOUCHER, "东区录错号码")


def test_a_voucher_without_a_number_is_told_to_nobody(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    number = claimed(first)
    first.do(number, Action.RETURN, opinion="请改正")
    with first.register.writing(first.acting) as context:
        (voucher,) = claim_filing.vouchers_of(context, number)
        claim_filing.replace_vouchers(context, number, [voucher, replace(voucher, number=" ")])
    second.day = first.day
    assert second.take(first.export_for(second)).added == 4


def test_the_first_day_of_a_period_belongs_to_it(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    number = first.file_class(starts_on=date(2020, 3, 20))
    first.do(number, Action.SUBMIT, Action.APPROVE)
    assert second.take(first.export_for(second, since=date(2020, 3, 21))).added == 0
    assert second.take(first.export_for(second, since=date(2020, 3, 20))).added == 3
    first.do(number, Action.WITHDRAW, opinion="不办了")
    assert second.take(first.export_for(second, since=date(2020, 3, 21))).no_longer_told == ()
    assert second.take(first.export_for(second, since=date(2020, 3, 20))).no_longer_told == ("线培〔2020〕DQ-0001",)
