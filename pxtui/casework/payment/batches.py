"""Payment batches: look-up by number, and values for lists and commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.models import Case, Fund, PaymentBatch, PaymentLine, PaymentOutcome
from pxtui.casework.lifecycle.batches import BatchKind
from pxtui.casework.office.context import Context
from pxtui.casework.payment import signing
from pxtui.casework.payment.signing import masked as masked

PAYMENT_BATCHES = BatchKind(PaymentBatch, PaymentLine, "BF", "拨付", "pxtui payment list")
OUTCOME_NAMES = {
    PaymentOutcome.PAID: "已拨付",
    PaymentOutcome.BOUNCED: "退票",
    PaymentOutcome.STOPPED: "已撤出",
}


class BatchState(StrEnum):
    """The state of a batch: the next step, or that it is finished or empty."""

    TO_SIGN = "待签发"
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
    handed_over_on: date | None
    handed_over_by: str | None
    digest: str
    lines: tuple[Line, ...]
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
    """Every batch, the newest first."""
    return tuple(shown(context, batch) for batch in PAYMENT_BATCHES.newest_first(context))


def look_up(context: Context, number: str) -> Batch:
    """The batch with a number.

    Raises:
        PxtuiError: there is none.
    """
    return shown(context, PAYMENT_BATCHES.find(context, number))


def shown(context: Context, batch: PaymentBatch) -> Batch:
    """The values of a batch for lists and commands."""
    vault = context.vault
    lines = PAYMENT_BATCHES.items(context, batch)
    differing = differences(context, batch)
    return Batch(
        number=PAYMENT_BATCHES.number(context, batch),
        fund_code=batch.fund_code,
        fund_name=context.session.get_one(Fund, batch.fund_code).name,
        state=_state(batch, [line.outcome for line, _ in lines], is_signed=not differing),
        total_fen=sum(line.amount_fen for line, _ in lines if line.outcome is not PaymentOutcome.STOPPED),
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
                line.outcome,
                line.answered_on,
                line.reference,
            )
            for line, case in lines
        ),
        differences=differing,
    )


def to_pay(context: Context, batch: PaymentBatch) -> list[tuple[PaymentLine, Case]]:
    """The lines of a batch that the bank has not answered and nobody took out."""
    return [(line, case) for line, case in PAYMENT_BATCHES.items(context, batch) if line.outcome is None]


def differences(context: Context, batch: PaymentBatch) -> tuple[str, ...]:
    """In what a batch that is signed and not at the bank is not what was signed, in Chinese; empty: in nothing."""
    if batch.signed_on is None or batch.handed_over_on is not None:
        return ()
    return signing.differences(context, batch, PAYMENT_BATCHES.number(context, batch), to_pay(context, batch))


def _state(batch: PaymentBatch, outcomes: Sequence[PaymentOutcome | None], *, is_signed: bool) -> BatchState:
    if None not in outcomes:
        return BatchState.DONE if batch.handed_over_on else BatchState.EMPTIED
    if batch.handed_over_on:
        return BatchState.TO_ANSWER
    return BatchState.TO_HAND_OVER if batch.signed_on and is_signed else BatchState.TO_SIGN
