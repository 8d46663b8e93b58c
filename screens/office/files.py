"""What a page says of a file before it is taken in."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from screens.terminal.theme import BY_VERDICT
from screens.widgets.prose import Paragraph


class RefusedRow(Protocol):
    """A row that was not read."""

    @property
    def cell(self) -> str: ...

    @property
    def reason(self) -> str: ...


class RepairedCell(Protocol):
    """A cell that was put right, or a row that nobody sees in a spreadsheet program."""

    @property
    def cell(self) -> str: ...

    @property
    def was(self) -> str: ...

    @property
    def now(self) -> str: ...


def refused_lines(refused: Sequence[RefusedRow]) -> Iterable[Paragraph]:
    """Each row that was refused, with its cell and what to do."""
    return ((f"{row.cell} {row.reason}", BY_VERDICT["不符"]) for row in refused)


def repaired_lines(repairs: Sequence[RepairedCell]) -> Iterable[Paragraph]:
    """Each cell that was put right."""
    return ((f"{repair.cell} “{repair.was}”改为“{repair.now}”", BY_VERDICT["注意"]) for repair in repairs)
