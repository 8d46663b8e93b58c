"""Lists that come in as a table with a header row: columns found by what they are called, a row at a time.

What cannot be read is refused row by row with its cell, the rest is taken.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Generic, TypeVar

from pxtui.errors import Refused
from pxtui.identifiers.day import year_fault
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.papers.reading.grid import Cell, Grid, cell_address, cell_text, read_table
from pxtui.papers.reading.incoming_rows import incoming_rows
from pxtui.papers.reading.roster_reading import HIDDEN, Refusal, Repair
from pxtui.papers.reading.roster_words import Whose, label_of, whose
from pxtui.progress import Watch

T = TypeVar("T")

_FEWEST_COLUMNS = 2
"""A row with no more of them may be anything."""

_LEVELS = {
    "5": ("5", "五级", "五级/初级工", "初级", "初级工"),
    "4": ("4", "四级", "四级/中级工", "中级", "中级工"),
    "3": ("3", "三级", "三级/高级工", "高级", "高级工"),
    "2": ("2", "二级", "二级/技师", "技师"),
    "1": ("1", "一级", "一级/高级技师", "高级技师"),
}
_LEVEL_OF = {word: level for level, words in _LEVELS.items() for word in words}
_NO_LEVEL = {"", "无", "不分等级", "无等级", "/", "-"}
_DAY = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[T ]?00:00:00)?")
_AMOUNT = re.compile(r"[¥￥]?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,11})(?:\.([0-9]{1,2})0*)?元?")
_HOURS = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,2})?)(?:学时|课时)?")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A whole list: the rows that can be taken and those that cannot."""

    rows: tuple[T, ...]
    refused: tuple[Refusal, ...]
    repairs: tuple[Repair, ...] = ()
    """Of the rows taken: merged cells, hidden rows, errors of formulas, what was put round a number."""
    is_hiding_unknown: bool = False
    """Whether nobody knows which rows are hidden: of some old workbooks (.xls)."""
    headings: tuple[tuple[str, str], ...] = ()
    """Each field and the heading of the column that was taken for it."""


class Unreadable(ValueError):
    """A cell that says nothing readable: its field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class ListForm(Generic[T]):
    """Form of a list: names of its columns, and how a row of it is read."""

    synonyms: Mapping[str, str]
    """By field, what its column is called, a word each."""
    needed: Mapping[str, str]
    """By field, the heading without which nothing can be taken; a row that has none of the first two is no row."""
    others: str
    """The headings besides, for the sentence that no header row was found."""
    row: Callable[[Mapping[str, str]], T]
    """Reads the texts of a row by their fields.

    Raises:
        Unreadable: a cell.
    """
    weak_words: frozenset[str] = frozenset()
    """Words that name their field only where no other column does; of several the first."""

    def columns(self, cells: Sequence[Cell]) -> dict[str, list[int]]:
        """The fields that a header row names, and where: more than one column where nobody can tell which."""
        field_of = {word: field for field, words in self.synonyms.items() for word in words.split()}
        found: dict[str, list[int]] = {}
        weak: dict[str, list[int]] = {}
        for column, cell in enumerate(cells):
            word = canonical(cell_text(cell))
            if word in field_of:
                (weak if word in self.weak_words else found).setdefault(field_of[word], []).append(column)
        first = {field: columns[:1] for field, columns in weak.items()}
        return first | {field: own_of(columns, cells) for field, columns in found.items()}

    def header(self, cells: Sequence[Cell]) -> dict[str, list[int]] | None:
        """The columns, if the row is a header."""
        columns = self.columns(cells)
        return columns if next(iter(self.needed)) in columns and len(columns) > _FEWEST_COLUMNS else None


def own_of(columns: list[int], cells: Sequence[Cell]) -> list[int]:
    """Of columns that could be one field those that say that they are the trainee's own, else all of them."""
    return [column for column in columns if whose(label_of(cells[column])) is Whose.OWN] or columns


def one_each(columns: Mapping[str, list[int]], cells: Sequence[Cell], labels: Mapping[str, str]) -> dict[str, int]:
    """The column of each field.

    Raises:
        PxtuiError: two columns could be one field, and nobody can tell which.
    """
    for field, places in columns.items():
        if len(places) > 1:
            named = "和".join(
                f"{cell_address(1, place + 1)[:-1]}列“{canonical(cell_text(cells[place]))}”" for place in places
            )
            raise Refused(
                f"{named}都可能是{labels.get(field, '同一栏')}，没有读取：请只留一列，或改写另一列的表头，再导入。"
            )
    return {field: places[0] for field, places in columns.items()}


def read_list(path: Path, form: ListForm[T], watch: Watch | None = None) -> Listed[T]:
    """Read a list (.xlsx, .xls, .ods, .csv), from the first sheet that has its header; hidden sheets come last.

    Raises:
        PxtuiError: no table, a column is missing without which nothing can be taken, or two could be one field.
        Cancelled: `watch` says so.
    """
    grids = sorted(read_table(path, watch), key=lambda grid: not grid.visible)
    for grid in grids:
        for index, cells in enumerate(grid.rows):
            if columns := form.header(cells):
                return _read(grid, index, columns, form)
    fault = next((grid.fault for grid in grids if grid.fault), "")
    raise Refused(fault or f"没有找到表头，请在第一行写明：{'、'.join(form.needed.values())}{form.others}。")


def _read(grid: Grid, header: int, found: Mapping[str, list[int]], form: ListForm[T]) -> Listed[T]:
    missing = [label for field, label in form.needed.items() if field not in found]
    if missing:
        raise Refused(f"缺少“{'”“'.join(missing)}”列，请补上表头后再导入。")

    def again(cells: Sequence[Cell]) -> dict[str, int] | None:
        columns = form.header(cells)
        return None if columns is None else one_each(columns, cells, form.needed)

    columns = one_each(found, grid.rows[header], form.needed)
    incoming = incoming_rows(grid, header + 1, columns, tuple(form.needed)[:2], again)
    rows: list[T] = []
    refused = list(incoming.refused)
    for row in incoming.rows:
        try:
            rows.append(form.row(row.texts))
        except Unreadable as fault:
            count = len(rows) + len(refused) + 1
            refused.append(Refusal(grid.sheet, row.index + 1, row.cell(fault.field), count, str(fault)))
    refused.sort(key=lambda refusal: refusal.row)
    unread = {refusal.row for refusal in refused}
    repairs = tuple(repair for repair in incoming.repairs if repair.row not in unread)
    titles = grid.rows[header]
    headings = tuple((name, canonical(cell_text(titles[place]))) for name, place in columns.items())
    return Listed(tuple(rows), tuple(refused), repairs, grid.is_hiding_unknown, headings)


def require_nothing_hidden(listed: Listed[T]) -> None:
    """Refuse a list that is taken whole where rows of it are hidden or filtered out.

    Raises:
        PxtuiError: there is such a row, or nobody knows whether there is one.
    """
    if listed.is_hiding_unknown:
        raise Refused("看不出这份.xls里哪些行隐藏了，没有登记：请打开核对，另存为.xlsx再导入。")
    hidden = [repair.row for repair in listed.repairs if repair.was.startswith(HIDDEN)]
    if hidden:
        more = f"等{len(hidden)}行" if len(hidden) > 1 else ""
        raise Refused(f"第{hidden[0]}行{more}是隐藏或筛选掉的，没有登记：请取消隐藏和筛选，核对后再导入。")


def needed_text(texts: Mapping[str, str], field: str, label: str) -> str:
    """A text that must be there."""
    if not texts[field]:
        raise Unreadable(field, f"没有{label}，请补填。")
    return texts[field]


def id_number_in(texts: Mapping[str, str], field: str = "id_number") -> str:
    """An ID number of 15 or 18 characters, canonical."""
    number = canonical_code(texts[field])
    if not re.fullmatch("[0-9]{15}|[0-9]{17}[0-9X]", number):
        raise Unreadable(field, "身份证号不是15位或18位，请改为文本格式后照证件重新录入。")
    return number


def day_in(texts: Mapping[str, str], field: str) -> date | None:
    """A day; None where nothing stands."""
    text = texts.get(field, "")
    if not text:
        return None
    match = _DAY.fullmatch(canonical(text))
    try:
        if match is None:
            raise ValueError(text)
        day = date(*map(int, match.groups()))
    except ValueError:
        raise Unreadable(field, f"“{text}”不是日期，请写成2020-03-16的形式。") from None
    # Whoever reads does not know today: years ahead are for whoever enters the list.
    if fault := year_fault(day):
        raise Unreadable(field, f"“{text}”的{fault}。")
    return day


def level_in(texts: Mapping[str, str], field: str = "level") -> str | None:
    """A skill level, 1 to 5; None: the training has none."""
    text = texts.get(field, "")
    word = canonical(text)
    if word in _NO_LEVEL:
        return None
    if word not in _LEVEL_OF:
        raise Unreadable(field, f"“{text}”不是技能等级，请写五级至一级，没有等级的留空。")
    return _LEVEL_OF[word]


def fen_in(texts: Mapping[str, str], field: str) -> int | None:
    """An amount in yuan as integer fen; None where nothing stands."""
    text = texts.get(field, "")
    if not text:
        return None
    match = _AMOUNT.fullmatch(canonical(text))
    if match is None:
        raise Unreadable(field, f"“{text}”不是金额，请写成600或600.00的形式，单位是元。")
    whole, part = match.groups()
    return int(whole.replace(",", "")) * 100 + int((part or "").ljust(2, "0"))


def hours_in(texts: Mapping[str, str], field: str) -> Decimal | None:
    """学时; None where nothing stands."""
    text = texts.get(field, "")
    if not text:
        return None
    match = _HOURS.fullmatch(canonical(text))
    if match is None:
        raise Unreadable(field, f"“{text}”不是学时数，请写成40的形式。")
    return Decimal(match[1])


def yes_or_no_in(texts: Mapping[str, str], field: str, yes: frozenset[str], no: frozenset[str]) -> bool | None:
    """A word for yes or no; None where nothing stands."""
    word = canonical(texts.get(field, "")).lower()
    if not word:
        return None
    if word not in yes | no:
        raise Unreadable(field, f"“{texts[field]}”不是“是”或“否”，请改正。")
    return word in yes
