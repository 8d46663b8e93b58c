"""Past trainings of many people, and vouchers used elsewhere, in a few indexed statements."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import starmap
from typing import Any, NamedTuple, TypeVar

# Not sqlmodel's: its types end at four columns.
from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.models import (
    Case,
    EarlierTraining,
    Enrolment,
    OfflineResult,
    Recovery,
    Stage,
    UsedVoucher,
    Voucher,
    display_number,
)

# SQLite before 3.32 takes no more than 999 parameters in one statement.
_KEYS_AT_ONCE = 900
_ONLINE = "online"

Key = TypeVar("Key", bytes, str)


@dataclass(frozen=True, slots=True)
class Stages:
    """Sets of stages that decide what a filed case counts for; casework defines them."""

    counted: frozenset[Stage]
    """Stages of cases that count as a subsidised training of their approved people."""
    by_claim: frozenset[Stage]
    """Stages at which the claim's roster lists the approved people; at others the opening's does."""
    paid: frozenset[Stage]
    """The money of these has been paid."""
    recovered: frozenset[Stage] = frozenset()
    """The money of these is all back; the people of a fraud keep their training all the same."""


class KnownTraining(NamedTuple):
    """One training of one person. Both days are inclusive; `ends_on` None: not ended."""

    id_key: bytes
    occupation: str
    level: str | None
    starts_on: date
    ends_on: date | None
    delivery: str
    subsidised: bool
    paid: bool
    source: str
    """Origin of the entry, such as a case's number."""
    case_id: int | None = None
    """Of a case of this register."""


# Made once: what is asked a thousand times a day need not be put together a thousand times. In the order in which
# SQLite reads the index, which costs it nothing: PostgreSQL gives rows as they lie, those that were changed last.
_EARLIER_TRAININGS = select(
    col(EarlierTraining.id_key),
    col(EarlierTraining.occupation),
    col(EarlierTraining.level),
    col(EarlierTraining.starts_on),
    col(EarlierTraining.ends_on),
    col(EarlierTraining.delivery),
    col(EarlierTraining.subsidised),
    col(EarlierTraining.paid),
    col(EarlierTraining.source),
).order_by(col(EarlierTraining.id_key), col(EarlierTraining.starts_on), col(EarlierTraining.id))
_EARLIER = _EARLIER_TRAININGS.where(col(EarlierTraining.id_key).in_(bindparam("id_keys", expanding=True)))

_FILED_TRAININGS = (
    select(
        col(Enrolment.id_key),
        col(Enrolment.case_id),
        col(Enrolment.application),
        col(Enrolment.approved),
        col(Case.opening_roster_known),
        col(Case.stage),
        col(Case.letter),
        col(Case.year),
        col(Case.serial),
        col(Case.occupation),
        col(Case.level),
        col(Case.starts_on),
        col(Case.ends_on),
        col(OfflineResult.amount_fen),
        col(OfflineResult.paid_on),
        col(OfflineResult.waits),
    )
    .join(Case, col(Case.id) == col(Enrolment.case_id))
    .outerjoin(OfflineResult, col(OfflineResult.enrolment_id) == col(Enrolment.id))
    .order_by(col(Enrolment.id_key), col(Enrolment.id))
)
_FILED = _FILED_TRAININGS.where(col(Enrolment.id_key).in_(bindparam("id_keys", expanding=True)))


def trainings_of(
    session: Session, id_keys: Collection[bytes], *, except_case: int | None, stages: Stages
) -> list[KnownTraining]:
    """All trainings of these people: earlier ones, by their first days, and filed cases in which they are approved.

    `except_case`: the id of the judged case; None where it is not filed.
    """
    found: list[KnownTraining] = []
    for keys in _in_chunks(id_keys):
        found.extend(_earlier(session, keys))
        found.extend(_filed(session, keys, except_case, stages))
    return found


def filed_trainings_of(session: Session, id_keys: Collection[bytes], stages: Stages) -> list[KnownTraining]:
    """The trainings of these people that are cases of this register."""
    return [training for keys in _in_chunks(id_keys) for training in _filed(session, keys, None, stages)]


def where_vouchers_are_used(
    session: Session, number_keys: Collection[str], *, except_case: int | None
) -> dict[str, str]:
    """The voucher keys that are claimed elsewhere, and where: the number of the first case, or the source that told it.

    Elsewhere: entered as used, or in another case that keyed the voucher first. So of two cases with one voucher only
    the later one has it claimed elsewhere. Empty keys are ignored; an empty source is not known.
    """
    found: dict[str, str] = {}
    for keys in _in_chunks({key for key in number_keys if key}):
        used = select(col(UsedVoucher.number_key), col(UsedVoucher.source)).where(col(UsedVoucher.number_key).in_(keys))
        found.update((key, source) for key, source in session.execute(used))
        filed = (
            select(col(Voucher.number_key), col(Case.id), col(Case.letter), col(Case.year), col(Case.serial))
            .join(Case, col(Case.id) == col(Voucher.case_id))
            .where(col(Voucher.number_key).in_(keys))
            .order_by(col(Voucher.id))
        )
        first: set[str] = set()
        for key, case_id, letter, year, serial in session.execute(filed):
            if key not in first and case_id != except_case:
                number = display_number(letter, year, serial)
                found[key] = f"{number}、{found[key]}" if found.get(key) else number
            first.add(key)
    return found


def vouchers_that_end_alike(session: Session, tails: Collection[str], *, except_case: int | None) -> dict[str, str]:
    """The vouchers claimed elsewhere that end with one of these eight digits: key → number as typed.

    Elsewhere is as for `where_vouchers_are_used`: of another case counts what was keyed before a voucher of this case
    with that end, so that of two cases the later one is told.
    """
    found: dict[str, str] = {}
    for chunk in _in_chunks({tail for tail in tails if tail}):
        used = select(col(UsedVoucher.number_key), col(UsedVoucher.number)).where(
            col(UsedVoucher.number_tail).in_(chunk)
        )
        found.update((key, number) for key, number in session.execute(used))
        filed = (
            select(col(Voucher.number_tail), col(Voucher.number_key), col(Voucher.number), col(Voucher.case_id))
            .where(col(Voucher.number_tail).in_(chunk))
            .order_by(col(Voucher.id).desc())
        )
        ours: set[str] = set()
        for tail, key, number, case_id in session.execute(filed):
            if case_id == except_case:
                ours.add(tail)
            elif except_case is None or tail in ours:
                found.setdefault(key, number)
    return found


def _earlier(session: Session, id_keys: list[bytes]) -> Iterator[KnownTraining]:
    # The connection's rows and not the session's: there are thousands, and no object of theirs to keep track of.
    return starmap(KnownTraining, session.connection().execute(_EARLIER, {"id_keys": id_keys}).all())


def _filed(session: Session, id_keys: list[bytes], except_case: int | None, stages: Stages) -> Iterator[KnownTraining]:
    # Stages and application are sorted out here and not in the statement: SQLite might walk all the cases of a
    # stage rather than the few rows of these people.
    yield from _counted(session, session.execute(_FILED, {"id_keys": id_keys}), except_case, stages)


def _counted(session: Session, rows: Iterable[Any], except_case: int | None, stages: Stages) -> Iterator[KnownTraining]:
    """Of the rows of `_FILED_TRAININGS` those that are somebody's training."""
    for row in rows:
        if row.case_id == except_case:
            continue
        if row.stage not in stages.counted and not (row.stage in stages.recovered and _was_fraud(session, row.case_id)):
            continue
        # Where nobody knows whom an opening approved elsewhere was for, all of its claim's people may be in it.
        is_decided = row.stage in stages.by_claim
        telling = "claim" if is_decided or not row.opening_roster_known else "opening"
        is_in = row.approved or not (is_decided or row.opening_roster_known)
        if row.application != telling or not is_in:
            continue
        # The ordinary procedure paid nothing for this person. None is not nothing: nobody has told yet.
        if row.amount_fen == 0 and not row.waits:
            continue
        yield KnownTraining(
            id_key=row.id_key,
            occupation=row.occupation,
            level=row.level,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            delivery=_ONLINE,
            subsidised=True,
            paid=row.stage in stages.paid or row.paid_on is not None or bool(row.waits),
            source=display_number(row.letter, row.year, row.serial),
            case_id=row.case_id,
        )


def trainings_of_cases(session: Session, case_ids: Sequence[int], stages: Stages) -> Iterator[KnownTraining]:
    """All trainings of everybody in the rosters of some hundred cases, those cases among them, by two statements."""
    own = select(col(Enrolment.id_key)).where(col(Enrolment.case_id).in_(case_ids), col(Enrolment.id_key).is_not(None))
    earlier = _EARLIER_TRAININGS.where(col(EarlierTraining.id_key).in_(own))
    yield from starmap(KnownTraining, session.connection().execute(earlier).all())
    others = aliased(Enrolment)
    own = select(col(others.id_key)).where(col(others.case_id).in_(case_ids), col(others.id_key).is_not(None))
    filed = session.execute(_FILED_TRAININGS.where(col(Enrolment.id_key).in_(own))).all()
    yield from _counted(session, filed, None, stages)


def _was_fraud(session: Session, case_id: int) -> bool:
    """Whether money came back that was obtained by fraud."""
    back = select(col(Recovery.id)).where(
        col(Recovery.case_id) == case_id, col(Recovery.is_fraud).is_(True), col(Recovery.returned_on).is_not(None)
    )
    return session.execute(back.limit(1)).first() is not None


def _in_chunks(keys: Collection[Key]) -> Iterator[list[Key]]:
    # In the order of the index, so that neighbours are read together.
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), _KEYS_AT_ONCE):
        yield ordered[start : start + _KEYS_AT_ONCE]
