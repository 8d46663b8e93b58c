"""What an act is about that goes on beside others, and what of the register it has to hold for that.

A case that something is decided on is held whole: itself, its enterprise, its people and its vouchers. What the rules
look at beyond a case, they find by these, so two decisions of which one could see what the other changes have something
in common and wait for each other. A batch is held with all of its cases. What an act writes has to be held: where it
writes more after all, it is done once more, alone.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from db import locks
from db.chain.statements import chunks, run
from db.locks import Of
from db.models import Applicant, Case, FrozenRules, OutgoingFile, PaymentBatch, Person, PublicityBatch
from pxtui.identifiers.text import canonical_code

Act = TypeVar("Act", bound=Callable[..., Any])
Answer = TypeVar("Answer", covariant=True)

_DECLARED = "what it is about"
_SUBJECTS = "what this transaction holds"
_ROWS_ALONE = "writes rows of one case alone"
_AT_ONCE = 100
_CASE = re.compile("(?:线培)?[(\\[〔【]?([0-9]{4})[)\\]〕】]?-?([A-Z]{2})-?([0-9]{1,6})")
_BATCH = re.compile("(GS|BF)-?([0-9]{4})-?([A-Z]{2})-?([0-9]{1,6})")
_BATCHES = {"GS": ("publicity_batch", "publicity_item"), "BF": ("payment_batch", "payment_line")}
_OF_BATCH = (
    "SELECT batch.id, training_case.year, training_case.letter, training_case.serial FROM {} AS batch "
    "JOIN office ON office.code = batch.office_code "
    "LEFT JOIN {} AS item ON item.batch_id = batch.id "
    "LEFT JOIN training_case ON training_case.id = item.case_id "
    "WHERE batch.year = ? AND office.letter = ? AND batch.serial = ?"
)
_BY_NUMBER = "year = ? AND letter = ? AND serial = ?"
_CASES = "SELECT id, applicant_id FROM training_case WHERE "
_WHOSE = (
    "SELECT id_key, '' FROM enrolment WHERE id_key IS NOT NULL AND case_id IN ({0}) UNION "
    "SELECT NULL, CASE number_tail WHEN '' THEN number_key ELSE number_tail END FROM voucher "
    "WHERE case_id IN ({0})"
)
_OF_OTHERS = frozenset({"journal_entry", "learning_result", "other_initials"})
"""Tables of rows that are only added, or go with one that is held."""
_MADE = (Applicant, Case, OutgoingFile, PublicityBatch, PaymentBatch)
"""What nobody else knows of before the commit, once it is known that it is not there."""


class Unheld(Exception):
    """An act writes more than what it holds: it has to be done alone."""


@dataclass(frozen=True, slots=True)
class About:
    """What an act is about; numbers as the clerk gives them."""

    rows_of: str = ""
    """Number of a case of which it writes rows and decides nothing, see `db.locks.MAY_WRITE`."""
    cases: tuple[str, ...] = ()
    """Numbers of the cases that are held whole."""
    batch: str = ""
    """Number of a batch, which is held with its cases."""
    names: tuple[str, ...] = ()
    """Of what there is one of in the register, such as a fund."""

    @property
    def at_once(self) -> frozenset[int]:
        """The locks that are known before anything is looked up."""
        numbers = (*self.cases, self.rows_of) if self.rows_of else self.cases
        found = {locks.lock_of_case(number) for number in numbers}
        found |= {locks.lock_of(Of.NAME, name.encode()) for name in self.names}
        return frozenset(found | ({locks.lock_of(Of.BATCH, _plain(self.batch))} if self.batch else set()))


@dataclass(frozen=True, slots=True)
class Bound(Generic[Answer]):
    """An act with its arguments: whoever is handed it is about what the act is about."""

    function: Callable[..., Answer]
    arguments: tuple[object, ...]

    def __call__(self, context: Any) -> Answer:
        """Do it."""
        return self.function(context, *self.arguments)


@dataclass(slots=True)
class _Subjects:
    cases: set[int] = field(default_factory=set)
    batches: set[tuple[str, int]] = field(default_factory=set)


def beside(of: Callable[..., About | None]) -> Callable[[Act], Act]:
    """Declare an act that goes on beside others; it does the same when it is repeated because it was overtaken.

    Args:
        of: what it is about, by its arguments without the context; None: with these it goes alone.
    """

    def declared(act: Act) -> Act:
        act.__dict__[_DECLARED] = of
        return act

    return declared


def about_one_case(act: Act) -> Act:
    """Declare an act that takes the number of a case first, behind the context.

    It writes rows of that case and entries of people alone, decides nothing by what other cases hold, changes no
    setting, gives no number of a series, and does the same when it is repeated because its transaction was lost.
    """
    return beside(_rows_of)(act)


def _rows_of(number: str, *_: object, **__: object) -> About:
    return About(rows_of=number)


def is_declared(act: object, *, rows_alone: bool) -> bool:
    """Whether an act goes on beside others, and writes `rows_alone` or decides."""
    of = getattr(act, "__dict__", {}).get(_DECLARED)
    return of is not None and (of is _rows_of) is rows_alone


def about_cases(act: Act) -> Act:
    """Declare an act that takes the number of a case, or several, first, behind the context, and decides on them."""

    def about(numbers: object = (), *_: object, number: str = "", **__: object) -> About:
        return About(cases=_listed(number or numbers))

    return beside(about)(act)


def about_batch(act: Act) -> Act:
    """Declare an act that takes the number of a batch first, behind the context, and decides on it and its cases."""
    return beside(lambda number, *_, **__: About(batch=number))(act)


def about_of(function: Callable[..., Any], arguments: Sequence[object]) -> About | None:
    """What an act is about; None: it goes alone."""
    named: dict[str, Any] = {}
    while isinstance(function, partial):
        arguments, named = (*function.args, *arguments), {**function.keywords, **named}
        function = function.func
    of = getattr(function, "__dict__", {}).get(_DECLARED)
    if of is not None:
        found: About | None = of(*arguments, **named) if arguments or named else None
        return found
    for argument in arguments:
        if isinstance(argument, Bound):
            return about_of(argument.function, argument.arguments)
        if isinstance(argument, partial):
            return about_of(argument, ())
    return None


def hold(session: Session, about: About) -> None:
    """Wait for all that an act is about and decides on, as the transaction begins.

    Raises:
        Unheld: there is no such case or batch: whoever is alone says so.
    """
    if about.rows_of:
        session.info[_ROWS_ALONE] = True
        return
    subjects = session.info[_SUBJECTS] = _Subjects()
    numbers = [_number(_CASE, number) for number in about.cases]
    if about.batch:
        numbers += _of_batch(session, about.batch, subjects)
        locks.hold(session, {locks.lock_of_case("-".join(map(str, number))) for number in numbers})
    found = _cases(session, numbers)
    if len(found) != len(set(numbers)):
        raise Unheld
    subjects.cases |= {case_id for case_id, _ in found}
    firms = {_lock_of_firm(applicant_id) for _, applicant_id in found}
    locks.hold(session, firms | _people_and_vouchers(session, sorted(subjects.cases)))


def hold_firm(session: Session, applicant: Applicant | None) -> None:
    """Wait for an enterprise that is on file, and look at it anew."""
    if applicant is not None and locks.is_beside(session):
        locks.hold(session, {_lock_of_firm(applicant.id)})
        session.refresh(applicant)


def hold_rules(session: Session, digest: str) -> None:
    """Wait for the rules that are kept with the decisions made by them, before it is looked whether they are."""
    locks.hold(session, {_lock_of_rules(digest)})


def hold_as(session: Session, case: Case) -> None:
    """Wait for a case by the number that it has now, and look at it anew."""
    if (lock := locks.lock_of_case(case.number)) not in locks.held_by(session) and locks.is_beside(session):
        locks.hold(session, {lock})
        session.refresh(case)


def hold_vouchers(session: Session, keys: Iterable[tuple[str, str]]) -> None:
    """Wait for vouchers by key and tail of their numbers, before it is looked who has them."""
    locks.hold(session, {locks.lock_in_groups(Of.VOUCHER, (tail or key).encode()) for key, tail in keys})


def name_of_file(row_id: int) -> str:
    """What a committed file that is to be written is held by."""
    return f"file {row_id}"


def require_held(session: Session, rows: Iterable[object]) -> None:
    """Refuse to write what the transaction does not hold, where it holds single things at all.

    Raises:
        Unheld: it has to be done alone.
    """
    subjects: _Subjects | None = session.info.get(_SUBJECTS)
    if subjects is not None:
        for row in rows:
            if not _is_held(session, subjects, row):
                raise Unheld(str(getattr(row, "__tablename__", "")))


def require_own_tables(session: Session, tables: Iterable[str]) -> None:
    """Refuse to write more than rows of one case where that was declared: a mistake of the program.

    Raises:
        TypeError: it is more.
    """
    others = frozenset(tables) - locks.MAY_WRITE
    if others and session.info.get(_ROWS_ALONE, False):
        raise TypeError(f"an act about one case writes {', '.join(sorted(others))}")


def note_made(session: Session, rows: Iterable[object]) -> None:
    """Cases and batches that the transaction has made are its own."""
    subjects: _Subjects | None = session.info.get(_SUBJECTS)
    if subjects is not None:
        for row in rows:
            if isinstance(row, Case):
                subjects.cases.add(row.id)
            elif isinstance(row, PublicityBatch | PaymentBatch):
                subjects.batches.add((str(row.__tablename__), row.id))


def _is_held(session: Session, subjects: _Subjects, row: Any) -> bool:
    is_new = row in session.new
    table = str(row.__tablename__)
    if table in _OF_OTHERS or (
        is_new and isinstance(row, Applicant | Case | OutgoingFile | PublicityBatch | PaymentBatch)
    ):
        return True
    if isinstance(row, Case):
        return row.id in subjects.cases
    if isinstance(row, Applicant):
        return _lock_of_firm(row.id) in locks.held_by(session) or not locks.is_beside(session)
    if isinstance(row, FrozenRules):
        return _lock_of_rules(row.digest) in locks.held_by(session) or not locks.is_beside(session)
    if isinstance(row, OutgoingFile):
        return locks.lock_of(Of.NAME, name_of_file(row.id).encode()) in locks.held_by(session)
    if isinstance(row, Person):
        return locks.lock_of_person(row.id_key) in locks.held_by(session) or not locks.is_beside(session)
    if isinstance(row, PublicityBatch | PaymentBatch):
        return (table, row.id) in subjects.batches
    if getattr(row, "case_id", None) is not None:
        return row.case_id in subjects.cases
    of_batch = {"payment_signature": "payment_batch", "stated_day": "publicity_batch"}.get(table)
    return of_batch is not None and (of_batch, row.batch_id) in subjects.batches


def _listed(numbers: object) -> tuple[str, ...]:
    return (numbers,) if isinstance(numbers, str) else tuple(map(str, numbers))  # type: ignore[call-overload]


def _plain(number: str) -> bytes:
    return "-".join(str(part) for part in _number(_BATCH, number)).encode()


def _number(pattern: re.Pattern[str], text: str) -> tuple[str | int, ...]:
    match = pattern.fullmatch(canonical_code(text))
    return () if match is None else tuple(int(part) if part.isdigit() else part for part in match.groups())


def _of_batch(session: Session, number: str, subjects: _Subjects) -> list[tuple[str | int, ...]]:
    parts = _number(_BATCH, number)
    if not parts:
        raise Unheld
    table, items = _BATCHES[str(parts[0])]
    found = run(session.connection(), _OF_BATCH.format(table, items), parts[1:])
    if not found:
        raise Unheld
    subjects.batches.add((table, found[0][0]))
    return [(year, letter, serial) for _, year, letter, serial in found if year is not None]


def _cases(session: Session, numbers: Sequence[tuple[str | int, ...]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for some in chunks(sorted(set(numbers)), _AT_ONCE):
        if not all(some):
            raise Unheld
        condition = " OR ".join([f"({_BY_NUMBER})"] * len(some))
        rows = run(session.connection(), _CASES + condition, [part for number in some for part in number])
        found += [(case_id, applicant_id) for case_id, applicant_id in rows]
    return found


def _people_and_vouchers(session: Session, cases: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for some in chunks(cases, _AT_ONCE):
        marks = ", ".join("?" * len(some))
        for person, voucher in run(session.connection(), _WHOSE.format(marks), [*some, *some]):
            if person is not None:
                found.add(locks.lock_of_person(bytes(person)))
            elif voucher:
                found.add(locks.lock_in_groups(Of.VOUCHER, voucher.encode()))
    return found


def _lock_of_firm(applicant_id: int) -> int:
    return locks.lock_of(Of.FIRM, str(applicant_id).encode())


def _lock_of_rules(digest: str) -> int:
    return locks.lock_of(Of.SERIES, f"rules {digest}".encode())
