"""Payment batches that the office has still to sign or to hand over, for the lists of the desk."""

from collections.abc import Iterator

from sqlmodel import col, select

from db.models import Act, Case, PaymentBatch, PaymentLine
from pxtui.casework.desk.waiting_kinds import Waiting, WhatWaits
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import duties, roles
from pxtui.casework.office.context import Context
from pxtui.casework.payment.batches import lacks_second_signature

_ACTS = {
    WhatWaits.SIGNATURE: Act.PAYMENT_SIGN,
    WhatWaits.SECOND_SIGNATURE: Act.PAYMENT_SECOND_SIGN,
    WhatWaits.HAND_OVER: Act.PAYMENT_HAND_OVER,
}


def waiting(context: Context) -> dict[str, Waiting]:
    """By case number what its batch waits for; of what lies with the bank nothing."""
    of_batch = {batch.id: found for batch, found in _batches(context)}
    if not of_batch:
        return {}
    rows = context.session.exec(
        select(Case, PaymentLine.batch_id)
        .join(PaymentLine, col(PaymentLine.case_id) == Case.id)
        .where(
            col(Case.stage) == Stage.TO_PAY,
            col(PaymentLine.batch_id).in_(list(of_batch)),
            col(PaymentLine.outcome).is_(None),
        )
    )
    return {case.number: of_batch[batch_id] for case, batch_id in rows}


def notice(context: Context) -> str:
    """That batches or cleared claims wait for the acting person, for the desk; empty where none does."""
    if not context.clerk:
        return ""
    mine = [found.what for _, found in _batches(context) if found.is_for_acting]
    counts = [f"{mine.count(what)}个批次{what.state}" for what in _ACTS if what in mine]
    return f"有{'、'.join(counts)}：拨付一页（F10、9）。" if counts else ""


def _batches(context: Context) -> Iterator[tuple[PaymentBatch, Waiting]]:
    people = duties.person_of(context)
    own = people.get(context.clerk)
    with_claims = select(PaymentLine.batch_id).where(col(PaymentLine.outcome).is_(None))
    seen = roles.of_seen_offices(context, PaymentBatch.office_code)
    wanted = select(PaymentBatch).where(
        col(PaymentBatch.handed_over_on).is_(None), col(PaymentBatch.id).in_(with_claims), *seen
    )
    for batch in context.session.exec(wanted.order_by(col(PaymentBatch.id))):
        what, acted = _what(context, batch)
        is_another = own not in {people.get(name) for name in acted if name}
        yield batch, Waiting(what, is_another and duties.may(context, _ACTS[what], context.clerk))


def _what(context: Context, batch: PaymentBatch) -> tuple[WhatWaits, tuple[str | None, ...]]:
    """What a batch waits for, and who may not do that because he did what comes before it."""
    if batch.signed_on is None:
        return WhatWaits.SIGNATURE, (batch.prepared_by,)
    if lacks_second_signature(context, batch):
        return WhatWaits.SECOND_SIGNATURE, (batch.prepared_by, batch.signed_by)
    return WhatWaits.HAND_OVER, ()
