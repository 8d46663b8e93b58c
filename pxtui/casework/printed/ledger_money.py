"""Lines about money in a ledger: what was published, paid, came back from the bank and was recovered, day by day."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select

from db.models import Act, PaymentBatch, PublicityBatch
from pxtui.casework.office.context import Context
from pxtui.casework.payment.batches import PAYMENT_BATCHES
from pxtui.casework.payment.movements import Kind, Movement
from pxtui.casework.printed.ledger_steps import HandledCase, Step
from pxtui.casework.publicity.batches import PUBLICITY_BATCHES
from pxtui.clock import CHINA
from pxtui.papers.writing.wording import Filling, Money, day_of_month
from pxtui.papers.writing.wording import day as in_words

_NAMES = {
    Kind.PAID: "拨付",
    Kind.BOUNCED: "退票",
    Kind.FOUND_PAID: "认定已拨付",
    Kind.FOUND_BOUNCED: "认定退票",
    Kind.RECOVERED: "追回到账",
}

_Line = dict[str, Filling]


def money_lines(context: Context, cases: Iterable[HandledCase]) -> list[_Line]:
    """A line for each publication and each answer of the bank or arrival, in the order of their entry."""
    handled = list(cases)
    published = _published_in(context, handled)
    paid_by = _payment_batches(context, handled)
    found: list[tuple[datetime, _Line]] = []
    for handled_case in handled:
        about: _Line = {
            "case_number": handled_case.case.display_number,
            "applicant_name": handled_case.case.applicant_name,
        }
        for step in handled_case.steps:
            if step.act is Act.CASE_PUBLISH:
                found.append((step.at, about | _published(step, published)))
        for movement in handled_case.movements:
            if movement.kind in _NAMES:
                found.append((movement.at, about | _moved(movement, paid_by)))
    found.sort(key=lambda entry: entry[0])
    return [
        line | {"seq": seq, "entered": day_of_month(at.astimezone(CHINA).date())}
        for seq, (at, line) in enumerate(found, start=1)
    ]


def _published(step: Step, numbers: dict[int, str]) -> _Line:
    number = "" if step.batch_id is None else numbers[step.batch_id]
    return {"event": "公示", "batch_number": number, "published": Money(step.fen)}


def _moved(movement: Movement, numbers: dict[int, str]) -> _Line:
    amounts = {"paid": movement.paid_fen, "bounced": movement.bounced_fen, "recovered": movement.recovered_fen}
    amounts_shown: _Line = {name: Money(fen) if fen else None for name, fen in amounts.items()}
    return amounts_shown | {
        "event": _NAMES[movement.kind],
        "batch_number": numbers[movement.batch_id],
        "fund": movement.fund_code,
        "bank_entry": _told(movement),
        "reference": movement.reference,
    }


def _told(movement: Movement) -> str:
    """The bank's day; of another year than that of the entry, by which the paper is headed, with its year."""
    on = movement.bank_day
    if on is None:
        return ""
    return day_of_month(on) if on.year == movement.at.astimezone(CHINA).year else in_words(on)


def _published_in(context: Context, cases: list[HandledCase]) -> dict[int, str]:
    ids = {step.batch_id for handled_case in cases for step in handled_case.steps}
    found = context.session.exec(select(PublicityBatch).where(col(PublicityBatch.id).in_(ids)))
    return dict(PUBLICITY_BATCHES.numbers(context, found.all()))


def _payment_batches(context: Context, cases: list[HandledCase]) -> dict[int, str]:
    ids = {movement.batch_id for handled_case in cases for movement in handled_case.movements}
    found = context.session.exec(select(PaymentBatch).where(col(PaymentBatch.id).in_(ids)))
    return dict(PAYMENT_BATCHES.numbers(context, found.all()))
