"""Page of the public notice: waiting claims, batches with their claims, objections."""

from dataclasses import dataclass
from datetime import date

from pxtui.casework.lifecycle import stated_days
from pxtui.casework.lifecycle.batch_page import Entry as Entry
from pxtui.casework.lifecycle.batch_page import Next as Next
from pxtui.casework.lifecycle.batch_page import open_and_done, short_code, waiting_entry
from pxtui.casework.lifecycle.batches import MOST_WAITING, WaitingClaim, how_many_at
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.context import Context
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import objections, public_page, publishing
from pxtui.casework.publicity.batches import Batch, Item


@dataclass(frozen=True, slots=True)
class PublicityDesk:
    """The page of the public notice."""

    entries: tuple[Entry, ...]
    waiting: int
    published: int
    """How many claims are published now; `waiting`: how many wait for a batch."""


def desk(context: Context, today: date, number: str = "") -> PublicityDesk:
    """The page as it is on a day: of the claims that wait the first `MOST_WAITING`, and the case with this number."""
    entries = [_waiting(claim) for claim in publishing.waiting(context, MOST_WAITING, number)]
    waiting = how_many_at(context, Stage.CLAIM_APPROVED)
    unchecked = public_page.unchecked_host(context)
    open_rows, done_rows = open_and_done(context, publicity_batches.PUBLICITY_BATCHES)
    shown = publicity_batches.all_shown(context, [*open_rows, *done_rows])
    under_way, done = shown[: len(open_rows)], shown[len(open_rows) :]
    published = 0
    for batch in under_way:
        entries.append(_batch(batch, today, unchecked))
        claims = [item for item in batch.items if item.is_open]
        entries += [_item(context, batch, item) for item in claims]
        published += len(claims)
    entries += [_batch(batch, today, unchecked) for batch in done]
    return PublicityDesk(tuple(entries), waiting, published)


def _waiting(claim: WaitingClaim) -> Entry:
    how = f"核定{claim.heads}人，复核无变化。空格选几件，Enter把选定的列入一个批次。"
    return waiting_entry(claim, ready=("待公示", Next.PUBLISH, how), held_up="不能公示")


def _batch(batch: Batch, today: date, unchecked: str) -> Entry:
    due = today >= batch.days.payable_from
    waits = batch.stated is not None and batch.stated.waits
    if not batch.is_open:
        state, following, what = "已办结", Next.NOTHING, ""
    elif due and all(item.is_objected for item in batch.items if item.is_open):
        state, following, what = "异议核查", Next.NOTHING, "期满已办理；有异议的在案件一行登记结论，再办理。"
    elif waits and batch.page_is_on_record:
        state, following, what = "补登待确认", Next.CONFIRM_DAY, "由另一人核对后按Enter确认，确认后才能办理期满。"
    elif due and batch.page_is_on_record:
        state, following, what = "期满待办", Next.CLEAR, "Enter办理公示期满，有异议的除外。"
    elif batch.page_is_on_record:
        state, following, what = "公示中", Next.NOTHING, f"{batch.days.payable_from}起办理公示期满。"
    else:
        state = "期满待办" if due else "公示中"
        following, what = Next.NOTE_PAGE, "Enter登记公示网页的地址和存证文件，登记后才能办理期满。"
    sentences = (
        f"{batch.published_on}由{batch.staff_name}公示，{batch.days.ends_on}期满。{what}",
        *([batch.stated.sentence] if batch.stated is not None else []),
        f"网址：{batch.page_address}" if batch.page_address else "还没有登记公示网址。",
        *([unchecked] if batch.page_address and unchecked else []),
        *([f"存证：{_proof(batch)}" if batch.proof else "还没有登记公示页的存证文件。"] if batch.page_address else []),
        *batch.calendar,
    )
    mark = stated_days.MARK if batch.stated is not None else ""
    return Entry(
        batch.number,
        f"{batch.kept}件  {batch.published_on:%m-%d}{mark}至{batch.days.ends_on:%m-%d}",
        state,
        batch.total_fen,
        following,
        sentences,
        batch=batch.number,
        page_address=batch.page_address,
    )


def _proof(batch: Batch) -> str:
    name, _, digest = batch.proof.rpartition(" SHA-256 ")
    return f"{name} 校验码{short_code(digest)}"


def _item(context: Context, batch: Batch, item: Item) -> Entry:
    if not item.is_objected:
        how = f"在{batch.number}里公示，核定{item.heads}人。收到异议按Enter登记。"
        name, fen = item.applicant_name, item.total_fen
        return Entry(item.case_number, name, " 公示中", fen, Next.OBJECT, (how,), batch=batch.number)
    objection = objections.objections_to(context, item.case_number)[0]
    who = "，".join(filter(None, (objection.objector or "未留姓名", objection.contact)))
    sentences = (
        f"{objection.received_on} {objection.staff_name}收到异议（{who}）：{objection.statement}",
        "核查后按Enter登记结论。成立的撤出批次重新审核，不成立的继续公示。",
    )
    return Entry(item.case_number, item.applicant_name, " 异议核查", item.total_fen, Next.DECIDE, sentences)
