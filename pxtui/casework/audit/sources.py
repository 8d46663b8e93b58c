"""The tables of the auditor's pack; people, phones and accounts stand in it under pseudonyms of that pack alone."""

import hashlib
import hmac
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from sqlmodel import col, or_, select

from db.chain.links import head_of
from db.models import (
    Case,
    ChainLink,
    Enrolment,
    Fund,
    JournalEntry,
    LearningResult,
    PaymentBatch,
    PaymentLine,
    PublicityBatch,
    PublicityItem,
    Recovery,
    RowDeduction,
    Staff,
    Voucher,
)
from pxtui.casework.lifecycle.stages import STAGE_NAMES
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.payment.batches import PAYMENT_BATCHES
from pxtui.casework.publicity.batches import PUBLICITY_BATCHES
from pxtui.casework.staff.sight import masked_account
from pxtui.clock import CHINA
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.id_number import with_century
from pxtui.identifiers.text import canonical, canonical_code

Row = Sequence[str | int | None]

_TEXT, _INTEGER = "TEXT", "INTEGER"
_SHOWN = 16
"""Hexadecimal digits of a pseudonym."""
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Source:
    """A table of the pack."""

    name: str
    title: str
    """In Chinese."""
    columns: tuple[tuple[str, str, str], ...]
    """Name, type and meaning."""
    rows: Callable[["Reading"], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The register as it is read for one pack."""

    context: Context
    secret: bytes
    """Of this pack alone, kept nowhere: two packs cannot be joined, nor a pseudonym be worked out from a number."""

    def pseudonym(self, kind: str, value: str) -> str:
        """What stands for a number in this pack; empty for none."""
        if not value:
            return ""
        return hmac.new(self.secret, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()[:_SHOWN]

    def of_cases(self, *chosen: Any) -> Any:
        """A selection with the case of each row, of the offices that the acting person sees."""
        seen = roles.of_seen_offices(self.context, Case.office_code)
        return select(*chosen).where(*seen)

    def each(self, statement: Any) -> Iterator[Any]:
        """Its rows, some at a time."""
        return iter(self.context.session.exec(statement.execution_options(yield_per=_AT_ONCE)))


def _cases(reading: Reading) -> Iterator[Row]:
    for case in reading.each(reading.of_cases(Case).order_by(col(Case.id))):
        yield (
            *(case.number, case.office_code, case.stage.value, STAGE_NAMES[case.stage]),
            *(case.applicant_name, case.credit_code, case.size, case.county, case.trainees),
            *(case.occupation, case.level, case.platform, case.provider, case.provider_credit_code),
            *map(_day, (case.starts_on, case.ends_on)),
            str(case.course_hours),
            *map(_day, (case.opening_received_on, case.opening_decided_on)),
            case.opening_decided_by,
            *map(_day, (case.claim_received_on, case.claim_decided_on)),
            case.claim_decided_by,
            *(case.approved_heads, case.claimed_total_fen, case.approved_total_fen),
        )


def _people(reading: Reading) -> Iterator[Row]:
    vault = reading.context.vault
    wanted = reading.of_cases(Enrolment, Case, LearningResult).join(Case, col(Case.id) == col(Enrolment.case_id))
    wanted = wanted.outerjoin(LearningResult, col(LearningResult.enrolment_id) == col(Enrolment.id))
    for row, case, result in reading.each(wanted.order_by(col(Enrolment.id))):
        number, called = row.unseal(vault, "id_number"), canonical(row.unseal(vault, "phone"))
        account = "" if result is None else canonical(result.unseal(vault, "account"))
        known = with_century(canonical_code(number)) if number else ""
        yield (
            *(case.number, row.application, row.seq, reading.pseudonym("person", known), row.name),
            *(id_number.masked(number), row.sex, row.age, reading.pseudonym("phone", called), phone.masked(called)),
            *(_flag(row.approved), _day(row.left_on)),
            *((None,) * 3 if result is None else (_text(result.course_hours), _text(result.completed_hours),
              _flag(result.passed))),
            reading.pseudonym("platform account", account),
        )  # fmt: skip


def _vouchers(reading: Reading) -> Iterator[Row]:
    wanted = reading.of_cases(Voucher, Case).join(Case, col(Case.id) == col(Voucher.case_id))
    for row, case in reading.each(wanted.order_by(col(Voucher.id))):
        yield (
            *(case.number, row.number, row.number_key, _day(row.issued_on), row.payer, row.payee, row.amount_fen),
            *(row.payment_reference, _day(row.paid_on)),
        )


def _payments(reading: Reading) -> Iterator[Row]:
    context = reading.context
    wanted = reading.of_cases(PaymentLine, PaymentBatch, Case).join(Case, col(Case.id) == col(PaymentLine.case_id))
    wanted = wanted.join(PaymentBatch, col(PaymentBatch.id) == col(PaymentLine.batch_id))
    for row, batch, case in reading.each(wanted.order_by(col(PaymentLine.id))):
        account = canonical(row.unseal(context.vault, "account"))
        yield (
            *(case.number, PAYMENT_BATCHES.number(context, batch), batch.fund_code, row.amount_fen),
            *("" if row.outcome is None else row.outcome.value, row.account_name, row.bank_name),
            *(reading.pseudonym("bank account", account), masked_account(account)),
            *(_day(batch.prepared_on), batch.prepared_by, _day(batch.signed_on), batch.signed_by),
            *(_day(batch.handed_over_on), _day(row.answered_on), row.reference),
        )


def _publications(reading: Reading) -> Iterator[Row]:
    wanted = reading.of_cases(PublicityItem, PublicityBatch, Case)
    wanted = wanted.join(Case, col(Case.id) == col(PublicityItem.case_id))
    wanted = wanted.join(PublicityBatch, col(PublicityBatch.id) == col(PublicityItem.batch_id))
    for row, batch, case in reading.each(wanted.order_by(col(PublicityItem.id))):
        days = map(_day, (batch.published_on, batch.ends_on, batch.payable_from))
        number = PUBLICITY_BATCHES.number(reading.context, batch)
        yield (case.number, number, *days, row.heads, row.total_fen, row.outcome.value)


def _recoveries(reading: Reading) -> Iterator[Row]:
    wanted = reading.of_cases(Recovery, Case).join(Case, col(Case.id) == col(Recovery.case_id))
    for row, case in reading.each(wanted.order_by(col(Recovery.id))):
        days = map(_day, (row.ordered_on, row.approved_on, row.dropped_on, row.returned_on))
        yield (case.number, row.amount_fen, int(row.is_fraud), row.reason, *days, row.ordered_by, row.reference)


def _deductions(reading: Reading) -> Iterator[Row]:
    wanted = reading.of_cases(RowDeduction, Case).join(Case, col(Case.id) == col(RowDeduction.case_id))
    for row, case in reading.each(wanted.order_by(col(RowDeduction.id))):
        yield (case.number, row.code, _day(row.deducted_on), row.staff_name)


def _funds(reading: Reading) -> Iterator[Row]:
    for fund in reading.each(select(Fund).order_by(col(Fund.code))):
        yield (fund.code, fund.name, fund.granted_fen)


def _staff(reading: Reading) -> Iterator[Row]:
    own = roles.of_seen_offices(reading.context, Staff.office_code)
    for row in reading.each(select(Staff).where(*own).order_by(col(Staff.id))):
        yield (row.name, row.office_code, row.role.value, int(row.active), _day(row.left_on))


def _journal(reading: Reading) -> Iterator[Row]:
    seen = roles.of_seen_offices(reading.context, Case.office_code)
    wanted = select(JournalEntry, Case).outerjoin(Case, col(Case.id) == col(JournalEntry.case_id))
    if seen:
        wanted = wanted.where(or_(col(JournalEntry.case_id).is_(None), *seen))
    for row, case in reading.each(wanted.order_by(col(JournalEntry.id))):
        yield (
            *(row.id, _moment(row.at), row.staff_name),
            *("" if row.role is None else row.role.value, row.for_name, "" if case is None else case.number),
            *(row.action.value, row.summary),
        )


def _chain(reading: Reading) -> Iterator[Row]:
    columns: Any = (
        col(ChainLink.id),
        col(ChainLink.at),
        col(ChainLink.staff_name),
        col(ChainLink.kind),
        col(ChainLink.mac),
    )
    for number, at, name, kind, mac in reading.each(select(*columns).order_by(col(ChainLink.id))):
        when = "" if at is None else _moment(at)
        yield (number, when, name, kind, head_of(number, mac), mac.hex())


def _moment(at: datetime) -> str:
    """In China, to the second."""
    return at.astimezone(CHINA).replace(tzinfo=None).isoformat(" ", "seconds")


def _day(day: Any) -> str | None:
    return None if day is None else f"{day}"


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)


_ROWS: Mapping[str, Callable[[Reading], Iterator[Row]]] = {
    "cases": _cases,
    "people": _people,
    "vouchers": _vouchers,
    "payments": _payments,
    "publications": _publications,
    "recoveries": _recoveries,
    "deductions": _deductions,
    "funds": _funds,
    "staff": _staff,
    "journal": _journal,
    "chain": _chain,
}


def sources() -> tuple[Source, ...]:
    """The tables in the order of the pack. Sealed values, passwords and keys stand in none."""
    told = tomllib.loads((files("pxtui.casework.audit") / "columns.toml").read_text("utf-8"))
    return tuple(
        Source(name, table["title"], tuple(map(_column, table["columns"])), _ROWS[name]) for name, table in told.items()
    )


def _column(text: str) -> tuple[str, str, str]:
    """A column as it is written: an integer's name with a star, a blank, what it means."""
    name, _, meaning = text.partition(" ")
    return name.rstrip("*"), _INTEGER if name.endswith("*") else _TEXT, meaning
