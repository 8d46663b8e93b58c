"""An office's own workbook in the place of our layout: cells that name a value in double braces are filled.

`{{applicant_name}}` is a value of the paper; a row in which a cell names a column of a table, `{{defects.fault}}`,
is repeated for every line of it. What stands below moves down with its merges, and formulas, print areas and titles
grow with the lines. Everything else of the workbook stays as the office drew it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pxtui.errors import Refused
from pxtui.papers.writing.cell_text import printable
from pxtui.papers.writing.grown_ranges import Growth, grow
from pxtui.papers.writing.letter import Facts, shown
from pxtui.papers.writing.openpyxl_private import set_style, style_of
from pxtui.papers.writing.wording import Filling, Money
from pxtui.papers.writing.workbook_file import package

_PLACE = re.compile(r"\{\{\s*([a-z0-9_.-]+)\s*\}\}", re.IGNORECASE)
_NO_PLACE = re.compile(r"\{\{.*?(?:\}\}|$)", re.DOTALL)
"""What looks like a place once the places are gone: `{{name!r}}`, `{{name[0]}}`, braces that nobody closed."""
_AMOUNT = "0.00"
_OF_EVERY_PAPER = ("number", "issued_day", "version")


def filled(template: Path, facts: Facts) -> bytes:
    """The office's workbook with the paper's facts in it.

    Raises:
        PxtuiError: the file is no workbook, or a cell names something that this paper does not know.
    """
    workbook = _opened(template)
    for sheet in workbook.worksheets:
        _fill(sheet, facts, template.name)
    return package(workbook)


def unknown_places(template: Path, values: set[str], tables: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Cells of a template that name what the paper does not know: the address with its sheet, and the name.

    Raises:
        PxtuiError: the file is no workbook.
    """
    known = {*values, *_OF_EVERY_PAPER}
    for sheet in _opened(template).worksheets:
        for row in sheet.iter_rows():
            table = _table_of(row)
            # A line of a table is filled with its columns alone.
            here = {f"{table}.{column}" for column in tables.get(table, ())} if table else known
            for cell in row:
                text = cell.value if isinstance(cell.value, str) else ""
                unknown = [place for place in _PLACE.findall(text) if place not in here]
                for place in (*unknown, *(written.strip("{}") for written in _unfit(text))):
                    yield f"{sheet.title}!{cell.coordinate}", place


def _unfit(text: str) -> list[str]:
    return _NO_PLACE.findall(_PLACE.sub("", text))


def repeated_rows(template: Path) -> Iterator[tuple[str, str]]:
    """Rows that follow each other and each repeat the lines of one table: their sheet and numbers, and the table.

    Raises:
        PxtuiError: the file is no workbook.
    """
    for sheet in _opened(template).worksheets:
        before: tuple[int, str | None] = (0, None)
        for cells in sheet.iter_rows():
            here = (cells[0].row, _table_of(cells))
            if here[1] is not None and here[1] == before[1] and here[0] == before[0] + 1:
                yield f"{sheet.title}!{before[0]}:{here[0]}", here[1]
            before = here


def _opened(template: Path) -> Any:
    try:
        return load_workbook(template)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as fault:
        raise Refused(f"模板“{template.name}”不是可用的xlsx工作簿，请重新另存后再试。") from fault


def _fill(sheet: Any, facts: Facts, name: str) -> None:
    values = _values(facts)
    # From the last row up: what is inserted below moves nothing that is still to be filled.
    for row in range(sheet.max_row, 0, -1):
        table = _table_of(sheet[row])
        if table is None:
            _fill_row(sheet[row], values, name)
        elif table not in facts.tables:
            raise Refused(f"模板“{name}”第{row}行引用了本文书没有的明细“{table}”，请改正模板。")
        else:
            _repeat(sheet, row, table, facts.tables[table], name)


def _values(facts: Facts) -> Mapping[str, Filling]:
    return {**facts.values, "number": facts.number, "issued_day": facts.issued_on, "version": facts.version}


def _table_of(cells: Sequence[Any]) -> str | None:
    for cell in cells:
        if isinstance(cell.value, str) and (place := _PLACE.search(cell.value)) and "." in place[1]:
            return place[1].split(".")[0]
    return None


def _repeat(sheet: Any, row: int, table: str, lines: Sequence[Mapping[str, Filling]], name: str) -> None:
    pattern = [(cell.column, cell.value, style_of(cell)) for cell in sheet[row]]
    height = sheet.row_dimensions[row].height
    growth = Growth(row, max(1, len(lines)) - 1)
    if growth.extra:
        grow(sheet, growth)
    for offset, line in enumerate(lines or ({},)):
        values = {f"{table}.{key}": value for key, value in line.items()}
        sheet.row_dimensions[row + offset].height = height
        for column, text, style in pattern:
            cell = sheet.cell(row + offset, column)
            if type(cell).__name__ == "MergedCell":
                continue
            set_style(cell, copy(style))
            if not lines and isinstance(text, str) and _PLACE.search(text):
                cell.value = None
            elif isinstance(text, str) and text.startswith("=") and not _PLACE.search(text):
                cell.value = growth.in_row(text, offset)
            else:
                _put(cell, text)
        _fill_row(sheet[row + offset], values, name)


def _fill_row(cells: Sequence[Any], values: Mapping[str, Filling], name: str) -> None:
    for cell in cells:
        if isinstance(cell.value, str) and (unfit := _unfit(cell.value)):
            told = "双花括号里只写填写处的名称"
            raise Refused(f"模板“{name}”{cell.coordinate}的“{unfit[0]}”不能用：{told}，请改正模板。")
        if not isinstance(cell.value, str) or not _PLACE.search(cell.value):
            continue
        unknown = [place for place in _PLACE.findall(cell.value) if place not in values]
        if unknown:
            raise Refused(f"模板“{name}”{cell.coordinate}引用了本文书没有的“{unknown[0]}”，请改正模板。")
        alone = _PLACE.fullmatch(cell.value.strip())
        figure = values[alone[1]] if alone is not None else None
        if isinstance(figure, Money):
            # A figure that stands alone stays one: the finance office adds it up.
            cell.value = figure.yuan
            if cell.number_format == "General":
                cell.number_format = _AMOUNT
        elif isinstance(figure, int | Decimal):
            cell.value = figure
        else:
            _put(cell, _PLACE.sub(lambda place: shown(place[1], values[place[1]]), cell.value))


def _put(cell: Any, value: Any) -> None:
    if isinstance(value, str) and value:
        cell.value = printable(value)
        # Of itself openpyxl takes a text that begins with = for a formula.
        cell.data_type = "s"
    else:
        cell.value = None if value == "" else value
