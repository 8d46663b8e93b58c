"""A server of PostgreSQL that goes away and comes back: what is told, and what is known to be stored."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from sqlalchemy import PoolProxiedConnection
from sqlmodel import col, select

from db.chain.walk import verify
from db.engine import Archive, open_archive
from db.kinds import kind_of, postgresql_line
from db.models import Act, JournalEntry, Office, Register
from db.seal import Vault
from pxtui.errors import DatabaseAway, Refused
from pxtui.home import Server
from tests.db.conftest import NOW
from tests.support import database_server, on_server

pytestmark = pytest.mark.skipif(database_server.binaries() is None, reason="no PostgreSQL on this machine")


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """A database with the tables of a register."""
    (tmp_path / "on-server").mkdir()
    return on_server.make_for(tmp_path / "on-server")


@pytest.fixture
def there(server: Server, vault: Vault) -> Iterator[Archive]:
    """A register in it, open."""
    archive = open_archive(server, vault)
    with archive.writing("张三", NOW) as session:
        session.add(Office(code="dongqu", name="东区人社局", letter="DQ"))
        session.flush()
        session.add(Register(home_office="dongqu", created_at=NOW, key_check=archive.vault.key_check))
    yield archive
    archive.close()


def _note(archive: Archive, summary: str = "一条") -> None:
    with archive.writing("张三", NOW) as session:
        session.add(JournalEntry(at=NOW, staff_name="张三", action=Act.OFFICE_SET, summary=summary))


def _noted(archive: Archive) -> list[str]:
    with archive.reading() as session:
        return list(session.exec(select(JournalEntry.summary).order_by(col(JournalEntry.id))))


def test_a_server_that_is_away_is_told_and_found_again_by_whoever_has_the_register_open(
    there: Archive, server: Server
) -> None:
    _note(there, "之前")
    with database_server.gone(server):
        with pytest.raises(DatabaseAway, match="连不上或断开了，没有保存，请稍候再试") as told:
            _note(there, "其间")
        assert told.value.doubt is None
        with pytest.raises(DatabaseAway, match="连不上或断开了，请稍候再试"):
            _noted(there)
    _note(there, "之后")
    assert _noted(there) == ["之前", "之后"]


@pytest.mark.parametrize("is_stored", [True, False])
def test_a_transaction_whose_end_was_not_answered_is_looked_for_and_never_taken_for_stored_unseen(
    is_stored: bool, there: Archive, server: Server, vault: Vault
) -> None:
    with _line_breaks_at_commit(there, is_stored=is_stored):
        if is_stored:
            _note(there, "这一条")
        else:
            with pytest.raises(DatabaseAway, match="没有保存"):
                _note(there, "这一条")
    assert _noted(there) == ["这一条"] * is_stored
    assert verify(server, vault).is_whole


@pytest.mark.parametrize("is_stored", [True, False])
def test_as_long_as_nobody_can_be_asked_it_is_said_that_it_is_not_known(is_stored: bool, there: Archive) -> None:
    there.settles_within = 0
    with _line_breaks_at_commit(there, is_stored=is_stored), pytest.raises(DatabaseAway, match="还不知道") as told:
        _note(there)
    assert "没有保存" not in told.value.sentence
    assert told.value.doubt is not None
    # The next act has its number where it does not stand.
    _note(there, "别的")
    assert there.stands(told.value.doubt) is is_stored


@contextmanager
def _line_breaks_at_commit(archive: Archive, *, is_stored: bool) -> Iterator[None]:
    """The next commit, done or not, is not answered."""
    dialect = archive._writer.dialect
    usual, left = dialect.do_commit, [None]

    def commit(connection: PoolProxiedConnection) -> None:
        if left and is_stored:
            usual(connection)
        if left:
            left.pop()
            connection.driver_connection.close()  # type: ignore[union-attr]
        usual(connection)

    with patch.object(dialect, "do_commit", commit):
        yield


@pytest.mark.parametrize(
    ("fault", "is_away"),
    [
        (psycopg.OperationalError("server closed the connection unexpectedly"), True),
        (psycopg.OperationalError("FATAL:  the database system is starting up"), True),
        (psycopg.OperationalError("FATAL:  sorry, too many clients already"), True),
        (psycopg.OperationalError('FATAL:  database "city" does not exist'), False),
        (psycopg.OperationalError('FATAL:  password authentication failed for user "pxtui"'), False),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.ReadOnlySqlTransaction(), True),
        (psycopg.errors.IdleInTransactionSessionTimeout(), True),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.errors.LockNotAvailable(), False),
        (psycopg.errors.UniqueViolation(), False),
    ],
)
def test_what_may_be_asked_for_again_is_told_from_what_was_refused(fault: psycopg.Error, is_away: bool) -> None:
    assert kind_of(Server("postgresql://pxtui@/city")).is_away(fault) is is_away


def test_a_reader_whom_a_standby_cancels_is_not_told_that_something_was_not_saved(there: Archive) -> None:
    for act, sentence in ((there.reading, "台账正被另一处占用，请稍候再试。"), (there.writing, "没有保存")):
        with pytest.raises(Refused, match=sentence), act():
            raise psycopg.errors.SerializationFailure("canceling statement due to conflict with recovery")


def test_a_database_that_only_reads_takes_no_act_and_is_asked_again_later(there: Archive, server: Server) -> None:
    name = server.url.partition("@/")[2].partition("?")[0]
    database_server.administer(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    there.close()
    with pytest.raises(DatabaseAway, match="只能读不能写"):
        _note(there)
    with pytest.raises(DatabaseAway), there.writing():
        # Whether it is back is asked by whoever writes nothing.
        pass
    assert _noted(there) == []
    database_server.administer(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    there.close()
    _note(there)
    assert _noted(there) == ["一条"]


@pytest.mark.parametrize(
    ("url", "writes", "seconds"),
    [
        ("postgresql://pxtui@a/city", None, 4),
        ("postgresql://pxtui@a,b/city", "read-write", 4),
        ("postgresql://pxtui@a,b/city?target_session_attrs=any&connect_timeout=9", "any", 9),
    ],
)
def test_of_several_hosts_the_one_that_writes_is_wanted_and_the_address_has_the_last_word(
    url: str, writes: str | None, seconds: int
) -> None:
    said = []

    def connect(conninfo: str, **given: Any) -> None:
        said.append(make_conninfo(conninfo, **{name: given.get(name) for name in _OF_LINE}))
        raise psycopg.OperationalError

    with patch.object(psycopg, "connect", connect), suppress(psycopg.OperationalError):
        postgresql_line.connected(Server(url))
    words = said[0].split()
    assert (f"target_session_attrs={writes}" in words) is (writes is not None)
    assert f"connect_timeout={seconds}" in words
    assert "tcp_user_timeout=5000" in words


_OF_LINE = ("connect_timeout", "tcp_user_timeout", "target_session_attrs")
