"""Changes of a roster row by row: done once however often they are asked for, and undone from what the journal keeps.

The journal is the only memory of what can be undone, so undo reaches as far back after a restart as before it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import col, select

from db.models import Act, Case, JournalEntry
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.edits import Manner
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


@dataclass(frozen=True, slots=True)
class Undoable:
    """What can be taken back of the roster as it stands."""

    changes: tuple[MadeChange, ...]
    """The newest last."""
    replaced: tuple[Trainee, ...] | None
    """The rows before the roster was replaced as a whole, which came before `changes`; None where it never was."""
    undone: tuple[MadeChange, ...] = ()
    """What was taken back and can be made again, the next last."""


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """A roster and what can be taken back of it, of one moment."""

    people: tuple[Trainee, ...]
    undoable: Undoable
    declared_heads: int | None = None
    """The head-count on the cover of the application for an opening; None: not keyed, or a claim's roster."""


def sheet(context: Context, number: str) -> RosterSheet:
    """The roster of the application that the case is at."""
    case = find(context, number)
    declared = case.cover_head_count if application_of(case.stage) is ApplicationKind.OPENING else None
    return RosterSheet(roster_edits.rows(context, number), undoable(context, number), declared)


def make_all(context: Context, number: str, changes: Iterable[RowChange]) -> str:
    """Make changes unless they are made already, all of them or none; the time, for the clerk.

    Raises:
        PxtuiError: the roster is decided already, or somebody else keys it.
    """
    for change in changes:
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
    replaced: Any = None
    before_replacements: list[tuple[list[MadeChange], Any]] = []
    for entry, before, after in reversed(_since_replaced(context, case)):
        if entry.action == Act.ROSTER_REPLACE:
            before_replacements.append((changes, replaced))
            changes, replaced, undone = [], before["rows"], []
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
    rows = None if replaced is None else journal.load(_Rows, replaced)
    return Undoable(tuple(changes), rows, tuple(undone))


def undo_replacement(context: Context, number: str) -> int:
    """Put the rows back that stood there before the roster was replaced as a whole; how many.

    Passwords are not in the journal and stay away.

    Raises:
        PxtuiError: the roster is decided already, or somebody else keys it.
    """
    replaced = undoable(context, number).replaced
    if replaced is not None:
        roster_edits.replace_all(context, number, replaced, manner=Manner.UNDOING)
    return len(replaced or ())


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
    return MadeChange(
        before["position"],
        _row_of(before),
        _row_of(after),
        before.get("joined", False),
        entry.staff_name,
        _day(entry),
    )


def _day(entry: JournalEntry) -> date:
    return entry.at.astimezone(CHINA).date()


def _row_of(values: Mapping[str, Any]) -> Trainee | None:
    return None if values["row"] is None else journal.load(Trainee, values["row"])
