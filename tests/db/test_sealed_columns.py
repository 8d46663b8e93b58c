"""Every column of bytes is sealed, a look-up key, or named as neither."""

from sqlalchemy import LargeBinary

from db.models import Row, SealedRow
from db.sealed_columns import look_up_columns, sealed_columns

NEITHER = {
    ("register", "key_check"),
    ("exchange_partner", "box_key"),
    ("exchange_partner", "sign_key"),
    ("chain_link", "writes"),
    ("chain_link", "mac"),
    ("outside_part", "entries"),
    ("row_proof", "row_key"),
    ("row_proof", "content"),
    ("row_proof", "tags"),
}


def test_every_column_of_bytes_is_known_as_what_it_is() -> None:
    sealed = {(table.table, name) for table in sealed_columns() for name in table.columns}
    look_ups = {(table.table, name) for table in look_up_columns() for name in table.columns}
    binary = {
        (table.name, column.name)
        for table in Row.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert sealed | look_ups | NEITHER == binary
    assert not sealed & look_ups
    bearing = {str(kind.__tablename__) for kind in SealedRow.__subclasses__()}
    assert {table for table, _ in sealed} == bearing
    assert {("person", "id_key"), ("enrolment", "phone_key"), ("second_keyed_row", "row_key")} <= look_ups
    assert {("journal_entry", "before"), ("learning_result", "password"), ("applicant", "bank_account")} <= sealed
