"""公示网页存证单: where a public notice stood on the web, and the file that proves it (notice 四(二))."""

from sqlmodel import col, select

from db.models import Act, JournalEntry, PublicityBatch, PublicityItem
from pxtui.casework.lifecycle.stated_days import stated
from pxtui.casework.office import journal
from pxtui.casework.printed import published
from pxtui.casework.printed.asking import Asking, Content, common, letter, marked
from pxtui.casework.publicity.batches import PUBLICITY_BATCHES, kept_item
from pxtui.clock import CHINA
from pxtui.papers.writing.wording import Money, dates_in_words

_TOGETHER = 8


def page_proof(asking: Asking) -> Content:
    """The page of the batch in which a claim is published: address, days, file and its SHA-256, who noted them when."""
    context = asking.context
    item = kept_item(context, asking.case)
    assert item is not None
    batch = _batch(asking, item)
    number = PUBLICITY_BATCHES.number(context, batch)
    noted = _noted(asking, batch)
    paper = published.notice_of(context, number)
    values = common(asking) | {
        "batch_number": number,
        "notice_paper": paper.number if paper else None,
        "starts_day": marked(batch.published_on, next(iter(stated(context, batch)), None), with_reason=True),
        "publicity_ends_day": batch.ends_on,
        "heads": item.heads,
        "amount": Money(item.total_fen),
        "page_address": batch.page_address,
        "proof_name": batch.proof_name,
        "proof_digest": _grouped(batch.proof_sha256.upper()),
        "noted_by": noted.staff_name if noted else None,
        "noted_at": dates_in_words(f"{noted.at.astimezone(CHINA):%Y-%m-%d %H:%M}") if noted else None,
    }
    return letter("page-proof", values)


def _grouped(digest: str) -> str:
    """In eights, half of it on a line: whoever compares it keeps her place."""
    eights = [digest[place : place + _TOGETHER] for place in range(0, len(digest), _TOGETHER)]
    half = len(eights) // 2
    return f"{' '.join(eights[:half])}\n{' '.join(eights[half:])}"


def no_page(asking: Asking) -> str:
    """Why there is no page to prove, in Chinese; empty where there is."""
    item = kept_item(asking.context, asking.case)
    if item is None:
        return "本案还没有公示"
    batch = _batch(asking, item)
    if not batch.page_address or not batch.proof_sha256:
        return "还没有登记公示网址和存证文件，请在“公示”里按F2登记"
    return ""


def _batch(asking: Asking, item: PublicityItem) -> PublicityBatch:
    return asking.context.session.get_one(PublicityBatch, item.batch_id)


def _noted(asking: Asking, batch: PublicityBatch) -> JournalEntry | None:
    """The entry with which this page and this file were noted."""
    entries = select(JournalEntry).where(col(JournalEntry.action) == Act.PUBLICITY_PAGE)
    wanted = {"address": batch.page_address, "proof": batch.proof_name, "sha256": batch.proof_sha256}
    for entry in asking.context.session.exec(entries.order_by(col(JournalEntry.id).desc())):
        _, after = journal.values(asking.context, entry)
        if after == wanted:
            return entry
    return None
