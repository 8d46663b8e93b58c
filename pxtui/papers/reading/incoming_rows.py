"""The rows below the header of any list: texts by their fields, and what becomes of all others.

Records of platforms, earlier trainings, results, tariffs and the bank's answer go through here; rosters have more to
tell apart (`roster_rows`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pxtui.identifiers.text import canonical
from pxtui.papers.reading.grid import Cell, Grid, cell_address, cell_text, printable
from pxtui.papers.reading.merged_cells import filled_down
from pxtui.papers.reading.roster_cells import has_letters, holds_id_number, read_id_number, read_name, read_text
from pxtui.papers.reading.roster_kinds import GLUED_LINES, MISPLACED, UNKNOWN, kind_by_first_word
from pxtui.papers.reading.roster_reading import HIDDEN, OtherRow, Refusal, Repair, RowKind

_READERS: Mapping[str, Callable[[str], str]] = {"id_number": read_id_number, "name": read_name}


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """A row that says something of its own."""

    index: int
    """Counted from 0."""
    columns: Mapping[str, int]
    """Field to column, counted from 0."""
    texts: Mapping[str, str]
    """By field; empty where nothing readable stands."""

    def cell(self, name: str) -> str:
        """The address of the cell of a field."""
        return cell_address(self.index + 1, self.columns[name] + 1)


@dataclass(slots=True)
class IncomingRows:
    """All rows below a header, each in one of `rows`, `refused` and `others`."""

    rows: list[IncomingRow] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    others: list[OtherRow] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    """Of the rows in `rows`: what was merged, hidden, an error of a formula, or put round a number."""


def incoming_rows(
    grid: Grid,
    first_row: int,
    columns: Mapping[str, int],
    naming: Sequence[str],
    header_in: Callable[[Sequence[Cell]], Mapping[str, int] | None],
) -> IncomingRows:
    """Sort the rows below a header.

    Args:
        first_row: the row below the header, counted from 0.
        columns: field to column, counted from 0.
        naming: the fields without which a row says nothing of its own.
        header_in: the columns that a row of cells heads, if it is a header again.
    """
    found = IncomingRows()
    grid, filled = filled_down(grid, first_row, set(columns.values()))
    headed = _filled(grid.rows[first_row - 1])
    for index, cells in enumerate(grid.rows[first_row:], start=first_row):
        line = [cell_text(cell) for cell in cells]
        kind = RowKind.BLANK if not any(map(str.strip, line)) else None
        if kind is None and (again := header_in(cells)) is not None:
            columns, headed, kind = again, _filled(cells), RowKind.HEADER
        if kind is None:
            row = IncomingRow(index, columns, _texts(line, columns))
            kind = _kind(grid, row, line, naming, headed, found)
        if kind is not None:
            found.others.append(OtherRow(index + 1, kind))
    taken = {row.index + 1 for row in found.rows}
    found.repairs += (repair for repair in filled if repair.row in taken)
    found.repairs.sort(key=lambda repair: repair.row)
    return found


def _kind(
    grid: Grid, row: IncomingRow, line: Sequence[str], naming: Sequence[str], headed: set[int], found: IncomingRows
) -> RowKind | None:
    """What the row is where it is nobody's; else it goes to the rows or the refused ones."""
    words = [word for text in line if (word := canonical(text))]
    if "id_number" not in row.columns or not holds_id_number(row.texts["id_number"]):
        misplaced = next((column for column, text in enumerate(line) if holds_id_number(text)), None)
        if misplaced is not None and "id_number" in row.columns:
            _refuse(found, grid, row, misplaced, MISPLACED)
            return None
        if kind := kind_by_first_word(words[:1]):
            return kind
    if (behind := _other_line(row, line, headed)) is not None:
        _refuse(found, grid, row, behind, GLUED_LINES)
    elif any(row.texts[name] for name in naming):
        found.rows.append(row)
        found.repairs += _repairs(grid, row, line, naming[0])
    elif len(words) == 1 and has_letters(words[0]):
        return RowKind.NOTE
    else:
        _refuse(found, grid, row, row.columns[naming[0]], UNKNOWN)
    return None


def _other_line(row: IncomingRow, line: Sequence[str], headed: set[int]) -> int | None:
    """Where another line stands behind this one, in columns without a heading: a number, or as many cells."""
    free = [column for column in range(len(line)) if column not in headed and line[column].strip()]
    if "id_number" in row.columns:
        # A person has many lines: the number behind may be the same.
        return next((column for column in free if holds_id_number(line[column])), None)
    return free[0] if len(free) >= len(row.columns) else None


def _filled(cells: Sequence[Cell]) -> set[int]:
    return {column for column, cell in enumerate(cells) if cell_text(cell).strip()}


def _refuse(found: IncomingRows, grid: Grid, row: IncomingRow, column: int, reason: str) -> None:
    number = row.index + 1
    count = len(found.rows) + len(found.refused) + 1
    found.refused.append(Refusal(grid.sheet, number, cell_address(number, column + 1), count, reason))


def _texts(line: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {
        name: _READERS.get(name, read_text)(line[column]) if column < len(line) else ""
        for name, column in columns.items()
    }


def _repairs(grid: Grid, row: IncomingRow, line: Sequence[str], naming: str) -> list[Repair]:
    number = row.index + 1
    repairs = []
    if row.index in grid.hidden_rows:
        repairs.append(Repair(number, row.cell(naming), HIDDEN + row.texts[naming], row.texts[naming]))
    for name, column in row.columns.items():
        was = line[column] if column < len(line) else ""
        now = row.texts[name]
        if now != was and canonical(now).upper() != canonical(was).upper():
            repairs.append(Repair(number, row.cell(name), printable(was), now))
    return repairs
