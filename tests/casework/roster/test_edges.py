"""The edges of a roster's sheet: rows that are not there, an empty roster, and what has been undone already."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pxtui.casework.check import eligibility, roster_import
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.desk import queues
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import second_keying
from pxtui.casework.roster import undo as roster_undo
from pxtui.errors import PxtuiError
from pxtui.papers.reading.roster_reading import RosterReading
from pxtui.papers.reading.rosters import read_pasted
from pxtui.policy.facts import Trainee
from tests.support.counter import AFTER_THE_CLASS, Counter
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def rows(counter: Counter, number: str) -> tuple[Trainee, ...]:
    with counter.register.reading(counter.acting) as context:
        return roster_edits.rows(context, number)


def listed(*people: Trainee) -> RosterReading:
    lines = [f"{person.seq}\t{person.name}\t\t\t{person.id_number}\t{person.phone}\t" for person in people]
    (reading,) = roster_import.read_text("\n".join(lines))
    return reading


@pytest.mark.parametrize("position", [-1, 3])
def test_a_row_that_is_not_there_is_not_taken_out(counter: Counter, position: int) -> None:
    number = counter.file()
    with (
        pytest.raises(PxtuiError, match=f"花名册没有第{position + 1}行"),
        counter.register.writing(counter.acting) as context,
    ):
        roster_edits.remove_row(context, number, position)
    assert len(rows(counter, number)) == 3


@pytest.mark.parametrize("position", [0, 2])
def test_the_first_and_the_last_row_are_taken_out_like_any_other(counter: Counter, position: int) -> None:
    number = counter.file()
    left = [person.name for place, person in enumerate(made_up_people(3)) if place != position]
    with counter.register.writing(counter.acting) as context:
        roster_edits.remove_row(context, number, position)
    assert [(row.seq, row.name) for row in rows(counter, number)] == list(enumerate(left, start=1))


def test_whoever_waits_for_the_rows_before_is_told_the_case(counter: Counter) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        assert roster_edits.wait_for_writes(context, "2020dq1") == number


def test_an_empty_roster_is_not_keyed_again(counter: Counter, acting: Acting) -> None:
    with counter.register.writing(counter.acting) as context:
        number = opening_filing.file(context, a_filing())
        other = context.by(replace(acting, name="李四"))
        with pytest.raises(PxtuiError, match="花名册还没有人员，请先由第一名受理员录完花名册"):
            second_keying.begin(other, number)


def test_a_difference_that_was_decided_is_not_decided_again(counter: Counter, acting: Acting) -> None:
    number = counter.file(made_up_people(1))
    (row,) = made_up_people(1)
    with counter.register.writing(replace(acting, name="李四")) as context:
        sheet = second_keying.begin(context, number)
        second_keying.key_row(context, number, sheet.rows[0].token, f"{row.name}二", row.id_number)
        (difference,) = second_keying.differences(context, number)
        for text, sentence in ((" ", "姓名不能为空"), ("", "姓名不能为空")):
            with pytest.raises(PxtuiError, match=sentence):
                second_keying.decide(context, number, difference, text)
        assert second_keying.decide(context, number, difference, row.name) == ()
        with pytest.raises(PxtuiError, match="这一处已经改过"):
            second_keying.decide(context, number, difference, row.name)


def test_the_sheet_has_the_rows_and_what_can_be_taken_back_of_one_moment(counter: Counter) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        roster_edits.remove_row(context, number, 0)
        sheet = roster_undo.sheet(context, number)
    assert sheet.people == rows(counter, number)
    assert [change.position for change in sheet.undoable.changes] == [0]
    assert sheet.undoable.replaced == ()


def test_what_was_never_replaced_has_nothing_to_be_put_back(counter: Counter) -> None:
    with counter.register.writing(counter.acting) as context:
        number = opening_filing.file(context, a_filing())
        assert roster_undo.undo_replacement(context, number).heads == 0


def test_a_roster_is_pasted_behind_the_rows_that_are_there(counter: Counter) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        both = roster_import.behind_those_there(context, number, listed(*made_up_people(2, 10)))
        roster_import.take_reading(context, number, both)
    names = [person.name for person in (*made_up_people(3), *made_up_people(2, 10))]
    assert [(row.seq, row.name) for row in rows(counter, number)] == list(enumerate(names, start=1))


def test_behind_an_empty_roster_a_paste_begins_with_one(counter: Counter) -> None:
    with counter.register.writing(counter.acting) as context:
        number = opening_filing.file(context, a_filing())
        both = roster_import.behind_those_there(context, number, listed(*made_up_people(2, 10)))
    assert [row.seq for row in both.rows] == [1, 2]


def begun_claim(counter: Counter) -> str:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    return number


def test_a_claim_does_not_take_the_roster_of_the_opening(counter: Counter) -> None:
    number = begun_claim(counter)
    reading = read_pasted("1\t张三\t\t\t510402198001010018\t13800000001\t")
    with (
        pytest.raises(PxtuiError, match="这是附件2（参训人员花名册）"),
        counter.register.writing(counter.acting) as context,
    ):
        roster_import.take_reading(context, number, replace(reading, form=2))
    assert len(rows(counter, number)) == 3


def test_a_row_of_a_claim_is_judged_among_all_rows(counter: Counter) -> None:
    number = begun_claim(counter)
    counter.enter_claim(number)
    with counter.register.writing(counter.acting) as context:
        people = [replace(row, account="13800000000") for row in roster_edits.rows(context, number)]
        roster_edits.replace_all(context, number, people)
        verdicts = eligibility.verdicts_near(context, number, 0, [people[0].id_number])
        assert verdicts == eligibility.row_verdicts(context, number)
    assert len(verdicts) == 3


def test_a_row_of_an_opening_is_judged_with_those_it_touches(counter: Counter) -> None:
    people = made_up_people(3)
    number = counter.file([*people[:2], replace(people[2], id_number=people[0].id_number)])
    with counter.register.reading(counter.acting) as context:
        verdicts = eligibility.verdicts_near(context, number, 0, [people[0].id_number])
    assert set(verdicts) == {0, 2}


def test_vouchers_that_are_entered_as_they_were_leave_no_trace(counter: Counter) -> None:
    number = begun_claim(counter)
    counter.enter_claim(number)
    with counter.register.writing(counter.acting) as context:
        before = claim_filing.vouchers_of(context, number)
        claim_filing.replace_vouchers(context, number, list(before))
        assert claim_filing.vouchers_of(context, number) == before
        claim_filing.replace_vouchers(context, number, [replace(before[0], amount_fen=1)])
        assert [voucher.amount_fen for voucher in claim_filing.vouchers_of(context, number)] == [1]
    told = [line for line in acts(counter, number) if line.startswith("凭证由")]
    assert told == ["凭证由1张改为1张", "凭证由0张改为1张"]


def acts(counter: Counter, number: str) -> list[str]:
    with counter.register.reading(counter.acting) as context:
        return [line.summary for line in queues.journal_of(context, number)]


def test_everybody_is_given_the_hours_of_the_course_and_what_differs_is_said(counter: Counter) -> None:
    number = begun_claim(counter)
    with counter.register.writing(counter.acting) as context:
        people = list(roster_edits.rows(context, number))
        roster_edits.replace_all(context, number, [replace(people[0], course_hours=Decimal(30)), *people[1:]])
        assert roster_edits.complete_all(context, number) == 3
    assert [row.completed_hours for row in rows(counter, number)] == [Decimal(30), Decimal(40), Decimal(40)]
    assert acts(counter, number)[0] == "全员按课程学时、合格填入，3人"
