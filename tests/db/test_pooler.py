"""A register by way of pgbouncer in transaction mode, where no transaction has the line of the one before."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from db.chain.walk import verify
from db.engine import Archive, open_archive
from db.models import Act, JournalEntry, Office, Register
from db.seal import Vault
from tests.db.conftest import NOW
from tests.support import database_server, on_server, pooler

pytestmark = pytest.mark.skipif(
    database_server.binaries() is None or pooler.program() is None, reason="no PostgreSQL or no pgbouncer here"
)
REGISTERS, ROUNDS = 3, 8
"""More registers than lines, and more rounds than it takes for a driver to prepare a statement."""


def test_registers_write_and_read_over_lines_that_they_share(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "on-server").mkdir()
    server = on_server.make_for(tmp_path / "on-server")
    with pooler.pooled(server) as shared, ExitStack() as opened:
        registers = [open_archive(shared, vault) for _ in range(REGISTERS)]
        for register in registers:
            opened.callback(register.close)
        with registers[0].writing("张三", NOW) as session:
            session.add(Office(code="dongqu", name="东区人社局", letter="DQ"))
            session.flush()
            session.add(Register(home_office="dongqu", created_at=NOW, key_check=vault.key_check))
        for _ in range(ROUNDS):
            for register in registers:
                _note(register)
        # Two at once have both lines.
        with registers[0].reading() as before, registers[1].writing("张三", NOW) as session:
            assert _setting(session, "lock_timeout") == "5s"
            assert _setting(session, "search_path") == "public"
            assert _setting(before, "search_path") == "public"
            assert _setting(before, "transaction_read_only") == "on"
            session.add(_entry())
        with registers[2].reading() as after:
            numbers = list(after.exec(select(JournalEntry.id).order_by(col(JournalEntry.id))))
        assert numbers == list(range(1, REGISTERS * ROUNDS + 2))
        assert verify(shared, vault).is_whole


def _note(register: Archive) -> None:
    with register.writing("张三", NOW) as session:
        session.add(_entry())
    with register.reading() as session:
        assert session.get(Office, "dongqu") is not None


def _entry() -> JournalEntry:
    return JournalEntry(at=NOW, staff_name="张三", action=Act.OFFICE_SET, summary="一条")


def _setting(session: Session, name: str) -> str:
    return str(session.connection().exec_driver_sql(f"SHOW {name}").scalar_one())
