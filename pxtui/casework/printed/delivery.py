"""送达回证: the letters that an applicant has to be handed, with room for who took them, when and how."""

from sqlmodel import col, select

from db.models import PaperIssued
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.casework.printed.issued_titles import IssuedTitles
from pxtui.clock import CHINA
from pxtui.papers.writing.wording import Filling
from pxtui.papers.writing.wording import day as in_words

RECEIPT = "delivery-receipt"
ADVERSE = frozenset({"non-acceptance", "opening-refusal", "claim-refusal", "return-order"})
"""Letters from whose receipt the terms of 行政复议 and 行政诉讼 run."""
_TO_APPLICANT = ADVERSE | {
    "correction-notice",
    "acceptance-notice",
    "opening-approval",
    "change-notice",
    "offline-transfer",
    "payment-slip",
    "bounce-notice",
}


def delivery_receipt(asking: Asking) -> Content:
    """The letters that no earlier receipt names; where there are none, those of the newest receipt."""
    titles = IssuedTitles(asking)
    lines: list[dict[str, Filling]] = [
        {
            "seq": seq,
            "name": titles.of(paper),
            "number": paper.number,
            "issued": in_words(paper.issued_at.astimezone(CHINA).date()),
            "copies": 1,
        }
        for seq, paper in enumerate(_letters(asking), start=1)
    ]
    return letter(RECEIPT, common(asking) | {"letters_count": len(lines)}, letters=lines)


def nothing_to_deliver(asking: Asking) -> str:
    """Why there is nothing to deliver, in Chinese; empty where there is."""
    return "" if _letters(asking) else "还没有出具要送达申请单位的文书"


def delivers_adverse(asking: Asking) -> bool:
    """Whether a letter is among them from whose receipt a term runs."""
    adverse = ADVERSE | ({"change-notice"} if asking.case.stage is Stage.TERMINATED else set())
    return any(paper.form in adverse for paper in _letters(asking))


def _letters(asking: Asking) -> list[PaperIssued]:
    numbered = select(PaperIssued).where(
        col(PaperIssued.case_id) == asking.case.id,
        col(PaperIssued.form).in_((*_TO_APPLICANT, RECEIPT)),
        col(PaperIssued.serial).is_not(None),
    )
    batches: list[list[PaperIssued]] = [[]]
    for paper in asking.context.session.exec(numbered.order_by(col(PaperIssued.id))):
        if paper.form == RECEIPT:
            batches.append([])
        else:
            batches[-1].append(paper)
    return next((letters for letters in reversed(batches) if letters), [])
