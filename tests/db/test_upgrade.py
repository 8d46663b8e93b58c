"""A register is brought up to date whole or not at all, and never without a backup."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

import db.migrations
from db import revision
from db import upgrade as upgrading
from db.engine import private_engine
from db.models import Row
from db.revision import HEAD, stored_revision
from db.upgrade import upgrade
from pxtui.errors import PxtuiError
from tests.db.conftest import NOW

MIGRATIONS = Path(next(iter(db.migrations.__path__)))
LATER_STEP = """\
from alembic import op
import sqlalchemy as sa

revision, down_revision = "9000", "HEAD"


def upgrade():
    op.add_column("office", sa.Column("remark", sa.String))
    op.execute("UPDATE office SET remark = name")
"""
LATER = datetime(2021, 1, 5, 8, 15, 30, tzinfo=UTC)


def _checks(connection: Connection) -> dict[str, list[str]]:
    inspector = inspect(connection)
    tables = set(inspector.get_table_names()) - {"alembic_version"}
    return {table: sorted(check["sqltext"] for check in inspector.get_check_constraints(table)) for table in tables}


def test_the_migrations_make_exactly_the_tables_of_the_models(path: Path) -> None:
    by_models = create_engine("sqlite://")
    by_migrations = private_engine(path)
    with by_models.begin() as wanted, by_migrations.connect() as made:
        Row.metadata.create_all(wanted)
        assert compare_metadata(MigrationContext.configure(made), Row.metadata) == []
        assert _checks(made) == _checks(wanted)
    by_migrations.dispose()
    by_models.dispose()


def test_the_revision_in_the_program_is_the_last_migration() -> None:
    scripts = ScriptDirectory.from_config(Config(str(MIGRATIONS / "alembic.ini")))
    assert scripts.get_current_head() == HEAD


def test_a_new_register_is_private_and_an_upgraded_one_is_left_alone(path: Path) -> None:
    content = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert upgrade(path, now=LATER) is None
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_a_register_of_a_newer_program_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(PxtuiError, match="先更新本程序"):
        upgrade(path, now=LATER)
    assert list(path.parent.iterdir()) == [path]


def _next_program(folder: Path, monkeypatch: pytest.MonkeyPatch, *, last_line: str) -> None:
    """Let the program have one more migration."""
    (folder / "9000_later.py").write_text(LATER_STEP.replace("HEAD", HEAD) + f"    {last_line}\n")
    configuration = Config(str(MIGRATIONS / "alembic.ini"))
    configuration.set_main_option("version_locations", f"{MIGRATIONS / 'versions'}:{folder}")
    monkeypatch.setattr(upgrading, "_configuration", lambda: configuration)
    monkeypatch.setattr(upgrading, "HEAD", "9000")
    monkeypatch.setattr(revision, "HEAD", "9000")


def _offices(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM office").fetchall()


@pytest.fixture
def older(path: Path) -> Path:
    """A register with a row in it, older than the program that `_next_program` makes."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO office VALUES ('dongqu', '东区人社局', 'DQ')")
    return path


def test_an_older_register_is_backed_up_and_then_upgraded(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _next_program(tmp_path, monkeypatch, last_line="pass")
    backup = upgrade(older, now=LATER)
    assert backup == older.parent / f"register-{HEAD}-20210105T081530Z.backup.sqlite"
    assert (stored_revision(backup), backup.stat().st_mode & 0o777) == (HEAD, 0o600)
    assert _offices(backup) == [("dongqu", "东区人社局", "DQ")]
    assert stored_revision(older) == "9000"
    assert _offices(older) == [("dongqu", "东区人社局", "DQ", "东区人社局")]
    assert upgrade(older, now=NOW) is None


def test_an_upgrade_that_fails_half_way_changes_nothing(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _next_program(tmp_path, monkeypatch, last_line="op.execute('INSERT INTO office SELECT * FROM office')")
    with pytest.raises(PxtuiError):
        upgrade(older, now=LATER)
    assert stored_revision(older) == HEAD
    assert _offices(older) == [("dongqu", "东区人社局", "DQ")]
