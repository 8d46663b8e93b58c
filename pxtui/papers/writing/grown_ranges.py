"""Rows put into a sheet: what stands below moves down, and whatever reaches over the place grows with it.

openpyxl moves the cells alone; merges, heights, formulas, print areas, breaks and formats stay where they were.
"""

import re
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break, RowBreak

_REFERENCE = re.compile(r"(\$?[A-Z]{1,3})(\$?)([0-9]+)(?::(\$?[A-Z]{1,3})(\$?)([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Growth:
    """So many rows more behind the row that is repeated, as line after line of a table."""

    row: int
    extra: int

    def moved(self, row: int) -> int:
        """Where a row goes."""
        return row + self.extra if row > self.row else row

    def of_reference(self, first: int, last: int) -> tuple[int, int]:
        """Where a range of rows goes: one that ends with the repeated row takes all of its lines in."""
        return self.moved(first), last + self.extra if last >= self.row else last

    def in_formula(self, formula: str, sheet: str, *, is_there: bool) -> str:
        """A formula with the references to the sheet that grew moved and grown.

        Args:
            sheet: the title of the sheet that grew.
            is_there: whether the formula stands on it, and means it where it names no sheet.
        """
        return self._changed(formula, sheet, self._grown, is_there=is_there)

    def in_row(self, formula: str, offset: int) -> str:
        """A formula of the repeated row, for the line so many rows below: what is in its own row goes along."""

        def along(match: re.Match[str]) -> str:
            first, fixed, row, second, fixed_too, other = match.groups()
            ends = [f"{first}{fixed}{self._along(row, fixed, offset)}"]
            if second:
                ends.append(f"{second}{fixed_too}{self._along(other, fixed_too, offset)}")
            return ":".join(ends)

        return self._changed(formula, "", along, is_there=True)

    def _along(self, row: str, fixed: str, offset: int) -> int:
        return int(row) + offset if int(row) == self.row and not fixed else self.moved(int(row))

    def _grown(self, match: re.Match[str]) -> str:
        first, fixed, row, second, fixed_too, other = match.groups()
        if not second:
            return f"{first}{fixed}{self.moved(int(row))}"
        begin, end = self.of_reference(int(row), int(other))
        return f"{first}{fixed}{begin}:{second}{fixed_too}{end}"

    @staticmethod
    def _changed(formula: str, sheet: str, change: Any, *, is_there: bool) -> str:
        tokens = Tokenizer(formula)
        for token in tokens.items:
            if token.type != Token.OPERAND or token.subtype != Token.RANGE:
                continue
            place, mark, reference = token.value.rpartition("!")
            if place.strip("'") == sheet if mark else is_there:
                token.value = f"{place}{mark}{_REFERENCE.sub(change, reference)}"
        return f"={''.join(token.value for token in tokens.items)}"


def grow(sheet: Any, growth: Growth) -> None:
    """Put the rows in, empty, and take along all that reaches over them."""
    merged = list(sheet.merged_cells.ranges)
    for area in merged:
        if area.max_row >= growth.row:
            sheet.unmerge_cells(str(area))
    heights = {at: sheet.row_dimensions[at].height for at in range(growth.row + 1, sheet.max_row + 1)}
    sheet.insert_rows(growth.row + 1, growth.extra)
    for at in heights:
        sheet.row_dimensions[at].height = None
    for at, height in heights.items():
        sheet.row_dimensions[at + growth.extra].height = height
    for area in merged:
        if area.max_row >= growth.row:
            _merge_again(sheet, area, growth)
    _grow_formulas(sheet, growth)
    _grow_page(sheet, growth)


def _merge_again(sheet: Any, area: CellRange, growth: Growth) -> None:
    """A merge in the repeated row stands in every line; one over it grows; one below moves."""
    if area.min_row == area.max_row == growth.row:
        for offset in range(growth.extra + 1):
            _merge(sheet, area, growth.row + offset, growth.row + offset)
    else:
        _merge(sheet, area, *growth.of_reference(area.min_row, area.max_row))


def _merge(sheet: Any, area: CellRange, first: int, last: int) -> None:
    sheet.merge_cells(start_row=first, end_row=last, start_column=area.min_col, end_column=area.max_col)


def _grow_formulas(grown: Any, growth: Growth) -> None:
    workbook = grown.parent
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                is_repeated = sheet is grown and cell.row == growth.row
                if cell.data_type == "f" and isinstance(cell.value, str) and not is_repeated:
                    cell.value = growth.in_formula(cell.value, grown.title, is_there=sheet is grown)
    for names in (workbook.defined_names, grown.defined_names):
        for name in names.values():
            name.attr_text = growth.in_formula(f"={name.attr_text}", grown.title, is_there=False)[1:]


def _grow_page(sheet: Any, growth: Growth) -> None:
    if sheet.print_area:
        areas = [CellRange(area.split("!")[-1].replace("$", "")) for area in str(sheet.print_area).split(",")]
        sheet.print_area = ",".join(_grown_area(area, growth) for area in areas)
    breaks = RowBreak()
    for mark in sheet.row_breaks.brk:
        breaks.append(Break(id=growth.moved(mark.id)))
    sheet.row_breaks = breaks
    formats = ConditionalFormattingList()
    for formatted in sheet.conditional_formatting:
        for rule in formatted.rules:
            areas = [CellRange(area) for area in str(formatted.sqref).split()]
            formats.add(" ".join(_grown_area(area, growth) for area in areas), rule)
    sheet.conditional_formatting = formats
    for validation in sheet.data_validations.dataValidation:
        areas = [CellRange(area) for area in str(validation.sqref).split()]
        validation.sqref = type(validation.sqref)(" ".join(_grown_area(area, growth) for area in areas))


def _grown_area(area: CellRange, growth: Growth) -> str:
    first, last = growth.of_reference(area.min_row, area.max_row)
    return CellRange(min_col=area.min_col, max_col=area.max_col, min_row=first, max_row=last).coord
