"""Batches of payments as the register has them: found by their numbers, and as lists and commands show them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from db.models import Case, Fund, Office, PaymentBatch, PaymentLine
from pxtui.errors import PxtuiError
from pxtui.identifiers.text import canonical_code

OUTCOMES = {None: "", "paid": "已拨付", "bounced": "退票", "stopped": "已撤出"}

_NUMBER = re.compile(r"BF-?([0-9]{4})-?([A-Z]{2})-?([0-9]{1,6})")
_SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One payment as lists show it."""

    case_number: str
    applicant_name: str
    amount_fen: int
    bank_name: str
    masked_account: str
    outcome: str
    """In Chinese; empty: the bank has not answered."""
    answered_on: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch and how far it has come."""

    number: str
    fund_code: str
    fund_name: str
    state: str
    total_fen: int
    """Of the lines that were not taken out."""
    prepared_on: date
    prepared_by: str
    signed_on: date | None
    signed_by: str | None
    handed_over_on: date | None
    handed_over_by: str | None
    digest: str
    lines: tuple[Line, ...]


def batches(session: Session) -> tuple[Batch, ...]:
    """Every batch, the newest first."""
    return tuple(
        shown(session, batch) for batch in session.exec(select(PaymentBatch).order_by(col(PaymentBatch.id).desc()))
    )


def look_up(session: Session, number: str) -> Batch:
    """The batch with a number.

    Raises:
        PxtuiError: there is none.
    """
    return shown(session, find_batch(session, number))


def find_batch(session: Session, number: str) -> PaymentBatch:
    """The row of the batch with a number: BF2020-DQ-001.

    Raises:
        PxtuiError: there is none.
    """
    match = _NUMBER.fullmatch(canonical_code(number))
    if match is not None:
        year, letter, serial = match.groups()
        found = session.exec(
            select(PaymentBatch)
            .join(Office, col(Office.code) == PaymentBatch.office_code)
            .where(
                col(PaymentBatch.year) == int(year),
                col(Office.letter) == letter,
                col(PaymentBatch.serial) == int(serial),
            )
        ).first()
        if found is not None:
            return found
    raise PxtuiError(f"没有编号为“{number}”的拨付批次，请用 pxtui payment list 查看编号，如BF2020-DQ-001。")


def lines_of(session: Session, batch: PaymentBatch) -> list[tuple[PaymentLine, Case]]:
    """The payments of a batch and whose they are, in the order in which they were put in."""
    listed = (
        select(PaymentLine, Case)
        .join(Case, col(Case.id) == PaymentLine.case_id)
        .where(col(PaymentLine.batch_id) == batch.id)
        .order_by(col(PaymentLine.id))
    )
    return list(session.exec(listed).all())


def masked(account: str) -> str:
    """An account as it may be shown: its last four digits."""
    return "*" * max(0, len(account) - _SHOWN_DIGITS) + account[-_SHOWN_DIGITS:]


def number_of(session: Session, batch: PaymentBatch) -> str:
    """How a batch is keyed and named in files: BF2020-DQ-001."""
    letter = session.get_one(Office, batch.office_code).letter
    return f"BF{batch.year:04}-{letter}-{batch.serial:03}"


def shown(session: Session, batch: PaymentBatch) -> Batch:
    """A batch as it is shown."""
    vault = session.info["vault"]
    lines = lines_of(session, batch)
    return Batch(
        number=number_of(session, batch),
        fund_code=batch.fund_code,
        fund_name=session.get_one(Fund, batch.fund_code).name,
        state=_state(batch, [line.outcome for line, _ in lines]),
        total_fen=sum(line.amount_fen for line, _ in lines if line.outcome != "stopped"),
        prepared_on=batch.prepared_on,
        prepared_by=batch.prepared_by,
        signed_on=batch.signed_on,
        signed_by=batch.signed_by,
        handed_over_on=batch.handed_over_on,
        handed_over_by=batch.handed_over_by,
        digest=batch.digest,
        lines=tuple(
            Line(
                case.number,
                case.applicant_name,
                line.amount_fen,
                line.bank_name,
                masked(line.unseal(vault, "account")),
                OUTCOMES[line.outcome],
                line.answered_on,
                line.reference,
            )
            for line, case in lines
        ),
    )


def _state(batch: PaymentBatch, outcomes: Sequence[str | None]) -> str:
    if None not in outcomes:
        return "已办结" if batch.handed_over_on else "已撤"
    if batch.handed_over_on:
        return "待回单"
    return "待交银行" if batch.signed_on else "待签发"
