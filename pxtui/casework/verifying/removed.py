"""To which case a row belonged that is gone: its kept proof still has four bytes of each of its fields."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from db.chain.content import encoded, tag_of
from db.chain.findings import Finding

_LEADS = {
    "case_id": "SELECT id, id FROM training_case",
    "enrolment_id": "SELECT id, case_id FROM enrolment",
    "line_id": "SELECT id, case_id FROM payment_line",
    "item_id": "SELECT id, case_id FROM publicity_item",
}
"""By a column: the values that it can have, each with its case."""
_LAST_SERIAL = 20_000
_YEARS = range(2015, 2100)


def case(file: sqlite3.Connection, finding: Finding) -> str:
    """The number of the case of a row that was removed; empty where it had none or that cannot be told."""
    with suppress(sqlite3.Error, TypeError, ValueError):
        tags = _tags(file, finding)
        if finding.table == "training_case":
            return _of_case(file, tags)
        for column, statement in _LEADS.items():
            if column in tags:
                return _by_way_of(file, tags[column], statement)
    return ""


def number_of(file: sqlite3.Connection, case_id: Any) -> str:
    """The number of a case that is there, such as 2020-DQ-0017; else empty."""
    with suppress(sqlite3.Error, TypeError, ValueError):
        for year, letter, serial in file.execute(
            "SELECT year, letter, serial FROM training_case WHERE id = ?", (case_id,)
        ):
            return f"{year}-{letter}-{serial:04}"
    return ""


def _tags(file: sqlite3.Connection, finding: Finding) -> Mapping[str, bytes]:
    names = sorted(name for (name,) in file.execute("SELECT name FROM pragma_table_xinfo(?)", (finding.table,)))
    kept = file.execute(
        "SELECT tags FROM row_proof WHERE table_name = ? AND row_key = ?", (finding.table, encoded(finding.key))
    ).fetchone()
    if not kept:
        return {}
    size = len(kept[0]) // max(len(names), 1)
    return {name: kept[0][place * size : (place + 1) * size] for place, name in enumerate(names)}


def _by_way_of(file: sqlite3.Connection, tag: bytes, statement: str) -> str:
    return next((number_of(file, found) for value, found in file.execute(statement) if tag_of(value) == tag), "")


def _of_case(file: sqlite3.Connection, tags: Mapping[str, bytes]) -> str:
    letters = (letter for (letter,) in file.execute("SELECT DISTINCT letter FROM office"))
    year, letter = _fitting(tags["year"], _YEARS), _fitting(tags["letter"], letters)
    serial = _fitting(tags["serial"], range(1, _LAST_SERIAL))
    return "" if None in (year, letter, serial) else f"{year}-{letter}-{serial:04}"


def _fitting(tag: bytes, values: Iterable[Any]) -> Any:
    return next((value for value in values if tag_of(value) == tag), None)
