"""Issue of a payment batch's papers: a summary table, the approval of its fund, and a slip for each paid claim."""

from pathlib import Path

from db.models import PaymentOutcome
from pxtui.casework.office.context import Context
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.printed import issuing
from pxtui.casework.printed.fund_approval import batch_approval
from pxtui.casework.printed.payment import batch_table
from pxtui.errors import Refused


def issue(context: Context, number: str, folder: Path | None = None, *, with_slips: bool = False) -> list[Path]:
    """Write the summary table and the approval of a batch, on request with slips, and record their issue.

    Returns their paths, the table first.

    Args:
        folder: of the files; None: the folders of the office and of the cases in the data folder.
        with_slips: also write a slip for each paid claim.

    Raises:
        PxtuiError: there is no such batch, all its claims were taken out, or the disk refuses.
    """
    batch = payment_batches.look_up(context, number)
    if not batch.total_fen:
        raise Refused(f"拨付批次{batch.number}里的案件都已撤出，没有可以出具的汇总表。")
    table = batch_table(context, number)
    about = (batch.number, batch.fund_name)
    written = [
        issuing.issue_of_several(context, "payment-table", table, about, folder),
        issuing.issue_of_several(context, "fund-approval", batch_approval(context, number), about, folder),
    ]
    if with_slips:
        for line in batch.lines:
            if line.outcome is PaymentOutcome.PAID:
                written += issuing.issue(context, line.case_number, ["payment-slip"], folder)
    return written
