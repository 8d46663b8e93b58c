"""Payment batches: look-up by number, and values for lists and commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import col, select

from db.models import Case, Fund, PaymentBatch, PaymentLine, PaymentOutcome
from pxtui.casework.lifecycle.batches import MOST_LISTED, BatchKind, BatchList
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.payment import signing
from pxtui.casework.payment.signing import masked as masked

PAYMENT_BATCHES = BatchKind(
    PaymentBatch, PaymentLine, "BF", "拨付", "pxtui payment list", col(PaymentLine.outcome).is_(None)
)
OUTCOME_NAMES = {
    PaymentOutcome.PAID: "已拨付",
    PaymentOutcome.BOUNCED: "退票",
    PaymentOutcome.STOPPED: "已撤出",
}


class BatchState(StrEnum):
    """The state of a batch: the next step, or that it is finished or empty."""

    TO_SIGN = "待签发"
    TO_SIGN_AGAIN = "待再签发"
    """By a second person, because the sum is large."""
    TO_HAND_OVER = "待交银行"
    TO_ANSWER = "待回单"
    DONE = "已办结"
    EMPTIED = "已撤销"


@dataclass(frozen=True, slots=True)
class Line:
    """A payment of a batch, in fen, with its masked account and the bank's answer."""

    case_number: str
    applicant_name: str
    amount_fen: int
    bank_name: str
    masked_account: str
    outcome: PaymentOutcome | None
    """None: the bank has not answered."""
    answered_on: date | None
    reference: str

    @property
    def outcome_name(self) -> str:
        """The outcome in Chinese; empty where the bank has not answered."""
        return OUTCOME_NAMES[self.outcome] if self.outcome else ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A payment batch with its payments, and who prepared, signed and handed it over."""

    number: str
    fund_code: str
    fund_name: str
    state: BatchState
    total_fen: int
    """The total of the payments that were not taken out."""
    prepared_on: date
    prepared_by: str
    signed_on: date | None
    signed_by: str | None
    second_signed_on: date | None
    second_signed_by: str | None
    handed_over_on: date | None
    handed_over_by: str | None
    digest: str
    lines: tuple[Line, ...]
    for_two: bool = False
    """Whether it is so large that two people sign it, by the office's setting."""
    differences: tuple[str, ...] = ()
    """In what a batch that was signed is not what was signed any more; it must be signed anew."""

    @property
    def is_open(self) -> bool:
        """Whether a payment of the batch is without an answer."""
        return any(line.outcome is None for line in self.lines)

    @property
    def kept(self) -> int:
        """The number of payments that were not taken out."""
        return sum(line.outcome is not PaymentOutcome.STOPPED for line in self.lines)


def batches(context: Context) -> tuple[Batch, ...]:
    """The open batches and `MOST_LISTED` of the newest, the newest first."""
    return listed(context, MOST_LISTED).batches


def listed(context: Context, most: int, before: str = "") -> BatchList[Batch]:
    """The open batches and the newest others, or those before a batch, the newest first.

    Raises:
        PxtuiError: there is no batch `before`.
    """
    found, more = PAYMENT_BATCHES.listed(context, most, before)
    return BatchList(all_shown(context, found), more)


def look_up(context: Context, number: str) -> Batch:
    """The batch with a number.

    Raises:
        PxtuiError: there is none.
    """
    return shown(context, PAYMENT_BATCHES.find(context, number))


def shown(context: Context, batch: PaymentBatch) -> Batch:
    """The values of a batch for lists and commands."""
    return all_shown(context, [batch])[0]


def all_shown(context: Context, batches: Sequence[PaymentBatch]) -> tuple[Batch, ...]:
    """The values of several batches."""
    lines = PAYMENT_BATCHES.items_of(context, batches)
    numbers = PAYMENT_BATCHES.numbers(context, batches)
    funds = dict(context.session.exec(select(Fund.code, Fund.name)).all())
    return tuple(
        _shown(context, batch, (numbers[batch.id], funds[batch.fund_code]), lines[batch.id]) for batch in batches
    )


def _shown(
    context: Context, batch: PaymentBatch, names: tuple[str, str], lines: Sequence[tuple[PaymentLine, Case]]
) -> Batch:
    vault = context.vault
    number, fund_name = names
    differing, lacks_second = _differing(context, batch, lines), _is_second_lacking(context, batch, lines)
    return Batch(
        number=number,
        fund_code=batch.fund_code,
        fund_name=fund_name,
        state=_state(batch, [line.outcome for line, _ in lines], is_signed=not differing, lacks_second=lacks_second),
        total_fen=sum(line.amount_fen for line, _ in lines if line.outcome is not PaymentOutcome.STOPPED),
        prepared_on=batch.prepared_on,
        prepared_by=batch.prepared_by,
        signed_on=batch.signed_on,
        signed_by=batch.signed_by,
        second_signed_on=batch.second_signed_on,
        second_signed_by=batch.second_signed_by,
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
                line.outcome,
                line.answered_on,
                line.reference,
            )
            for line, case in lines
        ),
        for_two=_is_for_two(context, batch, lines),
        differences=differing,
    )


def to_pay(context: Context, batch: PaymentBatch) -> list[tuple[PaymentLine, Case]]:
    """The lines of a batch that the bank has not answered and nobody took out."""
    return _unanswered(PAYMENT_BATCHES.items(context, batch))


def _unanswered(lines: Sequence[tuple[PaymentLine, Case]]) -> list[tuple[PaymentLine, Case]]:
    return [(line, case) for line, case in lines if line.outcome is None]


def lacks_second_signature(context: Context, batch: PaymentBatch) -> bool:
    """Whether a signed batch is so large that a second person has still to sign it, by the office's setting."""
    return _is_second_lacking(context, batch, PAYMENT_BATCHES.items(context, batch))


def _is_second_lacking(context: Context, batch: PaymentBatch, lines: Sequence[tuple[PaymentLine, Case]]) -> bool:
    return batch.signed_on is not None and batch.second_signed_on is None and _is_for_two(context, batch, lines)


def _is_for_two(context: Context, batch: PaymentBatch, lines: Sequence[tuple[PaymentLine, Case]]) -> bool:
    if batch.handed_over_on is not None:
        return False
    limit = office_settings.settings(context).second_signature_from_fen
    return limit > 0 and sum(line.amount_fen for line, _ in _unanswered(lines)) >= limit


def differences(context: Context, batch: PaymentBatch) -> tuple[str, ...]:
    """In what a batch that is signed and not at the bank is not what was signed, in Chinese; empty: in nothing."""
    if batch.signed_on is None or batch.handed_over_on is not None:
        return ()
    return _differing(context, batch, PAYMENT_BATCHES.items(context, batch))


def _differing(context: Context, batch: PaymentBatch, lines: Sequence[tuple[PaymentLine, Case]]) -> tuple[str, ...]:
    if batch.signed_on is None or batch.handed_over_on is not None:
        return ()
    return signing.differences(context, batch, PAYMENT_BATCHES.number(context, batch), _unanswered(lines))


def _state(
    batch: PaymentBatch, outcomes: Sequence[PaymentOutcome | None], *, is_signed: bool, lacks_second: bool
) -> BatchState:
    if None not in outcomes:
        return BatchState.DONE if batch.handed_over_on else BatchState.EMPTIED
    if batch.handed_over_on:
        return BatchState.TO_ANSWER
    if batch.signed_on is None or not is_signed:
        return BatchState.TO_SIGN
    return BatchState.TO_SIGN_AGAIN if lacks_second else BatchState.TO_HAND_OVER
