"""Issue of a publicity batch's paper: one public notice for all its claims."""

from pathlib import Path

from pxtui.casework.office.context import Context
from pxtui.casework.printed import issuing
from pxtui.casework.printed.publicity import batch_notice
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.errors import Refused


def issue(context: Context, number: str, folder: Path | None = None) -> Path:
    """Write the public notice of a batch and record its issue; returns its path.

    Args:
        folder: of the file; None: the office's folder in the data folder.

    Raises:
        PxtuiError: there is no such batch, all its claims were taken out, or the disk refuses.
    """
    batch = publicity_batches.look_up(context, number)
    if not batch.total_fen:
        raise Refused(f"{batch.number}里的案件都已撤出，没有可以出具的公示。")
    office = context.rulebook.latest.office(context.office).short_name
    content = batch_notice(context, number)
    return issuing.issue_of_several(context, "public-notice", content, (batch.number, office), folder)
