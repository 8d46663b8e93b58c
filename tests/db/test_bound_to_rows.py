"""What is sealed in a row opens in no other: not in another row, column or table, with its `uid` or without."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Integer
from sqlmodel import select

from db.chain.statements import run
from db.engine import Archive
from db.models import Applicant, Row
from db.seal import Vault
from db.sealed_columns import Sealed, sealed_columns
from pxtui.errors import Damaged, PxtuiError

SECRET = "510402198601120017"
TABLES = {table.table: table for table in sealed_columns()}
FIELDS = [(table.table, name) for table in TABLES.values() for name in table.columns]


@dataclass(frozen=True)
class Stored:
    """A row as it stands in the file."""

    table: Sealed
    uid: str
    values: tuple[Any, ...]
    """Of what it is bound to."""
    blobs: dict[str, bytes]


def _stored(vault: Vault, table: Sealed, number: int) -> Stored:
    """A row of any table, every column filled: its number, and what it belongs to by the type of its key."""
    columns = Row.metadata.tables[table.table].columns
    values = tuple(number if isinstance(columns[name].type, Integer) else f"o{number}" for name in table.bound_to)
    uid = f"uid-{number}"
    _, identity, _ = table.parts((uid, *values, *[b""] * len(table.columns)))
    blobs = {name: vault.seal_in_row(table.table, identity, name, SECRET) for name in table.columns}
    return Stored(table, uid, values, blobs)


def _opened(vault: Vault, row: Stored, column: str, blob: bytes, uid: str | None = None) -> str:
    """A ciphertext laid into a column of a row, with a `uid` of another row or the row's own."""
    table = row.table
    laid = [blob if name == column else b"" for name in table.columns]
    _, identity, blobs = table.parts((uid or row.uid, *row.values, *laid))
    return vault.unseal_in_row(table.table, identity, column, blobs[column])


@pytest.mark.parametrize(("table", "column"), FIELDS)
def test_a_ciphertext_opens_in_its_place_and_in_no_other(table: str, column: str, vault: Vault) -> None:
    own, other = _stored(vault, TABLES[table], 1), _stored(vault, TABLES[table], 2)
    blob = own.blobs[column]
    assert _opened(vault, own, column, blob) == SECRET
    elsewhere = [(_stored(vault, TABLES[other_table], 1), name) for other_table, name in FIELDS]
    places = [(other, column, own.uid), (other, column, other.uid)]
    places += [(row, name, own.uid) for row, name in elsewhere if (row.table.table, name) != (table, column)]
    for row, name, uid in places:
        with pytest.raises(Damaged, match=r"打不开.*管理员"):
            _opened(vault, row, name, blob, uid)
    with pytest.raises(Damaged, match="打不开"):
        _opened(vault, own, column, vault.seal(table, own.uid, column, SECRET))


@pytest.mark.parametrize("table", TABLES)
def test_a_ciphertext_is_bound_to_every_single_thing_that_its_row_belongs_to(table: str, vault: Vault) -> None:
    own, other = _stored(vault, TABLES[table], 1), _stored(vault, TABLES[table], 2)
    for place in range(len(own.values)):
        values = (*own.values[:place], other.values[place], *own.values[place + 1 :])
        moved = Stored(own.table, own.uid, values, own.blobs)
        with pytest.raises(Damaged, match="打不开"):
            _opened(vault, moved, own.table.columns[0], own.blobs[own.table.columns[0]])


def test_every_table_names_what_its_rows_belong_to() -> None:
    # By what a training came in is no part of whose it is: its seal is of its source.
    may_come_later = {("enrolment", "person_id"), ("decision", "rules_digest"), ("earlier_training", "import_id")}
    for table in TABLES.values():
        columns = Row.metadata.tables[table.table]
        assert isinstance(columns.columns[table.key].type, Integer)
        assert len(columns.primary_key.columns) == 1
        assert {(table.table, key.parent.name) for key in columns.foreign_keys} - may_come_later == {
            (table.table, name) for name in table.bound_to if columns.columns[name].foreign_keys
        }


def _applicants() -> Iterator[Applicant]:
    for number in (1, 2, 3):
        yield Applicant(name=f"单位{number}", credit_code="", credit_code_key="", kind="", county="")


def test_a_new_row_is_bound_as_it_is_stored_and_opens_at_every_moment(archive: Archive, vault: Vault) -> None:
    with archive.writing() as session:
        for number, row in enumerate(_applicants(), start=1):
            row.seal(vault, bank_account=f"62170000000000{number}", contact_phone="")
            assert row.unseal(vault, "bank_account") == f"62170000000000{number}"
            session.add(row)
        session.flush()
        rows = session.exec(select(Applicant)).all()
        assert [(row.id, row.unseal(vault, "bank_account")[-1]) for row in rows] == [(1, "1"), (2, "2"), (3, "3")]
        rows[0].seal(vault, bank_account="6217999")
        session.add(rows[0])
        table = TABLES["applicant"]
        session.flush()
        for stored in run(session.connection(), table.statement()):
            _, identity, blobs = table.parts(stored)
            assert vault.unseal_in_row("applicant", identity, "bank_account", blobs["bank_account"]).startswith("6217")
            with pytest.raises(Damaged):
                vault.unseal("applicant", stored[0], "bank_account", blobs["bank_account"])
    with archive.reading() as session:
        first = session.get_one(Applicant, 1)
        assert (first.unseal(vault, "bank_account"), first.unseal(vault, "contact_phone")) == ("6217999", "")


def _exchange_accounts(archive: Archive) -> None:
    with archive.writing() as session:
        first, second, _ = session.exec(select(Applicant)).all()
        first.uid, second.uid = second.uid, first.uid
        first.bank_account, second.bank_account = second.bank_account, first.bank_account
        session.add_all([first, second])


def test_a_row_that_goes_to_somebody_else_is_refused_unless_it_is_sealed_anew(archive: Archive, vault: Vault) -> None:
    with archive.writing() as session:
        session.add_all(_applicants())
        session.flush()
        for row in session.exec(select(Applicant)):
            row.seal(vault, bank_account=f"62{row.id}")
            session.add(row)
    with pytest.raises(PxtuiError, match="打不开"):
        _exchange_accounts(archive)
    with archive.writing() as session:
        first, second, _ = session.exec(select(Applicant)).all()
        assert (first.unseal(vault, "bank_account"), second.unseal(vault, "bank_account")) == ("621", "622")
        first.uid = "another"
        first.seal(vault, bank_account="621")
        session.add(first)
    with archive.reading() as session:
        assert session.get_one(Applicant, 1).unseal(vault, "bank_account") == "621"
