"""Batches of publicity and of payment: numbers, rows, their cases, and the claims that wait for a batch."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from db.models import Case, Office, PaymentBatch, PaymentLine, PublicityBatch, PublicityItem
from pxtui.casework.lifecycle import serials
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.text import canonical_code

BatchRow = TypeVar("BatchRow", PublicityBatch, PaymentBatch)
ItemRow = TypeVar("ItemRow", PublicityItem, PaymentLine)

MOST_LISTED = 200
"""How many batches a list shows at once."""
MOST_WAITING = 100
"""How many of the claims that wait for a batch a page shows: each of them is judged again."""

_YEAR_OFFICE_SERIAL = r"-?([0-9]{4})-?([A-Z]{2})-?([0-9]{1,6})"


@dataclass(frozen=True, slots=True)
class BatchKind(Generic[BatchRow, ItemRow]):
    """One kind of batch with its tables: numbered by office and year, GS2020-DQ-001."""

    table: type[BatchRow]
    item_table: type[ItemRow]
    """The table with a row for each case in a batch."""
    mark: str
    """Prefix of the numbers: GS or BF."""
    purpose: str
    """The act on the cases of a batch, in Chinese: 公示 or 拨付."""
    listed_by: str
    """The command that lists the batches."""
    waits: ColumnElement[bool] = field(compare=False)
    """Condition on the rows of cases that keep a batch open."""

    def number(self, context: Context, batch: BatchRow) -> str:
        """The number of a batch, such as GS2020-DQ-001."""
        return self.numbers(context, [batch])[batch.id]

    def numbers(self, context: Context, batches: Sequence[BatchRow]) -> Mapping[int, str]:
        """The numbers of several batches, by their ids, in one statement."""
        letters = dict(context.session.exec(select(Office.code, Office.letter)).all())
        return {
            batch.id: f"{self.mark}{batch.year:04}-{letters[batch.office_code]}-{batch.serial:03}" for batch in batches
        }

    def find(self, context: Context, number: str) -> BatchRow:
        """The batch with a number.

        Raises:
            PxtuiError: there is none.
        """
        match = re.fullmatch(self.mark + _YEAR_OFFICE_SERIAL, canonical_code(number))
        if match is not None:
            year, letter, serial = match.groups()
            found = context.session.exec(
                select(self.table)
                .join(Office, col(Office.code) == self.table.office_code)
                .where(
                    col(self.table.year) == int(year),
                    col(Office.letter) == letter,
                    col(self.table.serial) == int(serial),
                )
            ).first()
            if found is not None:
                roles.require_seen(context, found.office_code, canonical_code(number))
                return found
        raise NotFound(
            f"没有编号为“{number}”的{self.purpose}批次，"
            f"请在{self.purpose}一页或用 {self.listed_by} 查编号，如{self.mark}2020-DQ-001。"
        )

    def under_way(self, context: Context) -> Sequence[BatchRow]:
        """The open batches, the newest first."""
        waiting = select(self.item_table.batch_id).where(self.waits)
        newest = col(self.table.id).desc()
        seen = roles.of_seen_offices(context, self.table.office_code)
        wanted = select(self.table).where(col(self.table.id).in_(waiting), *seen)
        return context.session.exec(wanted.order_by(newest)).all()

    def newest(self, context: Context, most: int, before: BatchRow | None = None) -> Sequence[BatchRow]:
        """The newest batches, open or not, the newest first; of those that are older than `before`."""
        table = self.table
        seen = roles.of_seen_offices(context, table.office_code)
        wanted = select(table).where(*seen).order_by(col(self.table.id).desc()).limit(most)
        if before is not None:
            wanted = wanted.where(col(self.table.id) < before.id)
        return context.session.exec(wanted).all()

    def listed(self, context: Context, most: int, before: str) -> tuple[Sequence[BatchRow], bool]:
        """The open batches and the newest others, the newest first, and whether there are older ones.

        Args:
            before: number of a batch: those that are older, open or not; empty: from the newest on.

        Raises:
            PxtuiError: there is no batch `before`.
        """
        if before:
            older = self.newest(context, most + 1, self.find(context, before))
            return older[:most], len(older) > most
        page = self.newest(context, most + 1)
        is_more, shown = len(page) > most, list(page[:most])
        shown += [batch for batch in self.under_way(context) if batch not in shown]
        return sorted(shown, key=lambda batch: -batch.id), is_more

    def items(self, context: Context, batch: BatchRow) -> Sequence[tuple[ItemRow, Case]]:
        """The rows of a batch, each with its case, in the order of their adding."""
        return self.items_of(context, [batch])[batch.id]

    def items_of(self, context: Context, batches: Sequence[BatchRow]) -> Mapping[int, Sequence[tuple[ItemRow, Case]]]:
        """The same for several batches, by their ids, in one statement."""
        item = self.item_table
        found: defaultdict[int, list[tuple[ItemRow, Case]]] = defaultdict(list)
        rows = context.session.exec(
            select(item, Case)
            .join(Case, col(Case.id) == item.case_id)
            .where(col(item.batch_id).in_([batch.id for batch in batches]))
            .order_by(col(item.id))
        )
        for row, case in rows:
            found[row.batch_id].append((row, case))
        return found

    def next_serial(self, context: Context, office_code: str, year: int) -> int:
        """The next serial number of an office and year, from 1."""
        table = self.table
        of_office_and_year = (col(table.office_code) == office_code, col(table.year) == year)
        return serials.next_serial(context, table.serial, *of_office_and_year)

    def chosen_cases(self, context: Context, numbers: Sequence[str]) -> list[Case]:
        """The cases for a new batch by their numbers, each once, in the order given.

        Raises:
            PxtuiError: there is no such case, or no number is given.
        """
        cases = list({case.id: case for case in (find(context, number) for number in numbers)}.values())
        if not cases:
            raise Refused(f"请先选定要{self.purpose}的案件。")
        return cases

    def common_office(self, cases: Sequence[Case]) -> str:
        """The code of the cases' office.

        Raises:
            PxtuiError: the cases are of several offices.
        """
        office, *others = {case.office_code for case in cases}
        if others:
            raise Refused(f"由哪个部门审核就由哪个部门{self.purpose}，一个批次只列同一部门的案件，请分开列。")
        return office


Shown = TypeVar("Shown", covariant=True)


@dataclass(frozen=True, slots=True)
class BatchList(Generic[Shown]):
    """Batches for a list; `more`: whether there are older ones."""

    batches: tuple[Shown, ...]
    more: bool


class Remedy(Enum):
    """The clerk's remedy for an obstacle: what lets the claim into a batch."""

    NONE_HERE = auto()
    REVIEW_ANEW = auto()
    """The claim judged now differs from the claim as granted."""
    CORRECT_ACCOUNT = auto()
    CONFIRM_BOUNCE = auto()
    """Another person has to see the bank's word on a bounce that was entered by hand."""
    RESOLVE = auto()
    """The bank said two things."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """The reason why a claim cannot go into a batch now, and its remedy."""

    sentence: str
    """In Chinese."""
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class WaitingClaim:
    """A claim that waits for a batch: heads and amount (fen) as approved, and the day since which it waits."""

    number: str
    applicant_name: str
    heads: int
    amount_fen: int
    since: date | None
    obstacle: Obstacle | None
    """None: the claim can go into a batch."""

    @property
    def why_not(self) -> str:
        """The obstacle's sentence in Chinese; empty where there is no obstacle."""
        return self.obstacle.sentence if self.obstacle else ""


def how_many_at(context: Context, stage: Stage) -> int:
    """How many claims are at a stage."""
    seen = roles.of_seen_offices(context, Case.office_code)
    return context.session.exec(select(func.count()).where(col(Case.stage) == stage, *seen)).one()


def waiting_at(
    context: Context,
    stage: Stage,
    obstacle_to: Callable[[Context, Case], Obstacle | None],
    most: int | None = None,
    also: str = "",
) -> tuple[WaitingClaim, ...]:
    """The claims at a stage, the longest waiting first, each with its obstacle.

    Args:
        most: no more than these; None: all.
        also: number of a case that is among them wherever it stands; empty: none.
    """
    seen = roles.of_seen_offices(context, Case.office_code)
    at_stage = select(Case).where(col(Case.stage) == stage, *seen).order_by(col(Case.stage_since), col(Case.id))
    found = list(context.session.exec(at_stage if most is None else at_stage.limit(most)))
    if also and most is not None and len(found) == most:
        case = find(context, also)
        found += [case] if case.stage is stage and case not in found else []
    return tuple(
        WaitingClaim(
            case.number,
            case.applicant_name,
            case.approved_heads or 0,
            case.approved_total_fen or 0,
            case.stage_since,
            obstacle_to(context, case),
        )
        for case in found
    )
