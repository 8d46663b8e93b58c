"""Publicity batches: look-up by number, values for lists and commands, and the rows of claims in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Case, ItemOutcome, Objection, PublicityBatch, PublicityItem
from pxtui.casework.lifecycle import stated_days
from pxtui.casework.lifecycle.batches import MOST_LISTED, BatchKind, BatchList
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.lifecycle.stated_days import Stated
from pxtui.casework.office.context import Context
from pxtui.policy import publicity_calendar
from pxtui.policy.deadlines import PublicityDays
from pxtui.policy.working_days import WorkingDays

PUBLICITY_BATCHES = BatchKind(
    PublicityBatch,
    PublicityItem,
    "GS",
    "公示",
    "pxtui publicity list",
    col(PublicityItem.outcome) == ItemOutcome.PUBLISHED,
)
_OUTCOME_NAMES = {
    ItemOutcome.PUBLISHED: "公示中",
    ItemOutcome.WITHDRAWN: "已撤出",
    ItemOutcome.CLEARED: "公示期满",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A claim in a batch, with the heads and the total (fen) that were published."""

    case_number: str
    applicant_name: str
    heads: int
    total_fen: int
    outcome: ItemOutcome
    is_objected: bool

    @property
    def is_open(self) -> bool:
        """Whether the claim is published, neither cleared nor taken out."""
        return self.outcome is ItemOutcome.PUBLISHED

    @property
    def is_kept(self) -> bool:
        """Whether the claim was not taken out of the batch."""
        return self.outcome is not ItemOutcome.WITHDRAWN

    @property
    def state(self) -> str:
        """The state in Chinese: 公示中, 异议核查, 已撤出 or 公示期满."""
        return "异议核查" if self.is_objected else _OUTCOME_NAMES[self.outcome]


@dataclass(frozen=True, slots=True)
class Batch:
    """A publicity batch with its days and claims."""

    number: str
    published_on: date
    days: PublicityDays
    page_address: str
    staff_name: str
    items: tuple[Item, ...]
    working_days: WorkingDays
    """The calendar of the register, by which the days were computed."""
    proof: str = ""
    """The file that shows the page, with its SHA-256; empty: none is on record."""
    stated: Stated | None = None
    """How the day was stated, where that was afterwards."""

    @property
    def page_is_on_record(self) -> bool:
        """Both the address and the proof."""
        return bool(self.page_address and self.proof)

    @property
    def is_open(self) -> bool:
        """Whether a claim of the batch is still published."""
        return any(item.is_open for item in self.items)

    @property
    def kept(self) -> int:
        """The number of claims that were not taken out."""
        return sum(item.is_kept for item in self.items)

    @property
    def total_fen(self) -> int:
        """The total in fen of the claims that were not taken out."""
        return sum(item.total_fen for item in self.items if item.is_kept)

    @property
    def calendar(self) -> tuple[str, ...]:
        """A Chinese line for each day of the publication: whether it counts, and why not."""
        return publicity_calendar.day_lines(self.published_on, self.days, self.working_days)


def batches(context: Context) -> tuple[Batch, ...]:
    """The open batches and `MOST_LISTED` of the newest, the newest first."""
    return listed(context, MOST_LISTED).batches


def listed(context: Context, most: int, before: str = "") -> BatchList[Batch]:
    """The open batches and the newest others, or those before a batch, the newest first.

    Raises:
        PxtuiError: there is no batch `before`.
    """
    found, more = PUBLICITY_BATCHES.listed(context, most, before)
    return BatchList(all_shown(context, found), more)


def look_up(context: Context, number: str) -> Batch:
    """The batch with a number.

    Raises:
        PxtuiError: there is none.
    """
    return shown(context, PUBLICITY_BATCHES.find(context, number))


def payable_from(context: Context, cases: Iterable[Case]) -> dict[str, date]:
    """By case number, the first day on which the publication of a published case can be ended."""
    by_id = {case.id: case.number for case in cases if case.stage is Stage.PUBLISHED}
    if not by_id:
        return {}
    found = context.session.exec(
        select(PublicityItem, PublicityBatch)
        .join(PublicityBatch, col(PublicityBatch.id) == PublicityItem.batch_id)
        .where(col(PublicityItem.case_id).in_(by_id), col(PublicityItem.outcome) == ItemOutcome.PUBLISHED)
    )
    return {by_id[item.case_id]: batch.payable_from for item, batch in found}


def published_item(context: Context, case: Case) -> PublicityItem | None:
    """The row of a claim in its open batch; None: the claim is not published now."""
    return context.session.exec(
        select(PublicityItem)
        .where(col(PublicityItem.case_id) == case.id, col(PublicityItem.outcome) == ItemOutcome.PUBLISHED)
        .order_by(col(PublicityItem.id).desc())
    ).first()


def kept_item(context: Context, case: Case) -> PublicityItem | None:
    """The newest row of a claim that was not taken out of its batch; None: there is none."""
    return context.session.exec(
        select(PublicityItem)
        .where(col(PublicityItem.case_id) == case.id, col(PublicityItem.outcome) != ItemOutcome.WITHDRAWN)
        .order_by(col(PublicityItem.id).desc())
    ).first()


def take_out(context: Context, case: Case) -> None:
    """Mark a claim as taken out of its batch, where it is in one."""
    item = kept_item(context, case)
    if item is not None:
        item.outcome = ItemOutcome.WITHDRAWN
        context.session.add(item)


def open_objection(context: Context, item: PublicityItem) -> Objection | None:
    """The undecided objection to a published claim; None: there is none."""
    return context.session.exec(
        select(Objection).where(col(Objection.item_id) == item.id, col(Objection.outcome).is_(None))
    ).first()


def shown(context: Context, batch: PublicityBatch) -> Batch:
    """The values of a batch for lists and commands."""
    return all_shown(context, [batch])[0]


def all_shown(context: Context, batches: Sequence[PublicityBatch]) -> tuple[Batch, ...]:
    """The values of several batches."""
    items = PUBLICITY_BATCHES.items_of(context, batches)
    stated = stated_days.stated_of_batches(context, batches)
    numbers = PUBLICITY_BATCHES.numbers(context, batches)
    return tuple(_shown(context, batch, numbers[batch.id], items[batch.id], stated.get(batch.id)) for batch in batches)


def _shown(
    context: Context,
    batch: PublicityBatch,
    number: str,
    rows: Sequence[tuple[PublicityItem, Case]],
    stated: Stated | None,
) -> Batch:
    items = [
        Item(
            case.number,
            case.applicant_name,
            item.heads,
            item.total_fen,
            item.outcome,
            item.outcome is ItemOutcome.PUBLISHED and case.stage is Stage.OBJECTED,
        )
        for item, case in rows
    ]
    return Batch(
        number,
        batch.published_on,
        PublicityDays(batch.ends_on, batch.payable_from),
        batch.page_address,
        batch.staff_name,
        tuple(items),
        context.working_days,
        f"{batch.proof_name} SHA-256 {batch.proof_sha256}" if batch.proof_sha256 else "",
        stated,
    )
