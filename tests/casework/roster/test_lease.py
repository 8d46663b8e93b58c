"""Two clerks in one roster: one keys, the other looks on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from pxtui.casework.check import roster_import
from pxtui.casework.desk import queues
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import lease, undo
from pxtui.casework.roster.lease import Holder
from pxtui.casework.roster.undo import ChangeKind, RowChange
from pxtui.errors import PxtuiError
from pxtui.papers.reading.rosters import read_pasted
from tests.casework.roster.test_rows import trainee
from tests.support.filings import a_filing

LIST = "序号\t姓名\t性别\t年龄\t身份证号\t联系电话\n1\t张建国\t男\t44\t510402197601011234\t13800000001"


def named(holder: Holder | None) -> str:
    return holder.name if holder else ""


def test_who_comes_second_looks_on_until_the_first_is_gone(register: Register, acting: Acting) -> None:
    first, second = replace(acting, token="a"), replace(acting, name="李四", token="b")
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        assert lease.take(context.by(first), number) is None
        assert named(lease.take(context.by(second), number)) == "张三"
        with pytest.raises(PxtuiError, match="张三正在录入"):
            roster_edits.put_row(context.by(second), number, 0, trainee(0))
        roster_edits.put_row(context.by(first), number, 0, trainee(0))
        lease.give_back(context.by(second), number)
        assert named(lease.take(context.by(second), number)) == "张三"
        lease.give_back(context.by(first), number)
        assert lease.take(context.by(second), number) is None


def test_a_program_that_was_killed_holds_a_roster_ninety_seconds(register: Register, acting: Acting) -> None:
    first, second = replace(acting, token="a"), replace(acting, name="李四", token="b")
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        lease.take(context.by(first), number)
        soon = replace(second, at=acting.at + timedelta(seconds=89))
        later = replace(second, at=acting.at + timedelta(seconds=90))
        assert named(held := lease.take(context.by(soon), number)) == "张三"
        assert held is not None
        assert (held.until, f"{later.at:%H:%M:%S}起" in held.sentence) == (later.at, True)
        assert lease.take(context.by(later), number) is None
        assert named(lease.take(context.by(replace(first, at=later.at)), number)) == "李四"


def test_a_roster_that_is_held_is_taken_over_at_once_with_a_reason(register: Register, acting: Acting) -> None:
    first, second = replace(acting, token="a"), replace(acting, name="李四", token="b")
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        lease.take(context.by(first), number)
        with pytest.raises(PxtuiError, match="须写明理由"):
            lease.take_over(context.by(second), number, " ")
        assert named(lease.take(context.by(second), number)) == "张三"
        lease.take_over(context.by(second), number, "张三的电脑断电")
        roster_edits.put_row(context.by(second), number, 0, trainee(0))
        with pytest.raises(PxtuiError, match="李四正在录入"):
            roster_edits.put_row(context.by(first), number, 0, trainee(0))
        told = [(line.staff_name, line.summary) for line in queues.journal_of(context, number)]
    assert ("李四", "接手张三占着的花名册：张三的电脑断电") in told


def test_a_clerk_who_comes_again_goes_on_and_the_old_window_is_refused(register: Register, acting: Acting) -> None:
    old, new = replace(acting, token="a"), replace(acting, token="b")
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        assert lease.take(context.by(old), number) is None
        assert lease.take(context.by(new), number) is None
        roster_edits.put_row(context.by(new), number, 0, trainee(0))
        with pytest.raises(PxtuiError, match="张三正在录入"):
            roster_edits.put_row(context.by(old), number, 1, trainee(1))


def test_who_was_away_while_a_colleague_keyed_writes_over_nothing(register: Register, acting: Acting) -> None:
    first, second = replace(acting, token="a"), replace(acting, name="李四", token="b")
    late = acting.at + timedelta(minutes=5)
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        lease.take(context.by(first), number)
        undo.make_all(context.by(first), number, [RowChange("a:1", ChangeKind.PUT, 0, trainee(0))])
        there = context.by(replace(second, at=late))
        assert lease.take(there, number) is None
        undo.make_all(there, number, [RowChange("b:1", ChangeKind.PUT, 0, trainee(1))])
        lease.give_back(there, number)
        back = context.by(replace(first, at=late))
        lease.renew(back, number)
        with pytest.raises(PxtuiError, match="您离线的时候李四录过这份花名册，这一行没有保存"):
            undo.make_all(back, number, [RowChange("a:2", ChangeKind.PUT, 0, trainee(2))])
        assert [person.name for person in roster_edits.rows(back, number)] == [trainee(1).name]
        lease.take(back, number)
        undo.make_all(back, number, [RowChange("a:2", ChangeKind.PUT, 0, trainee(2))])


@pytest.mark.parametrize(
    "act",
    [
        lambda context, number: roster_import.take_reading(context, number, read_pasted(LIST)),
        roster_edits.complete_all,
        undo.undo_replacement,
    ],
    ids=["import", "all complete", "import taken back"],
)
def test_who_was_away_replaces_no_roster_that_a_colleague_keyed(
    act: Callable[[Context, str], object], register: Register, acting: Acting
) -> None:
    first, second = replace(acting, token="a"), replace(acting, name="李四", token="b")
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        lease.take(context.by(first), number)
        for people in ([trainee(0)], [trainee(0), trainee(1)]):
            roster_edits.replace_all(context.by(first), number, people)
        there = context.by(replace(second, at=acting.at + timedelta(minutes=5)))
        lease.take(there, number)
        undo.make_all(there, number, [RowChange("b:1", ChangeKind.INSERT, 2, trainee(2))])
        lease.give_back(there, number)
        back = context.by(replace(first, at=acting.at + timedelta(minutes=6)))
        assert lease.renew(back, number) == "李四"
        with pytest.raises(PxtuiError, match="您离线的时候李四录过这份花名册，没有办理"):
            act(back, number)
        assert len(roster_edits.rows(back, number)) == 3
        lease.take(back, number)
        assert lease.renew(back, number) == ""
        act(back, number)


def test_a_command_replaces_a_roster_that_nobody_holds_any_more(register: Register, acting: Acting) -> None:
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        sheet = context.by(replace(acting, token="a"))
        lease.take(sheet, number)
        lease.give_back(sheet, number)
        assert roster_import.take_reading(context, number, read_pasted(LIST)).heads == 1


def test_who_was_away_alone_goes_on(register: Register, acting: Acting) -> None:
    first = replace(acting, token="a")
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        lease.take(context.by(first), number)
        back = context.by(replace(first, at=acting.at + timedelta(hours=2)))
        lease.renew(back, number)
        undo.make_all(back, number, [RowChange("a:1", ChangeKind.PUT, 0, trainee(0))])
        assert len(roster_edits.rows(back, number)) == 1
