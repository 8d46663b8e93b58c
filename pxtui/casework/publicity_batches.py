"""Batches of published claims as the register has them: found by their numbers, and as lists and commands show them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlmodel import Session, col, select

from db.models import Case, Objection, Office, PublicityBatch, PublicityItem
from pxtui.casework.stages import Stage
from pxtui.errors import PxtuiError
from pxtui.identifiers.text import canonical_code
from pxtui.policy.deadlines import PublicityDays, is_working_day

PUBLISHED, WITHDRAWN, CLEARED = "published", "withdrawn", "cleared"

_NUMBER = re.compile(r"GS-?([0-9]{4})-?([A-Z]{2})-?([0-9]{1,6})")
_WEEKDAYS = "一二三四五六日"
_OUTCOMES = {PUBLISHED: "公示中", WITHDRAWN: "已撤出", CLEARED: "公示期满"}
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Item:
    """A claim as it was published."""

    case_number: str
    applicant_name: str
    heads: int
    total_fen: int
    state: str
    """In Chinese."""
    is_open: bool
    """Neither cleared nor taken out."""
    is_objected: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch and how far it has come."""

    number: str
    published_on: date
    days: PublicityDays
    page_address: str
    staff_name: str
    items: tuple[Item, ...]

    @property
    def is_open(self) -> bool:
        """Whether a claim of it is still published."""
        return any(item.is_open for item in self.items)

    @property
    def total_fen(self) -> int:
        """Of the claims that were not taken out."""
        return sum(item.total_fen for item in self.items if item.state != _OUTCOMES[WITHDRAWN])

    @property
    def calendar(self) -> tuple[str, ...]:
        """Day by day, what counts and why."""
        return calendar(self.published_on, self.days)


def calendar(published_on: date, days: PublicityDays) -> tuple[str, ...]:
    """Every day from the publication to the first on which the money may be paid, a line each; days off together.

    Raises:
        CalendarMissing: a year has no published calendar.
    """
    every = [published_on + timedelta(days=count) for count in range((days.payable_from - published_on).days + 1)]
    lines, counted = [], 0
    for works, run in groupby(every, key=lambda day: is_working_day(day) or day == published_on):
        if not works:
            lines.append(_days_off(list(run)))
            continue
        for day in run:
            counted += published_on < day <= days.ends_on
            lines.append(f"{_named(day)} {_word(day)}{_role(day, published_on, days, counted)}")
    return tuple(lines)


def _named(day: date) -> str:
    return f"{day:%m-%d} 周{_WEEKDAYS[day.weekday()]}"


def _word(day: date) -> str:
    is_weekend = day.weekday() >= _SATURDAY
    if is_working_day(day):
        return "调休上班" if is_weekend else "工作日"
    return "周末" if is_weekend else "节假日"


def _role(day: date, published_on: date, days: PublicityDays, counted: int) -> str:
    if day == published_on:
        return "，公示当日不计"
    if day == days.payable_from:
        return "，可以拨付"
    return f"，第{counted}个工作日{'，公示期满' if day == days.ends_on else ''}"


def _days_off(run: list[date]) -> str:
    if len(run) == 1:
        return f"{_named(run[0])} {_word(run[0])}，不计"
    words = "、".join(dict.fromkeys(_word(day) for day in run))
    return f"{_named(run[0])}至{_named(run[-1])} {words}，不计"


def batches(session: Session) -> tuple[Batch, ...]:
    """Every batch, the newest first."""
    ordered = select(PublicityBatch).order_by(col(PublicityBatch.id).desc())
    return tuple(shown(session, batch) for batch in session.exec(ordered))


def look_up(session: Session, number: str) -> Batch:
    """The batch with a number.

    Raises:
        PxtuiError: there is none.
    """
    return shown(session, find_batch(session, number))


def find_batch(session: Session, number: str) -> PublicityBatch:
    """The row of the batch with a number: GS2020-DQ-001.

    Raises:
        PxtuiError: there is none.
    """
    match = _NUMBER.fullmatch(canonical_code(number))
    if match is not None:
        year, letter, serial = match.groups()
        found = session.exec(
            select(PublicityBatch)
            .join(Office, col(Office.code) == PublicityBatch.office_code)
            .where(
                col(PublicityBatch.year) == int(year),
                col(Office.letter) == letter,
                col(PublicityBatch.serial) == int(serial),
            )
        ).first()
        if found is not None:
            return found
    raise PxtuiError(f"没有编号为“{number}”的公示批次，请用 pxtui publicity list 查看编号，如GS2020-DQ-001。")


def items_of(session: Session, batch: PublicityBatch) -> list[tuple[PublicityItem, Case]]:
    """The claims of a batch, in the order in which they were put in."""
    listed = (
        select(PublicityItem, Case)
        .join(Case, col(Case.id) == PublicityItem.case_id)
        .where(col(PublicityItem.batch_id) == batch.id)
        .order_by(col(PublicityItem.id))
    )
    return list(session.exec(listed).all())


def published_item(session: Session, case: Case) -> PublicityItem | None:
    """The item with which a claim is published now; None: it is not."""
    return session.exec(
        select(PublicityItem)
        .where(col(PublicityItem.case_id) == case.id, col(PublicityItem.outcome) == PUBLISHED)
        .order_by(col(PublicityItem.id).desc())
    ).first()


def open_objection(session: Session, item: PublicityItem) -> Objection | None:
    """The objection to a published claim that is not decided; None: there is none."""
    return session.exec(
        select(Objection).where(col(Objection.item_id) == item.id, col(Objection.outcome).is_(None))
    ).first()


def number_of(session: Session, batch: PublicityBatch) -> str:
    """How a batch is keyed and named in files: GS2020-DQ-001."""
    letter = session.get_one(Office, batch.office_code).letter
    return f"GS{batch.year:04}-{letter}-{batch.serial:03}"


def shown(session: Session, batch: PublicityBatch) -> Batch:
    """A batch as it is shown."""
    items = []
    for item, case in items_of(session, batch):
        is_open = item.outcome == PUBLISHED
        is_objected = is_open and Stage(case.stage) is Stage.OBJECTED
        state = "异议核查" if is_objected else _OUTCOMES[item.outcome]
        items.append(Item(case.number, case.applicant_name, item.heads, item.total_fen, state, is_open, is_objected))
    return Batch(
        number_of(session, batch),
        batch.published_on,
        PublicityDays(batch.ends_on, batch.payable_from),
        batch.page_address,
        batch.staff_name,
        tuple(items),
    )
