"""An empty register with its key, and what most rows hang on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import Archive, open_archive
from db.models import Office
from db.seal import Vault
from db.upgrade import upgrade
from pxtui.home import Database
from tests.support import on_server

NOW = datetime(2020, 3, 16, 2, 30, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A new key, in a folder of its own."""
    return Vault.create(tmp_path / "key" / "pxtui.key")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """An upgraded register without rows."""
    path = tmp_path / "data" / "register.sqlite"
    path.parent.mkdir(mode=0o700)
    if on_server.is_chosen():
        return on_server.make_for(path.parent)
    upgrade(path, now=NOW)
    return path


@pytest.fixture
def path(database: Database) -> Path:
    """The file that it is in."""
    if not isinstance(database, Path):
        pytest.skip(on_server.OF_THE_FILE)
    return database


@pytest.fixture
def archive(database: Database, vault: Vault) -> Iterator[Archive]:
    """That register, open, with one office."""
    archive = open_archive(database, vault)
    with archive.writing() as session:
        session.add(Office(code="dongqu", name="东区人社局", letter="DQ"))
    yield archive
    archive.close()
