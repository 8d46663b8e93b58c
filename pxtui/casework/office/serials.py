"""Numbers that follow one another: of cases, papers and batches, each by office and year."""

import re
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlmodel import col, func, select

from db.models import Office, PaymentBatch, PublicityBatch
from pxtui.casework.office.context import Context
from pxtui.errors import NotFound
from pxtui.identifiers.text import canonical_code

B = TypeVar("B", PublicityBatch, PaymentBatch)

_YEAR_OFFICE_SERIAL = r"-?([0-9]{4})-?([A-Z]{2})-?([0-9]{1,6})"


def next_serial(context: Context, serial: Any, *among: Any) -> int:
    """The next number; gap-free, because nothing that bears one is deleted and writers wait.

    Args:
        serial: the column of the numbers.
        among: what those have in common that are counted together, such as office and year.
    """
    return (context.session.exec(select(func.max(col(serial))).where(*among)).one() or 0) + 1


@dataclass(frozen=True, slots=True)
class BatchNumbers(Generic[B]):
    """How batches of one kind are keyed and named in files: GS2020-DQ-001."""

    table: type[B]
    mark: str
    kind: str
    """In Chinese."""
    listed_by: str
    """The command that lists them."""

    def of(self, context: Context, batch: B) -> str:
        """The number of a batch."""
        letter = context.session.get_one(Office, batch.office_code).letter
        return f"{self.mark}{batch.year:04}-{letter}-{batch.serial:03}"

    def find(self, context: Context, number: str) -> B:
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
        raise NotFound(f"没有编号为“{number}”的{self.kind}，请用 {self.listed_by} 查看编号，如{self.mark}2020-DQ-001。")

    def next_serial(self, context: Context, office_code: str, year: int) -> int:
        """The next number of an office and year."""
        table = self.table
        return next_serial(context, table.serial, col(table.office_code) == office_code, col(table.year) == year)
