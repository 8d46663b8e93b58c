"""The papers of a batch of payments: one table for all of it, and a slip for each enterprise that was paid."""

from pathlib import Path

from db.models import PaymentOutcome
from pxtui.casework.office.context import Context
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.printed import issuing
from pxtui.casework.printed.payment import batch_table
from pxtui.errors import Refused


def issue(context: Context, number: str, folder: Path | None = None, *, with_slips: bool = False) -> list[Path]:
    """Write the table of a batch, and with it the slips of what was paid, and record that they were issued.

    Args:
        folder: where to; the folders of the office and of the cases in the data folder where None.

    Raises:
        PxtuiError: there is no such batch, all of it was taken out, or the disk refuses.
    """
    batch = payment_batches.look_up(context, number)
    if not batch.total_fen:
        raise Refused(f"拨付批次{batch.number}里的案件都已撤出，没有可以出具的汇总表。")
    table = batch_table(context, number)
    written = [issuing.issue_of_several(context, "payment-table", table, (batch.number, batch.fund_name), folder)]
    if with_slips:
        for line in batch.lines:
            if line.outcome is PaymentOutcome.PAID:
                written += issuing.issue(context, line.case_number, ["payment-slip"], folder)
    return written
