"""Rows and amounts by table and office, asked of a register in SQL: past all that was done to its rows."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Table

from db.chain.statements import run
from db.merging.plan import taken_tables

_OFFICE = "office_code"
_MONEY = "_fen"


class Figures(NamedTuple):
    """Of a table and an office."""

    rows: int
    sums: tuple[int, ...]
    """Fen, of each column with amounts in the order of the table."""


def by_office(connection: Connection) -> Mapping[tuple[str, str], Figures]:
    """By table and code of an office; an empty code: of rows that belong to none."""
    found = {}
    for table in taken_tables():
        wanted = ", ".join(["count(*)", *(f'coalesce(sum("{name}"), 0)' for name in money_of(table))])
        asked = f'SELECT {_office_of(table, "t0")}, {wanted} FROM "{table.name}" AS t0 GROUP BY 1'  # noqa: S608 - of the models
        for office, rows, *sums in run(connection, asked):
            found[table.name, office or ""] = Figures(rows, tuple(map(int, sums)))
    return found


def money_of(table: Table) -> list[str]:
    """The columns with amounts."""
    return [column.name for column in table.columns if column.name.endswith(_MONEY)]


def _office_of(table: Table, alias: str) -> str:
    """The expression of the office that a row belongs to, over whatever it hangs on."""
    if table.name == "office":
        return f"{alias}.code"
    if _OFFICE in table.columns:
        return f"{alias}.{_OFFICE}"
    ways = []
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        parent, deeper = key.column.table, f"t{int(alias[1:]) + 1}"
        if (office := _office_of(parent, deeper)) != "NULL":
            hangs_on = f'{deeper}."{key.column.name}" = {alias}."{key.parent.name}"'
            ways.append(f'(SELECT {office} FROM "{parent.name}" AS {deeper} WHERE {hangs_on})')  # noqa: S608 - likewise
    if not ways:
        return "NULL"
    return ways[0] if len(ways) == 1 else f"coalesce({', '.join(ways)})"
