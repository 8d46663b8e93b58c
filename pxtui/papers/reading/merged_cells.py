"""Cells that are merged over several rows: only the first of them holds what all of them show."""

from collections.abc import Collection
from dataclasses import replace

from pxtui.papers.reading.grid import Cell, Grid, cell_address, cell_text, printable
from pxtui.papers.reading.roster_reading import Repair


def filled_down(grid: Grid, first_row: int, columns: Collection[int]) -> tuple[Grid, list[Repair]]:
    """The sheet with what is merged downwards written into every row with content of its own, and what was written.

    Args:
        first_row: the first row below the header; ranges that begin above are left alone (counted from 0).
        columns: those that are read, counted from 0.
    """
    ranges = [
        (top, left, bottom)
        for top, left, bottom, right in grid.merged
        if top >= first_row and bottom > top and left == right and left in columns
    ]
    if not ranges:
        return grid, []
    rows: list[list[Cell]] = [list(row) for row in grid.rows]
    repairs: list[Repair] = []
    for top, column, bottom in ranges:
        value = rows[top][column] if top < len(rows) and column < len(rows[top]) else ""
        for index in range(top + 1, min(bottom + 1, len(rows))):
            is_blank = not any(cell_text(cell).strip() for cell in grid.rows[index])
            if value == "" or is_blank or (column < len(rows[index]) and rows[index][column] != ""):
                continue
            rows[index] += [""] * (column + 1 - len(rows[index]))
            rows[index][column] = value
            repairs.append(Repair(index + 1, cell_address(index + 1, column + 1), "", printable(cell_text(value))))
    return replace(grid, rows=rows), repairs
