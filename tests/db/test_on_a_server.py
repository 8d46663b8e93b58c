"""A register in a database of PostgreSQL: the same tables, values, proofs and refusals as in a file."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import Session, col, func, select

from db.backup import copy
from db.chain.content import proof_of
from db.chain.findings import What
from db.chain.statements import shape_in_models, stored_rows
from db.chain.walk import verify
from db.engine import Archive, open_archive, private_engine
from db.kinds.postgresql_roles import statements
from db.models import Act, CalendarVersion, Fund, JournalEntry, Office, Register, Row
from db.revision import stored_revision
from db.seal import Vault
from db.sealed_columns import require_all_open
from db.upgrade import is_there, upgrade
from pxtui.errors import PxtuiError
from pxtui.home import Server
from tests.db.conftest import NOW
from tests.support import database_server, on_server
from tests.support.chain import past_the_program

pytestmark = pytest.mark.skipif(database_server.binaries() is None, reason="no PostgreSQL on this machine")
KEY = bytes(range(32))


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """A database with the tables of a register."""
    (tmp_path / "on-server").mkdir()
    return on_server.make_for(tmp_path / "on-server")


@pytest.fixture
def there(server: Server, vault: Vault) -> Iterator[Archive]:
    """A register in it, open."""
    archive = open_archive(server, vault)
    _begin(archive)
    yield archive
    archive.close()


def _begin(archive: Archive) -> None:
    with archive.writing("张三", NOW) as session:
        session.add(Office(code="dongqu", name="东区人社局", letter="DQ"))
        session.flush()
        session.add(Register(home_office="dongqu", created_at=NOW, key_check=archive.vault.key_check))
        entry = JournalEntry(at=NOW, staff_name="张三", action=Act.REGISTER_CREATE, summary="建立台账")
        entry.seal(archive.vault, before="", after="内容")
        session.add(entry)


def _past_the_program(server: Server, *statements: str) -> None:
    """What an administrator of the database can do, whom no trigger stops."""
    with psycopg.connect(server.url) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement.encode())


def _found(server: Server, vault: Vault) -> list[tuple[What, str, tuple[str, ...]]]:
    return [(finding.what, finding.table, finding.columns) for finding in verify(server, vault).findings]


def test_the_migrations_make_exactly_the_tables_of_the_models(server: Server) -> None:
    engine = private_engine(server)
    with engine.connect() as made:
        assert compare_metadata(MigrationContext.configure(made), Row.metadata) == []
    engine.dispose()


def test_there_is_a_register_once_it_has_an_office(server: Server, vault: Vault) -> None:
    assert not is_there(server)
    archive = open_archive(server, vault)
    _begin(archive)
    archive.close()
    assert is_there(server)


def test_a_sum_of_fen_is_an_integer(there: Archive) -> None:
    with there.writing() as session:
        session.add_all(
            Fund(code=code, name=code, granted_fen=fen) for code, fen in (("a", 2**62), ("b", 2**62), ("c", 7))
        )
    with there.reading() as session:
        total = session.exec(select(func.sum(Fund.granted_fen))).one()
        assert (type(total), total) == (int, 2**63 + 7)
        average = session.exec(select(func.coalesce(func.sum(Fund.granted_fen), 0)).where(Fund.code == "none")).one()
        assert (type(average), average) == (int, 0)


def test_a_part_of_a_name_is_found_however_its_latin_letters_are_written(archive: Archive, there: Archive) -> None:
    for register in (archive, there):
        with register.writing() as session:
            session.add(Office(code="xiqu", name="Abc_西区", letter="XQ"))
        with register.reading() as session:
            for part, is_found in (("aBC_西", True), ("abcx西", False)):
                found = session.exec(select(Office.code).where(col(Office.name).contains(part, autoescape=True))).all()
                assert found == (["xiqu"] if is_found else [])


def _rows_of_every_type(session: Session) -> None:
    session.add(Office(code="xiqu", name="西区[/]·人社局", letter="XQ"))
    session.add(Fund(code="a", name="专项", granted_fen=-(2**63)))
    session.add(CalendarVersion(year=2020, document="〔2020〕1号", days="…", set_on=date(2020, 2, 29), set_by="李主任"))


def test_a_row_has_the_same_proof_in_a_file_and_on_a_server(archive: Archive, there: Archive) -> None:
    proofs = []
    for register in (archive, there):
        with register.writing("李主任", NOW) as session:
            _rows_of_every_type(session)
            session.flush()
            connection = session.connection()
            found = [
                (row, proof_of(shape, row, KEY))
                for shape, key in (
                    (shape_in_models("office"), ("xiqu",)),
                    (shape_in_models("fund"), ("a",)),
                    (shape_in_models("calendar_version"), (1,)),
                )
                for _, row in stored_rows(connection, shape, [key])
            ]
            assert len(found) == 3
            proofs.append([proof for _, proof in found])
    assert proofs[0] == proofs[1]


def test_a_register_that_was_written_by_the_program_alone_is_whole(
    there: Archive, server: Server, vault: Vault
) -> None:
    with there.writing("李主任", NOW) as session:
        _rows_of_every_type(session)
    result = verify(server, vault)
    assert result.is_whole
    assert result.links == 2
    assert require_all_open(server, vault) == 2


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE office SET name = '西区'", (What.CHANGED, "office", ("name",))),
        ("UPDATE register SET is_practice = true", (What.CHANGED, "register", ("is_practice",))),
        ("DELETE FROM journal_entry", (What.REMOVED, "journal_entry", ())),
        ("INSERT INTO office VALUES ('xiqu', '西区', 'XQ')", (What.ADDED, "office", ())),
        ("UPDATE row_proof SET tags = ''::bytea WHERE table_name = 'office'", (What.PROOF_CHANGED, "office", ())),
        ("UPDATE chain_link SET staff_name = '李四'", (What.LINK_FORGED, "chain_link", ())),
        ("DELETE FROM chain_link", (What.NO_CHAIN, "", ())),
        ("DROP TABLE row_proof", (What.NO_CHAIN, "row_proof", ())),
        ("CREATE TABLE notes (note text)", (What.ADDED, "pg_catalog", ())),
        ("CREATE TABLE notes (note text) ;; INSERT INTO notes VALUES ('x')", (What.ADDED, "notes", ())),
        ("DROP TRIGGER journal_entry_no_delete ON journal_entry", (What.REMOVED, "pg_catalog", ())),
        (
            "ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_delete",
            (What.CHANGED, "pg_catalog", ("sql",)),
        ),
        (
            "CREATE OR REPLACE FUNCTION journal_entry_no_delete() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN OLD; END $$",
            (What.CHANGED, "pg_catalog", ("sql",)),
        ),
        ("DROP INDEX ix_journal_entry_at", (What.REMOVED, "pg_catalog", ())),
        ("ALTER TABLE office ALTER COLUMN letter DROP NOT NULL", (What.CHANGED, "pg_catalog", ("sql",))),
        ("CREATE RULE quiet AS ON DELETE TO office DO INSTEAD NOTHING", (What.ADDED, "pg_catalog", ())),
    ],
)
def test_what_an_administrator_alters_is_found(
    statement: str, found: tuple[What, str, tuple[str, ...]], there: Archive, server: Server, vault: Vault
) -> None:
    _past_the_program(server, *statement.split(" ;; "))
    assert found in _found(server, vault)


def test_what_was_altered_past_the_program_is_not_changed_any_more(there: Archive, server: Server) -> None:
    _past_the_program(server, "UPDATE office SET name = '西区'")
    with pytest.raises(PxtuiError, match="程序以外的途径改动"), there.writing() as session:
        session.get_one(Office, "dongqu").letter = "XX"


def test_a_copy_in_a_file_has_the_same_content_and_chain(
    there: Archive, server: Server, vault: Vault, tmp_path: Path
) -> None:
    with there.writing("李主任", NOW) as session:
        _rows_of_every_type(session)
    copied = tmp_path / "copy.sqlite"
    content = copy(server, copied)
    assert (content.rows["office"], content.sums["fund.granted_fen"], content.journal) == (2, -(2**63), 1)
    assert (content.head, require_all_open(copied, vault)) == (verify(server, vault).head, 2)
    assert verify(copied, vault, anchors=[content.head]).is_whole
    past_the_program(copied, "UPDATE office SET name = '北区' WHERE code = 'xiqu'")
    assert [finding.table for finding in verify(copied, vault).findings] == ["office"]


def test_the_objects_of_a_file_that_the_chain_has_bound_are_held_against_it(path: Path, vault: Vault) -> None:
    archive = open_archive(path, vault)
    _begin(archive)
    archive.close()
    past_the_program(path, "DROP TRIGGER journal_entry_no_delete")
    assert [finding.table for finding in verify(path, vault).findings] == ["sqlite_master"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET summary = '别的'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "UPDATE chain_link SET staff_name = ''",
        "DELETE FROM chain_link",
        "TRUNCATE chain_link",
        "INSERT INTO chain_link VALUES (9, NULL, '', 'writes', 1, ''::bytea, ''::bytea)",
    ],
)
def test_journal_and_chain_can_only_be_added_to(statement: str, there: Archive, server: Server) -> None:
    with psycopg.connect(server.url) as connection, pytest.raises(psycopg.Error, match="只能追加"):
        connection.execute(statement.encode())


def test_the_entries_of_the_journal_have_no_gap_where_an_act_was_taken_back(there: Archive) -> None:
    for is_done in (True, False, False, True):
        with suppress(ZeroDivisionError), there.writing() as session:
            session.add_all([_entry(), _entry()])
            session.flush()
            # Taken back here, behind the numbers.
            1 // is_done
    with there.reading() as session:
        assert session.exec(select(JournalEntry.id).order_by(col(JournalEntry.id))).all() == [1, 2, 3, 4, 5]


def _entry() -> JournalEntry:
    return JournalEntry(at=NOW, staff_name="张三", action=Act.OFFICE_SET, summary="一条")


def test_what_is_read_cannot_be_changed_by_the_way(there: Archive) -> None:
    with pytest.raises(PxtuiError, match="只能读"), there.reading() as session:
        session.get_one(Office, "dongqu").name = "西区人社局"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://pxtui@/none?host={}", "没有数据库“/none”或本程序的账号"),
        ("postgresql://pxtui@/none?host=/nowhere", "连不上"),
        ("postgresql://nobody@/postgres?host={}", "没有数据库“/postgres”或本程序的账号"),
    ],
)
def test_a_server_that_does_not_answer_is_told_in_a_sentence_without_the_account(
    url: str, sentence: str, server: Server
) -> None:
    folder = server.url.partition("host=")[2]
    with pytest.raises(PxtuiError, match=sentence) as told:
        is_there(Server(url.format(folder)))
    assert "pxtui@" not in told.value.sentence


def test_a_database_in_another_encoding_is_refused(server: Server, tmp_path: Path) -> None:
    name = "in_ascii"
    database_server.administer(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII'")
    with pytest.raises(PxtuiError, match="编码是SQL_ASCII"):
        is_there(database_server.database(name))
    database_server.administer(f"DROP DATABASE {name}")


def test_a_database_of_another_program_is_left_alone(server: Server) -> None:
    _past_the_program(server, "DROP TABLE alembic_version")
    with pytest.raises(PxtuiError, match="不是本程序的台账"):
        stored_revision(server)


@pytest.fixture
def as_program(there: Archive, server: Server) -> Server:
    """The same register for the account of the program, which the administrator has given its rights."""
    for name in ("pxtui_owner", "pxtui_program", "pxtui_backup"):
        with suppress(psycopg.errors.DuplicateObject):
            database_server.administer(f"CREATE ROLE {name} LOGIN")
    _past_the_program(server, *statements("pxtui_owner", "pxtui_program", "pxtui_backup"))
    return _as(server, "pxtui_program")


def _as(server: Server, account: str) -> Server:
    scheme, _, rest = server.url.partition("://")
    return Server(f"{scheme}://{account}@{rest.partition('@')[2]}")


def test_the_account_of_the_program_writes_and_verifies(as_program: Server, vault: Vault) -> None:
    archive = open_archive(as_program, vault)
    with archive.writing("李主任", NOW) as session:
        _rows_of_every_type(session)
        session.add(_entry())
    with archive.writing("李主任", NOW) as session:
        session.get_one(JournalEntry, 1).seal(vault, after="")
        session.delete(session.get_one(Office, "xiqu"))
    archive.close()
    assert verify(as_program, vault).is_whole


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal_entry",
        "UPDATE journal_entry SET summary = ''",
        "UPDATE chain_link SET mac = ''::bytea",
        "DELETE FROM chain_link",
        "TRUNCATE row_proof",
        "DROP TRIGGER journal_entry_no_delete ON journal_entry",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "CREATE OR REPLACE FUNCTION journal_entry_no_delete() RETURNS trigger LANGUAGE sql AS ''",
        "CREATE TABLE notes (note text)",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '9999'",
    ],
)
def test_the_account_of_the_program_can_neither_rewrite_the_journal_nor_change_a_table(
    statement: str, as_program: Server
) -> None:
    with psycopg.connect(as_program.url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_the_account_of_backups_copies_and_changes_nothing(as_program: Server, vault: Vault, tmp_path: Path) -> None:
    backup = _as(as_program, "pxtui_backup")
    assert copy(backup, tmp_path / "copy.sqlite").journal == 1
    archive = open_archive(backup, vault)
    with pytest.raises(PxtuiError, match="账号的权限"), archive.writing("李主任", NOW) as session:
        _rows_of_every_type(session)
    archive.close()


def test_only_the_account_of_the_tables_upgrades_them(as_program: Server, server: Server, vault: Vault) -> None:
    _past_the_program(server, "UPDATE alembic_version SET version_num = '0028'")
    with pytest.raises(PxtuiError, match="迁移账号"):
        upgrade(as_program, now=NOW, vault=vault)
