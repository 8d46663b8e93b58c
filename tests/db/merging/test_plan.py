"""No table, reference or name is forgotten where registers become one: asked of the tables themselves."""

import pytest
from sqlalchemy import Integer, Table

from db.merging.figures import _office_of
from db.merging.numbers import _BY_DAY, _ONE_ROW
from db.merging.plan import NOT_TAKEN, names_of_staff, own_number, references, taken_tables
from db.models import Row
from db.sealed_columns import look_up_columns

TABLES = Row.metadata.sorted_tables
OF_NO_OFFICE = {
    *("accepted_finding", "applicant", "calendar_version", "catalogue_tariff", "earlier_training", "frozen_rules"),
    *("fund", "lifting", "lifting_correction", "other_initials", "outgoing_file", "person", "source_change"),
    *("outside_list", "outside_part", "staff_change", "substitution", "training_import"),
    "used_voucher",
}
"""What belongs to the whole city, or to a person who works in an office."""
NO_NAMES = {("training_case", "opened_by")}
"""Ends like a name and is the code of an office."""


def test_every_table_goes_along_or_is_named_with_a_reason() -> None:
    names = {table.name for table in TABLES}
    assert set(NOT_TAKEN) <= names
    assert {table.name for table in taken_tables()} == names - set(NOT_TAKEN)
    assert all(NOT_TAKEN.values())


@pytest.mark.parametrize("table", taken_tables(), ids=lambda table: str(table.name))
def test_every_number_of_a_row_is_carried_over(table: Table) -> None:
    own = own_number(table)
    carried = {*references(table), *([] if own is None else [own.name])}
    numbers = [column.name for column in table.columns if isinstance(column.type, Integer)]
    assert {name for name in numbers if name == "id" or name.endswith("_id")} == carried


def test_every_column_that_is_called_after_a_person_at_work_is_renamed_with_him() -> None:
    columns = ((table.name, column.name) for table in taken_tables() for column in table.columns)
    ending = {place for place in columns if _is_name(place[1])}
    renamed = {(table.name, name) for table in taken_tables() for name in names_of_staff(table)}
    assert renamed - ending == {("staff", "name")}
    assert ending - renamed == NO_NAMES


def _is_name(column: str) -> bool:
    return column.endswith(("_by", "staff_name", "for_name")) or column in ("absent", "substitute")


def test_every_row_of_a_case_a_batch_or_an_office_is_counted_for_that_office() -> None:
    assert {table.name for table in taken_tables() if _office_of(table, "t0") == "NULL"} == OF_NO_OFFICE


def test_what_is_ordered_by_day_or_has_one_row_has_a_number_of_its_own() -> None:
    numbered = {table.name for table in taken_tables() if own_number(table) is not None}
    assert {*_BY_DAY, *_ONE_ROW} <= numbered


def test_look_up_keys_are_those_that_can_be_made_anew() -> None:
    """A new one needs its own line in `pxtui/casework/merging/look_ups.py`."""
    taken = {table.name for table in taken_tables()}
    names = {name for kind in look_up_columns() if kind.table in taken for name in kind.columns}
    own = {"id_key", "tail_key", "phone_key", "row_key", "bundle_key", "person_key"}
    assert names == own | {"account_key", "evidence_key"}
