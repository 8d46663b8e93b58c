"""To which case a row belonged that is gone: its kept proof still has four bytes of each of its fields."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from db.chain.content import encoded, tag_of
from db.chain.findings import Finding
from db.kinds.raw import RawRows, Unreadable

_LEADS = {
    "case_id": "SELECT id, id FROM training_case",
    "enrolment_id": "SELECT id, case_id FROM enrolment",
    "line_id": "SELECT id, case_id FROM payment_line",
    "item_id": "SELECT id, case_id FROM publicity_item",
}
"""By a column: the values that it can have, each with its case."""
_LAST_SERIAL = 20_000
_YEARS = range(2015, 2100)


def case(file: RawRows, finding: Finding) -> str:
    """The number of the case of a row that was removed; empty where it had none or that cannot be told."""
    with suppress(Unreadable, TypeError, ValueError):
        tags = _tags(file, finding)
        if finding.table == "training_case":
            return _of_case(file, tags)
        for column, statement in _LEADS.items():
            if column in tags:
                return _by_way_of(file, tags[column], statement)
    return ""


def number_of(file: RawRows, case_id: Any) -> str:
    """The number of a case that is there, such as 2020-DQ-0017; else empty."""
    with suppress(Unreadable, TypeError, ValueError):
        for year, letter, serial in file.asked(
            "SELECT year, letter, serial FROM training_case WHERE id = ?", (case_id,)
        ):
            return f"{year}-{letter}-{serial:04}"
    return ""


def _tags(file: RawRows, finding: Finding) -> Mapping[str, bytes]:
    names = sorted(name for name, _ in file.asked(file.catalog.columns, (finding.table,)))
    kept = file.asked(
        "SELECT tags FROM row_proof WHERE table_name = ? AND row_key = ?", (finding.table, encoded(finding.key))
    )
    if not kept:
        return {}
    ((tags,),) = kept
    size = len(tags) // max(len(names), 1)
    return {name: tags[place * size : (place + 1) * size] for place, name in enumerate(names)}


def _by_way_of(file: RawRows, tag: bytes, statement: str) -> str:
    return next((number_of(file, found) for value, found in file.asked(statement) if tag_of(value) == tag), "")


def _of_case(file: RawRows, tags: Mapping[str, bytes]) -> str:
    letters = (letter for (letter,) in file.asked("SELECT DISTINCT letter FROM office"))
    year, letter = _fitting(tags["year"], _YEARS), _fitting(tags["letter"], letters)
    serial = _fitting(tags["serial"], range(1, _LAST_SERIAL))
    return "" if None in (year, letter, serial) else f"{year}-{letter}-{serial:04}"


def _fitting(tag: bytes, values: Iterable[Any]) -> Any:
    return next((value for value in values if tag_of(value) == tag), None)
