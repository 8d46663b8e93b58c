"""The papers as data: a paper is declared in millimetres, points and rows of cells.

Three shapes come out of it, all A4 and one page wide: `form`, a grid of labelled cells; `table`, lines under a
header that every page repeats; `letter`, what is written once, then lines under a header, then what closes it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Value = str | int | Decimal | None
"""Content of a cell; None and an empty text leave it blank."""

ROUNDING_ROOM = 4.0
"""Millimetres of a page left free: programs round heights to pixels, and the last line must not move on."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of A4; millimetres."""

    width: float
    height: float
    side_margin: float
    top_margin: float
    bottom_margin: float

    @property
    def printable_width(self) -> float:
        return self.width - 2 * self.side_margin

    @property
    def printable_height(self) -> float:
        return self.height - self.top_margin - self.bottom_margin


@dataclass(frozen=True, slots=True)
class Look:
    """Look of a cell: `size` in points, `edges` the sides that bear a line (L, T, R, B)."""

    font: str = "仿宋"
    size: float = 10.5
    bold: bool = False
    horizontal: Literal["left", "center", "right"] = "left"
    vertical: Literal["top", "center", "bottom"] = "center"
    edges: str = "LTRB"
    number_format: str = "General"
    stacked: bool = False
    """Characters one below the other."""
    shrinks: bool = True
    """A long text is set smaller before its row grows; a letter's rows grow at once."""
    narrows: float = 0.0
    """Points by which a text is set smaller where that keeps each of its lines in one."""
    whole: bool = False
    """Stays on one line, set as small as that takes: half of an account or amount is another one."""
    flows: bool = False
    """A sentence: its lines are broken by the rules of the trade."""

    @property
    def indent(self) -> int:
        """Steps between a rule and the text beside it."""
        return int(bool(self.edges) and self.horizontal != "center" and not self.stacked)


MONEY_FORMAT = "0.00"

MARK = Look(font="黑体", size=12, edges="")
TITLE = Look(font="方正小标宋简体", size=22, horizontal="center", edges="")
LINE = Look(size=12, edges="")
NOTE = Look(edges="", flows=True)
LABEL = Look(horizontal="center", flows=True)
GROUP = Look(horizontal="center", stacked=True)
VALUE = Look(flows=True)
FIGURES = Look(font="Times New Roman", horizontal="center", whole=True)
# @ keeps an ID number typed anew into the printed file from becoming 5.1E+17.
TEXT = Look(horizontal="center", number_format="@")
TEXT_FIGURES = replace(FIGURES, number_format="@")
REMARK = replace(TEXT, horizontal="left")
HEADER = Look(bold=True, horizontal="center")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value over `columns` columns to the right and `rows` rows down."""

    value: Value
    look: Look
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Cells from left to right, `height` mm; what a cell of an earlier row covers is left out."""

    height: float
    cells: tuple[Cell, ...]
    starts_page: bool = False
    keeps_next: bool = False
    """The row below stands on the same page."""


@dataclass(frozen=True, slots=True)
class HeadedColumn:
    """Column of a table with the text that heads it; `width` in mm."""

    header: str
    width: float
    look: Look


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a table; `line_height` in mm."""

    looks: tuple[Look, ...]
    lines: Iterable[Sequence[Value]]
    line_height: float
    lines_per_page: int | None = None
    """None: as many as the page holds."""
    is_whole: bool = False
    """Stand on one page with their head and with what follows them, where a page holds all of it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be written; made by `form` or `table`."""

    name: str
    page: Page
    widths: tuple[float, ...]
    version: str
    pages_tall: int
    """Pages it is shrunk to; 0: as many as it takes."""
    head: tuple[SheetRow, ...]
    """Rows of a form, all of them; of a table those that every page repeats."""
    body: Body | None = None
    foot: tuple[SheetRow, ...] = ()
    """Stays on one page."""
    lead: tuple[SheetRow, ...] = ()
    """Rows above the head, on the first page only."""
    number: str = ""
    """In the footer of every page, like the three below: the paper's own number."""
    issued: str = ""
    """The day of issue."""
    about: str = ""
    """The number of the case or of the batch."""

    @property
    def starts_pages(self) -> bool:
        """Whether a row says that a page starts with it."""
        return any(row.starts_page for row in self.head)


def form(
    *,
    name: str,
    page: Page,
    widths: tuple[float, ...],
    rows: tuple[SheetRow, ...],
    version: str,
    pages_tall: int,
    about: str = "",
) -> Paper:
    """A form on at most `pages_tall` pages; `version` is the short code of the state of affairs it prints."""
    _must_fill(page, widths)
    return Paper(name, page, widths, version, pages_tall, rows, about=about)


def table(
    *,
    name: str,
    page: Page,
    columns: Sequence[HeadedColumn],
    above: tuple[SheetRow, ...],
    lines: Iterable[Sequence[Value]],
    version: str,
    foot: tuple[SheetRow, ...] = (),
    lines_per_page: int = 25,
    about: str = "",
) -> Paper:
    """Lines under a header. Every page has `above`, the header and room for as many lines and for the foot."""
    widths = tuple(column.width for column in columns)
    _must_fill(page, widths)
    head = (*above, SheetRow(11, tuple(Cell(column.header, HEADER) for column in columns)))
    taken = sum(row.height for row in (*head, *foot)) + ROUNDING_ROOM
    line_height = (page.printable_height - taken) / lines_per_page
    body = Body(tuple(column.look for column in columns), lines, line_height, lines_per_page)
    return Paper(name, page, widths, version, 0, head, body, foot, about=about)


def letter(
    *,
    name: str,
    page: Page,
    widths: Sequence[float],
    lead: tuple[SheetRow, ...],
    head: tuple[SheetRow, ...] = (),
    looks: Sequence[Look] = (),
    lines: Iterable[Sequence[Value]] = (),
    foot: tuple[SheetRow, ...] = (),
    version: str,
    number: str = "",
    issued: str = "",
    about: str = "",
    line_height: float = 8,
    is_whole: bool = False,
) -> Paper:
    """`lead` once, `lines` under a `head` that every page repeats, and `foot` whole on one page; any may be empty."""
    _must_fill(page, widths)
    body = Body(tuple(looks), lines, line_height, is_whole=is_whole)
    return Paper(name, page, tuple(widths), version, 0, head, body, foot, lead, number, issued, about)


def _must_fill(page: Page, widths: Sequence[float]) -> None:
    if abs(sum(widths) - page.printable_width) > 0.01:
        raise ValueError(f"columns of {sum(widths)} mm on {page.printable_width} mm of paper")
