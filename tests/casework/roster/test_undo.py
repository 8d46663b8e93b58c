"""Changes of a roster are made once, and taken back from the journal: no restart forgets them."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlmodel import select

from db.models import JournalEntry
from pxtui.casework.decision.advance import advance
from pxtui.casework.desk.queues import journal_of
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import lease
from pxtui.casework.roster import undo as roster_undo
from pxtui.casework.roster.edits import Manner
from pxtui.casework.roster.undo import ChangeKind, RowChange
from pxtui.errors import PxtuiError
from tests.casework.printed.test_reception import filed, later
from tests.casework.printed.test_review import OPENED, many
from tests.casework.roster.test_rows import seqs_and_names, trainee
from tests.support.filings import a_filing


@pytest.fixture
def number(register: Register, acting: Acting) -> str:
    """A draft case with an empty roster."""
    with register.writing(acting) as context:
        return opening_filing.file(context, a_filing())


def inserted(serial: int, position: int) -> RowChange:
    """A new row."""
    return RowChange(f"insert-{serial}", ChangeKind.INSERT, position, trainee(serial))


def make(register: Register, acting: Acting, number: str, *changes: RowChange) -> None:
    """Make changes, each in a transaction of its own as the sheet does."""
    for change in changes:
        with register.writing(acting) as context:
            roster_undo.make_all(context, number, [change])


def taken_back(register: Register, acting: Acting, number: str) -> None:
    """What F8 does after a restart: the newest change that stands, the other way round."""
    with register.reading(acting) as context:
        made = roster_undo.undoable(context, number).changes[-1]
    kind = ChangeKind.REMOVE if made.before is None else ChangeKind.INSERT if made.after is None else ChangeKind.PUT
    make(register, acting, number, RowChange(uuid4().hex, kind, made.position, made.before, manner=Manner.UNDOING))


def names(register: Register, number: str) -> list[str]:
    """The roster in short."""
    return [name for _, name in seqs_and_names(register, number)]


def test_a_row_that_is_asked_for_again_after_a_cut_line_is_not_entered_twice(
    register: Register, acting: Acting, number: str
) -> None:
    make(register, acting, number, inserted(0, 0), inserted(1, 1), inserted(0, 0))
    assert names(register, number) == ["学员0", "学员1"]


def test_a_row_that_was_new_never_takes_the_place_of_one_that_came_meanwhile(
    register: Register, acting: Acting, number: str
) -> None:
    make(register, acting, number, inserted(0, 0), inserted(1, 0))
    assert names(register, number) == ["学员1", "学员0"]


def test_every_change_is_taken_back_in_turn(register: Register, acting: Acting, number: str) -> None:
    renamed = RowChange("put", ChangeKind.PUT, 0, replace(trainee(0), name="改名"))
    make(register, acting, number, inserted(0, 0), inserted(1, 1), renamed, RowChange("gone", ChangeKind.REMOVE, 1))
    seen = []
    for _ in range(4):
        taken_back(register, acting, number)
        seen.append(names(register, number))
    assert seen == [["改名", "学员1"], ["学员0", "学员1"], ["学员0"], []]
    with register.reading(acting) as context:
        assert roster_undo.undoable(context, number).changes == ()


def test_what_is_keyed_after_an_undo_is_taken_back_before_what_came_earlier(
    register: Register, acting: Acting, number: str
) -> None:
    make(register, acting, number, inserted(0, 0), inserted(1, 1))
    taken_back(register, acting, number)
    make(register, acting, number, inserted(2, 1))
    taken_back(register, acting, number)
    assert names(register, number) == ["学员0"]
    with register.reading(acting) as context:
        assert len(roster_undo.undoable(context, number).changes) == 1


def test_an_import_is_taken_back_as_a_whole_and_what_came_before_it_row_by_row(
    register: Register, acting: Acting, number: str
) -> None:
    make(register, acting, number, inserted(0, 0), inserted(1, 1))
    with register.writing(acting) as context:
        roster_edits.replace_all(context, number, [trainee(2), trainee(3), trainee(4)])
    make(register, acting, number, inserted(5, 3))
    taken_back(register, acting, number)
    with register.reading(acting) as context:
        undoable = roster_undo.undoable(context, number)
        assert (undoable.changes, [row.name for row in undoable.replaced or ()]) == ((), ["学员0", "学员1"])
    with register.writing(acting) as context:
        assert roster_undo.undo_replacement(context, number).heads == 2
    assert names(register, number) == ["学员0", "学员1"]
    taken_back(register, acting, number)
    assert names(register, number) == ["学员0"]


def test_a_change_is_refused_while_somebody_else_keys_and_can_be_asked_for_again(
    register: Register, acting: Acting, number: str
) -> None:
    other = replace(acting, name="李四", token="other")
    with register.writing(other) as context:
        lease.take(context, number)
    with pytest.raises(PxtuiError, match="李四正在录入"):
        make(register, acting, number, inserted(0, 0))
    with register.writing(other) as context:
        lease.give_back(context, number)
    # As the sheet does when it is opened again: what the colleague left is seen first.
    with pytest.raises(PxtuiError, match="您离线的时候李四录过"):
        make(register, acting, number, inserted(0, 0))
    with register.writing(acting) as context:
        lease.take(context, number)
    make(register, acting, number, inserted(0, 0))
    assert names(register, number) == ["学员0"]


def made_again(register: Register, acting: Acting, number: str) -> None:
    """What Ctrl+R does after a restart: what was undone last, as it was."""
    with register.reading(acting) as context:
        undone = roster_undo.undoable(context, number).undone[-1]
    kind = ChangeKind.REMOVE if undone.after is None else ChangeKind.INSERT if undone.before is None else ChangeKind.PUT
    make(register, acting, number, RowChange(uuid4().hex, kind, undone.position, undone.after, manner=Manner.REDOING))


def test_what_was_undone_is_made_again_after_a_restart_until_something_new_is_keyed(
    register: Register, acting: Acting, number: str
) -> None:
    renamed = RowChange("put", ChangeKind.PUT, 0, replace(trainee(0), name="改名"))
    make(register, acting, number, inserted(0, 0), inserted(1, 1), renamed)
    for _ in range(3):
        taken_back(register, acting, number)
    seen = []
    for _ in range(2):
        made_again(register, acting, number)
        seen.append(names(register, number))
    assert seen == [["学员0"], ["学员0", "学员1"]]
    taken_back(register, acting, number)
    made_again(register, acting, number)
    made_again(register, acting, number)
    assert names(register, number) == ["改名", "学员1"]
    taken_back(register, acting, number)
    make(register, acting, number, inserted(2, 2))
    with register.reading(acting) as context:
        undoable = roster_undo.undoable(context, number)
        assert (len(undoable.changes), undoable.undone) == (3, ())


def test_what_stood_before_an_import_that_was_taken_back_is_still_undone_and_made_again(
    register: Register, acting: Acting, number: str
) -> None:
    make(register, acting, number, inserted(0, 0), inserted(1, 1))
    with register.writing(acting) as context:
        roster_edits.replace_all(context, number, [trainee(2)])
        roster_undo.undo_replacement(context, number)
    taken_back(register, acting, number)
    made_again(register, acting, number)
    assert names(register, number) == ["学员0", "学员1"]
    with register.reading(acting) as context:
        undoable = roster_undo.undoable(context, number)
        assert (len(undoable.changes), undoable.replaced, undoable.undone) == (2, None, ())


def test_what_was_made_at_one_stroke_is_one_again_when_it_is_made_again(
    register: Register, acting: Acting, number: str
) -> None:
    filled = [
        RowChange(f"fill-{place}", ChangeKind.PUT, place, replace(trainee(place), remark="返乡"), manner=manner)
        for place, manner in enumerate((Manner.KEYED, Manner.JOINED))
    ]
    make(register, acting, number, inserted(0, 0), inserted(1, 1), *filled)
    for undo_or_redo in (taken_back, taken_back, made_again, made_again):
        undo_or_redo(register, acting, number)
    with register.reading(acting) as context:
        assert [change.joined for change in roster_undo.undoable(context, number).changes] == [False] * 3 + [True]


@pytest.fixture
def claim(register: Register, acting: Acting) -> tuple[Acting, str]:
    """A claim whose people are entered, each with a platform password."""
    number = filed(register, acting, a_filing(), many(4), OPENED)
    day = later(acting, 25)
    with register.writing(day) as context:
        advance(context, number, Action.CLAIM)
        rows = roster_edits.rows(context, number)
        roster_edits.replace_all(context, number, [replace(row, password=f"Px{row.seq}") for row in rows])
    return day, number


def passwords_of(register: Register, day: Acting, number: str) -> list[str]:
    with register.reading(day) as context:
        return [row.password for row in roster_edits.rows(context, number)]


def test_an_import_taken_back_brings_the_passwords_that_still_stand_and_tells_whose_are_gone(
    register: Register, claim: tuple[Acting, str]
) -> None:
    day, number = claim
    with register.writing(day) as context:
        first, second, third, _ = roster_edits.rows(context, number)
        # The third has another password in the file, the fourth does not stand in it.
        roster_edits.replace_all(context, number, [first, replace(second, name="改名"), replace(third, password="neu")])
    with register.reading(day) as context:
        before = roster_undo.undoable(context, number).loss
    sentence = f"第3号{third.name}、第4号学员4的原密码没有留底，请按附件4补录"
    with register.writing(day) as context:
        put_back = roster_undo.undo_replacement(context, number)
        lines = [line.summary for line in journal_of(context, number)]
    assert (put_back.heads, put_back.loss, before) == (4, sentence, sentence)
    assert passwords_of(register, day, number) == ["Px1", "Px2", "", ""]
    assert lines[0] == "撤销替换，花名册恢复为4人，有人的原密码没有恢复"
    with register.reading(day) as context:
        entries = context.session.exec(select(JournalEntry)).all()
        assert not [entry for entry in entries if "Px3" in str(journal.values(context, entry))]


def test_an_import_without_other_passwords_is_taken_back_with_all_of_them(
    register: Register, claim: tuple[Acting, str]
) -> None:
    day, number = claim
    with register.writing(day) as context:
        rows = roster_edits.rows(context, number)
        roster_edits.replace_all(context, number, [replace(row, phone="13900000000") for row in reversed(rows)])
    with register.writing(day) as context:
        assert roster_undo.undo_replacement(context, number).loss == ""
    assert passwords_of(register, day, number) == ["Px1", "Px2", "Px3", "Px4"]


def test_who_takes_a_row_back_is_told_that_its_password_is_gone(register: Register, claim: tuple[Acting, str]) -> None:
    day, number = claim
    make(register, day, number, RowChange("gone", ChangeKind.REMOVE, 1))
    with register.reading(day) as context:
        (made,) = roster_undo.undoable(context, number).changes
    assert made.loss == f"第2号{made.before and made.before.name}的原密码没有留底，请按附件4补录"
    taken_back(register, day, number)
    assert passwords_of(register, day, number) == ["Px1", "", "Px3", "Px4"]
