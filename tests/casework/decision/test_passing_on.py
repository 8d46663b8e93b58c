"""A case that was handed in at the wrong office goes to the right one with its papers and days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.decision import passing_on
from pxtui.casework.desk import queues
from pxtui.casework.lifecycle.cases import find, look_up
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.printed import ledger_steps, reprinting
from pxtui.casework.printed import passing_on as printed_passing_on
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.verifying import own_checks
from pxtui.errors import NotAllowed, NotFound, Refused
from tests.support.city import one_register
from tests.support.filings import a_filing
from tests.support.offices import CityOffice
from tests.support.rosters import made_up_people

REASON = "单位住所在东区"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[tuple[CityOffice, CityOffice]]:
    """东区 and 仁和区 in one register."""
    first, second = one_register(tmp_path)
    yield first, second
    first.register.close()


def handed_in_wrongly(office: CityOffice, stage: Stage = Stage.RECEIVED) -> str:
    """An enterprise of 东区 at the counter of 仁和区; the number there."""
    with office.register.writing(office.acting) as context:
        number = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, number, made_up_people(3))
    if stage is Stage.RECEIVED:
        office.do(number, Action.SUBMIT)
    return number


def passed_on(office: CityOffice, number: str, reason: str = REASON) -> passing_on.Passed:
    """The clerk of an office passes a case on."""
    with office.register.writing(office.acting) as context:
        return passing_on.pass_on(context, number, reason)


def test_it_goes_with_roster_days_and_journal_and_gets_the_next_number(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    first.file_class(occupation="钳工")
    number = handed_in_wrongly(second)
    second.day = date(2020, 3, 18)

    passed = passed_on(second, number)

    assert (passed.number, passed.new_number) == ("2020-RH-0001", "2020-DQ-0002")
    first.day = second.day
    with first.register.reading(first.acting) as context:
        case = look_up(context, passed.new_number)
        assert case.received_on == date(2020, 3, 16)
        assert (case.stage, case.paper_place) == (Stage.RECEIVED, "仁和区人社局转出")
        assert len(roster_edits.rows(context, passed.new_number)) == 3
        assert passed.new_number in [shown.number for shown in queues.cases(context).cases]
        told = [line.summary for line in queues.journal_of(context, passed.new_number)]
        assert f"转办：由仁和区人社局（2020-RH-0001）转东区人社局（2020-DQ-0002），{REASON}" in told
        assert find(context, "2020-RH-0001").number == passed.new_number
    assert first.do(passed.new_number, Action.APPROVE) is Stage.OPENED


def test_where_it_was_nobody_sees_it_any_more_but_where_it_went(city: tuple[CityOffice, CityOffice]) -> None:
    _, second = city
    number = handed_in_wrongly(second)
    passed = passed_on(second, number)
    with second.register.reading(second.acting) as context:
        assert queues.cases(context).cases == ()
        assert [case.number for case in passing_on.listed(context)] == [number]
        with pytest.raises(NotFound, match=r"2020-RH-0001已于2020-03-16由秦八转.*东区.*现编号2020-DQ-0001"):
            find(context, number)
        with pytest.raises(NotAllowed):
            find(context, passed.new_number)


def test_the_number_stays_used_and_no_gap_is_found(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    passed_on(second, handed_in_wrongly(second))
    assert second.file_class(occupation="钳工") == "2020-RH-0002"
    assert first.file_class(occupation="电工") == "2020-DQ-0002"
    assert own_checks.sentences(first.register.home.database) == []


@pytest.mark.parametrize(
    ("actions", "before", "after"),
    [
        ((), Stage.DRAFT, Stage.DRAFT),
        ((Action.PRE_REVIEW,), Stage.PRE_REVIEW, Stage.PRE_REVIEW),
        ((Action.PRE_REVIEW, Action.AWAIT_PAPER), Stage.AWAITING_PAPER, Stage.AWAITING_PAPER),
        ((Action.SUBMIT, Action.ACCEPT), Stage.ACCEPTED, Stage.RECEIVED),
        ((Action.SUBMIT, Action.RETURN), Stage.RETURNED, Stage.RETURNED),
    ],
)
def test_the_review_begins_anew_at_the_office_that_decides(
    city: tuple[CityOffice, CityOffice], actions: tuple[Action, ...], before: Stage, after: Stage
) -> None:
    first, second = city
    number = handed_in_wrongly(second, Stage.DRAFT)
    for action in actions:
        second.do(number, action, opinion="缺合同")
    assert second.stage(number) is before
    assert first.stage(passed_on(second, number).new_number) is after
    assert own_checks.sentences(first.register.home.database) == []


def test_what_is_one_s_own_or_decided_is_not_passed_on(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    ours = first.file_class()
    with pytest.raises(Refused, match="按申请内容由本部门办理（单位所在地为东区）"):
        passed_on(first, ours)
    first.do(ours, Action.SUBMIT, Action.APPROVE)
    with pytest.raises(Refused, match="不能转办"):
        passed_on(first, ours)
    with pytest.raises(Refused, match="须写明理由"):
        passed_on(second, handed_in_wrongly(second), " ")


def test_an_office_that_keeps_its_cases_elsewhere_is_named(city: tuple[CityOffice, CityOffice]) -> None:
    _, second = city
    filing = a_filing()
    with second.register.writing(second.acting) as context:
        number = opening_filing.file(context, replace(filing, applicant=replace(filing.applicant, county="510421")))
    with pytest.raises(Refused, match=r"应由米易县.*不在本台账，不能转办；请出具不予受理通知书"):
        passed_on(second, number)


def test_nobody_passes_on_what_is_another_office_s(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    number = handed_in_wrongly(second)
    with pytest.raises(NotAllowed):
        passed_on(first, number)
    with first.register.reading(first.acting) as context:
        acts = context.session.exec(select(JournalEntry.action).order_by(col(JournalEntry.id).desc())).first()
    assert acts is Act.ACT_REFUSED


def test_the_list_of_what_goes_with_it_is_issued_where_it_was(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    number = handed_in_wrongly(second)
    with second.register.writing(second.acting) as context:
        done = printed_passing_on.pass_on(context, number, REASON)
    assert done.path is not None
    assert done.path.is_file()
    assert done.path.parent.name == number
    with first.register.reading(first.acting) as context:
        (issued,) = reprinting.issued_before(context, done.passed.new_number)
    assert issued.name.startswith("材料交接单")
    assert done.sentence.startswith("2020-RH-0001已转东区人社局，现编号2020-DQ-0001，收件日期不变。材料按")


def test_a_ledger_that_is_made_again_has_what_was_there_on_its_days(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    number = handed_in_wrongly(second)

    def handled(office: CityOffice, day: date) -> list[str]:
        with office.register.reading(office.acting) as context:
            return [handled.case.applicant_name for handled in ledger_steps.handled(context, day, day)]

    before, handing_over = second.day, date(2020, 3, 18)
    assert (len(handled(first, before)), len(handled(second, before))) == (0, 1)
    first.day = second.day = handing_over
    passed_on(second, number)
    assert (len(handled(first, before)), len(handled(second, before))) == (0, 1)
    assert (len(handled(first, handing_over)), len(handled(second, handing_over))) == (1, 1)
    day_after = date(2020, 3, 19)
    assert (handled(first, day_after), handled(second, day_after)) == ([], [])
