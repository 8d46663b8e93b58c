"""Changes of a roster row by row: done once however often they are asked for, and undone from what the journal keeps.

The journal is the only memory of what can be undone, so undo reaches as far back after a restart as before it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import col, select

from db.about import about_one_case
from db.models import Act, Case, JournalEntry
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY, application_of
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import lease, passwords, people_on_file
from pxtui.casework.roster.edits import Manner
from pxtui.casework.staff import sight
from pxtui.casework.staff.sight import Sight
from pxtui.clock import CHINA
from pxtui.policy.facts import ApplicationKind, Trainee

_Rows = tuple[Trainee, ...]
_Entry = tuple[JournalEntry, dict[str, Any], dict[str, Any]]
"""An act with its values before and after."""


class ChangeKind(StrEnum):
    """What becomes of the row at a place."""

    PUT = "put"
    INSERT = "insert"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One change of a roster, as a sheet asks for it."""

    request: str
    """Key of this change and no other: asked for again, it is not done again."""
    kind: ChangeKind
    position: int
    trainee: Trainee | None = None
    """The row as it shall be; None where it goes."""
    manner: Manner = Manner.KEYED


@dataclass(frozen=True, slots=True)
class MadeChange:
    """A change that stands; a row is None where there was or is none."""

    position: int
    before: Trainee | None
    after: Trainee | None
    joined: bool
    by: str
    on: date
    loss: str = ""
    """What taking it back does not bring back, in Chinese; empty: nothing is lost."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """What can be taken back of the roster as it stands."""

    changes: tuple[MadeChange, ...]
    """The newest last."""
    replaced: tuple[Trainee, ...] | None
    """The rows before the roster was replaced as a whole, which came before `changes`; None where it never was."""
    undone: tuple[MadeChange, ...] = ()
    """What was taken back and can be made again, the next last."""
    loss: str = ""
    """What of `replaced` does not come back, in Chinese; empty: nothing is lost."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """The outcome of taking back a replacement."""

    heads: int
    loss: str
    """As in `Undoable`."""


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """A roster and what can be taken back of it, of one moment."""

    people: tuple[Trainee, ...]
    undoable: Undoable
    declared_heads: int | None = None
    """The head-count on the cover of the application for an opening; None: not keyed, or a claim's roster."""
    is_masked: bool = False
    """It is only looked at: numbers are masked, and nothing can be taken back."""


def sheet(context: Context, number: str) -> RosterSheet:
    """The roster of the application that the case is at; masked, but where it is keyed by somebody who may see it.

    Raises:
        Refused: the acting person sees nothing of people.
    """
    sight.require_people(context)
    case = find(context, number)
    declared = case.cover_head_count if application_of(case.stage) is ApplicationKind.OPENING else None
    people = roster_edits.rows(context, number)
    if case.stage in OPENING_ENTRY | CLAIM_ENTRY and sight.sight(context) is Sight.FULL:
        return RosterSheet(people, undoable(context, number), declared)
    return RosterSheet(tuple(map(sight.masked_person, people)), Undoable((), None), declared, is_masked=True)


@about_one_case
def make_all(context: Context, number: str, changes: Iterable[RowChange]) -> str:
    """Make changes unless they are made already, all of them or none; the time, for the clerk.

    Raises:
        PxtuiError: the roster is decided already, or somebody else keys it.
    """
    made = tuple(changes)
    case = find(context, number)
    lease.require_unbroken(context, case)
    if len(made) > 1:
        keyed = [change.trainee for change in made if change.trainee is not None]
        people_on_file.hold(context, case, keyed)
    for change in made:
        asking = context.asked(change.request)
        if not journal.was_done(asking):
            _make(asking, number, change)
    return f"{context.at:%H:%M}"


def _make(context: Context, number: str, change: RowChange) -> None:
    if change.trainee is None:
        roster_edits.remove_row(context, number, change.position, manner=change.manner)
        return
    act = roster_edits.insert_row if change.kind is ChangeKind.INSERT else roster_edits.put_row
    act(context, number, change.position, change.trainee, manner=change.manner)


def undoable(context: Context, number: str) -> Undoable:
    """What can be taken back, newest last, as far as the newest replacement of the whole roster.

    Raises:
        Damaged: a row in the journal cannot be read.
    """
    case = find(context, number)
    changes: list[MadeChange] = []
    undone: list[MadeChange] = []
    replaced: dict[str, Any] | None = None
    before_replacements: list[tuple[list[MadeChange], dict[str, Any] | None]] = []
    for entry, before, after in reversed(_since_replaced(context, case)):
        if entry.action == Act.ROSTER_REPLACE:
            before_replacements.append((changes, replaced))
            changes, replaced, undone = [], before, []
        elif entry.action == Act.ROSTER_UNDO and changes:
            undone.append(changes.pop())
        elif entry.action == Act.ROSTER_UNDO:
            changes, replaced = before_replacements.pop() if before_replacements else ([], None)
            undone = []
        elif before.get("redone") and undone:
            changes.append(replace(undone.pop(), by=entry.staff_name, on=_day(entry)))
        else:
            changes.append(_made(entry, before, after))
            undone = []
    if replaced is None:
        return Undoable(tuple(changes), None, tuple(undone))
    standing = roster_edits.rows(context, number)
    rows, lost = passwords.brought_back(journal.load(_Rows, replaced["rows"]), standing, replaced)
    return Undoable(tuple(changes), rows, tuple(undone), passwords.loss(lost))


@about_one_case
def undo_replacement(context: Context, number: str) -> PutBack:
    """Put the rows back that stood there before the roster was replaced as a whole.

    Of their passwords those come back that still stand with the same people; the journal has none.

    Raises:
        PxtuiError: the roster is decided already, or somebody else keys it.
    """
    found = undoable(context, number)
    if found.replaced is None:
        return PutBack(0, "")
    summary = f"撤销替换，花名册恢复为{len(found.replaced)}人"
    if found.loss:
        summary += "，有人的原密码没有恢复"
    roster_edits.replace_all(context, number, found.replaced, manner=Manner.UNDOING, summary=summary)
    return PutBack(len(found.replaced), found.loss)


def _since_replaced(context: Context, case: Case) -> list[_Entry]:
    """The changes of this application's roster since it was last replaced as a whole and that was not taken back.

    The newest first, the replacement last.
    """
    application = application_of(case.stage).value
    acts = context.session.exec(
        select(JournalEntry)
        .where(col(JournalEntry.case_id) == case.id, col(JournalEntry.action).in_(roster_edits.CHANGES))
        .order_by(col(JournalEntry.id).desc())
    )
    found: list[_Entry] = []
    taken_back = 0
    for act in acts:
        before, after = journal.values(context, act)
        if before.get("application") != application:
            continue
        found.append((act, before, after))
        if act.action == Act.ROSTER_UNDO:
            taken_back += 1
        elif taken_back:
            taken_back -= 1
        elif act.action == Act.ROSTER_REPLACE:
            break
    return found


def _made(entry: JournalEntry, before: Mapping[str, Any], after: Mapping[str, Any]) -> MadeChange:
    was, now = _row_of(before), _row_of(after)
    lost = () if was is None else passwords.taken_from((was,), before)
    return MadeChange(
        before["position"],
        was,
        now,
        before.get("joined", False),
        entry.staff_name,
        _day(entry),
        passwords.loss(lost),
    )


def _day(entry: JournalEntry) -> date:
    return entry.at.astimezone(CHINA).date()


def _row_of(values: Mapping[str, Any]) -> Trainee | None:
    return None if values["row"] is None else journal.load(Trainee, values["row"])
