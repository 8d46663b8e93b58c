"""What a form was filled from, held against the register in the transaction that stores it: optimistic versions.

A form says from which function of casework it was filled, and keeps the digest of what that gave. Where it gives
something else when the form is stored, nothing is written and whoever stores it is told what stands there now, and who
wrote it: no change of a colleague goes unseen. The digest is of the values and not of a row's number: what was changed
and changed back is no conflict, and what stands in several tables needs no counter in each.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial
from hashlib import sha256
from typing import Any, Generic, TypeVar

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.about import Bound as Bound
from db.about import about_of
from db.models import Case, JournalEntry
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.errors import NotAllowed, NotFound, PasswordWanted, Refused
from pxtui.policy import codec

Value = TypeVar("Value")
Answer = TypeVar("Answer")

_MOST_ENTRIES = 200
"""Of the journal that are looked through for whoever changed something, the newest first."""


class _Otherwise(Refused):
    """What was decided on is not what was shown."""


@dataclass(frozen=True, slots=True)
class Version:
    """A value as it was read, to be held against the register later."""

    read: Callable[..., Any]
    """Of casework, called with the context and `arguments`."""
    arguments: tuple[object, ...]
    digest: str
    """SHA-256 of the value, hexadecimal."""
    entry: int
    """Id of the newest entry of the journal at that moment; 0: there was none."""

    @property
    def about(self) -> str:
        """What entries of the journal name where they are about it, such as the number of a case; empty: nothing."""
        return str(self.arguments[0]) if self.arguments else ""

    def followed_by(self, value: object) -> "Version":
        """The version of what is stored over this one, for what is stored over that in its turn."""
        return replace(self, digest=_digest(value))


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Value]):
    """A value with its version."""

    value: Value
    version: Version


@dataclass(frozen=True, slots=True)
class Change(Generic[Value]):
    """An act by which a value may have become what it is; `before` and `after` are None where its entry lacks them."""

    by: str
    at: datetime
    before: Value | None = None
    after: Value | None = None


@dataclass(frozen=True, slots=True)
class Newer(Generic[Value]):
    """The answer to an act that was not done: somebody else was sooner."""

    now: Loaded[Value]
    changes: tuple[Change[Value], ...]
    """Since the version, the newest first."""

    def by_whom(self, is_its_change: Callable[[Value, Value], bool]) -> Change[Value] | None:
        """The newest change of which a condition on the values before and after holds, else the newest of all.

        None: the journal does not tell.
        """
        for change in self.changes:
            if change.before is not None and change.after is not None and is_its_change(change.before, change.after):
                return change
        return self.changes[0] if self.changes else None


def load(context: Context, read: Callable[..., Value], *arguments: object) -> Loaded[Value]:
    """What `read(context, *arguments)` gives, with its version.

    Raises:
        PxtuiError: as `read` does.
    """
    value = read(context, *arguments)
    return Loaded(value, Version(read, arguments, _digest(value), newest(context)))


def newest(context: Context) -> int:
    """Id of the newest entry of the journal; 0: there is none."""
    return context.session.exec(select(func.max(JournalEntry.id))).one() or 0


def store(context: Context, version: Version, act: Callable[[Context], Answer]) -> Answer | Newer[Any]:
    """Do `act(context)` if what the form was filled from still stands there; what stands there now if it does not.

    Raises:
        PxtuiError: as `act` does: what it refuses whatever stands there is said before anything is compared.
    """
    now = load(context, version.read, *version.arguments)
    if now.version.digest == version.digest:
        return act(context)
    with context.session.begin_nested() as tried:
        attempt(context, version.entry, version.about, act)
        tried.rollback()
    return Newer(now, _changes(context, version, now.value))


def decide(context: Context, version: Version, what: str, act: Callable[[Context], Answer]) -> Answer:
    """Do `act(context)`, which decides on what was shown, only as long as it is that.

    Args:
        what: is decided on, in Chinese.

    Raises:
        PxtuiError: it is otherwise by now, or as `act` does.
    """
    now = load(context, version.read, *version.arguments)
    if now.version.digest == version.digest:
        return act(context)
    changes = _changes(context, version, now.value)
    who = _who(changes[0].by, changes[0].at) if changes else "别人刚才"
    raise _Otherwise(f"{what}由{who}改过，与屏上的不同，没有办理；请Esc返回，重新看过后再办。")


def attempt(context: Context, since: int, about: str, act: Callable[[Context], Answer]) -> Answer:
    """Do `act(context)`; where it is refused after a colleague's act, the refusal names him, the moment and that act.

    Args:
        since: `newest` when what is acted on was read.
        about: number of the case or batch that the entries of the journal name; empty: the acts about no single case.

    Raises:
        PxtuiError: as `act` does.
    """
    try:
        return act(context)
    except (NotAllowed, PasswordWanted, _Otherwise):
        # Not for what a colleague has done, or it names him already.
        raise
    except (Refused, NotFound) as fault:
        with context.session.no_autoflush:
            # Of all names: those of others alone would be looked for back to the first entry of all.
            entries = context.session.exec(_since(since))
            others = (entry for entry in entries if entry.staff_name != context.clerk)
            entry = next((entry for entry in others if _is_about(context, entry, about)), None)
        if entry is None:
            raise
        who = _who(entry.staff_name, entry.at.astimezone(context.at.tzinfo))
        what, _, _ = entry.summary.partition("：")
        raise type(fault)(f"{who}已办理（{what}）。{fault.sentence}") from fault


def goes_beside_others(function: Callable[..., object], arguments: Sequence[object]) -> bool:
    """Whether an act is about one case's rows and decides nothing: nobody can have been sooner."""
    about = about_of(function, arguments)
    return about is not None and about.rows_of != ""


def _since(entry: int) -> SelectOfScalar[JournalEntry]:
    newer = select(JournalEntry).where(col(JournalEntry.id) > entry)
    return newer.order_by(col(JournalEntry.id).desc()).limit(_MOST_ENTRIES)


def _who(name: str, at: datetime) -> str:
    return f"{name}于{at:%Y-%m-%d %H:%M}"


def _changes(context: Context, version: Version, value: object) -> tuple[Change[Any], ...]:
    """The acts since a version that may have changed its value, the newest first."""
    entries = context.session.exec(_since(version.entry))
    found = (_change(context, version.about, type(value), entry) for entry in entries)
    return tuple(change for change in found if change is not None)


def _change(context: Context, about: str, kind: type, entry: JournalEntry) -> Change[Any] | None:
    told = partial(Change, entry.staff_name, entry.at.astimezone(context.at.tzinfo))
    if is_dataclass(kind):
        before, after = journal.values(context, entry)
        try:
            return told(codec.load(kind, before), codec.load(kind, after))
        except ValueError:
            # It keeps something else.
            pass
    return told() if _is_about(context, entry, about) else None


def _is_about(context: Context, entry: JournalEntry, about: str) -> bool:
    if entry.case_id is None:
        return about in entry.summary
    case = context.session.get(Case, entry.case_id)
    return case is not None and case.number == about


def _digest(value: object) -> str:
    return sha256(repr(_plain(value)).encode()).hexdigest()


def _plain(value: object) -> object:
    """A value as tuples, texts and numbers, which are written the same in every process."""
    if is_dataclass(value):
        return tuple(_plain(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, Mapping):
        return tuple(sorted((repr(_plain(key)), _plain(held)) for key, held in value.items()))
    if isinstance(value, set | frozenset):
        return tuple(sorted(repr(_plain(member)) for member in value))
    if isinstance(value, list | tuple):
        return tuple(map(_plain, value))
    return value.value if isinstance(value, Enum) else value
