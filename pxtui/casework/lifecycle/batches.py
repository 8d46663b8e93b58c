"""Batches of publicity and of payment: numbers, rows, their cases, and the claims that wait for a batch."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Generic, TypeVar

from sqlmodel import col, select

from db.models import Case, Office, PaymentBatch, PaymentLine, PublicityBatch, PublicityItem
from pxtui.casework.lifecycle import serials
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.context import Context
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.text import canonical_code

BatchRow = TypeVar("BatchRow", PublicityBatch, PaymentBatch)
ItemRow = TypeVar("ItemRow", PublicityItem, PaymentLine)

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

    def number(self, context: Context, batch: BatchRow) -> str:
        """The number of a batch, such as GS2020-DQ-001."""
        letter = context.session.get_one(Office, batch.office_code).letter
        return f"{self.mark}{batch.year:04}-{letter}-{batch.serial:03}"

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
                return found
        raise NotFound(
            f"没有编号为“{number}”的{self.purpose}批次，"
            f"请在{self.purpose}一页或用 {self.listed_by} 查编号，如{self.mark}2020-DQ-001。"
        )

    def newest_first(self, context: Context) -> Sequence[BatchRow]:
        """Every batch, the newest first."""
        return context.session.exec(select(self.table).order_by(col(self.table.id).desc())).all()

    def items(self, context: Context, batch: BatchRow) -> Sequence[tuple[ItemRow, Case]]:
        """The rows of a batch, each with its case, in the order of their adding."""
        item = self.item_table
        return context.session.exec(
            select(item, Case)
            .join(Case, col(Case.id) == item.case_id)
            .where(col(item.batch_id) == batch.id)
            .order_by(col(item.id))
        ).all()

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


def waiting_at(
    context: Context, stage: Stage, obstacle_to: Callable[[Context, Case], Obstacle | None]
) -> tuple[WaitingClaim, ...]:
    """The claims at a stage, the longest waiting first, each with its obstacle."""
    at_stage = select(Case).where(col(Case.stage) == stage).order_by(col(Case.stage_since), col(Case.id))
    return tuple(
        WaitingClaim(
            case.number,
            case.applicant_name,
            case.approved_heads or 0,
            case.approved_total_fen or 0,
            case.stage_since,
            obstacle_to(context, case),
        )
        for case in context.session.exec(at_stage).all()
    )
