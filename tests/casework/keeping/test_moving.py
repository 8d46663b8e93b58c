"""A register moved to another place has every row, text, sum and link of the old one, and the old one is untouched."""

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlmodel import col, select

from db import copying
from db.chain.walk import verify
from db.models import Act, JournalEntry, Role, Row
from db.seal import Vault
from pxtui.casework.decision.replay import replay
from pxtui.casework.desk.search import search
from pxtui.casework.keeping import moving
from pxtui.casework.office import journal
from pxtui.casework.office.register import open_register
from pxtui.casework.staff import members
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.casework.keeping.test_rotating import ACTING
from tests.conftest import empty_register
from tests.support import database_server, on_server
from tests.support.chain import past_the_program, verified
from tests.support.practice import practice_home
from tests.support.seals import texts_under_seal

NOT_TO_COMPARE = {"row_proof", "chain_key", "chain_link", "register", "journal_entry"}
"""Made anew, or with more rows in the copy; what is in them is asked for otherwise."""
NEEDS_SERVER = pytest.mark.skipif(database_server.binaries() is None, reason="no PostgreSQL on this machine")


@pytest.fixture
def old(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The practice register, with a file of the office's own."""
    if on_server.is_chosen():
        pytest.skip("begins with a file")
    home = practice_home(tmp_path / "old", tmp_path_factory)
    home.wording.mkdir(exist_ok=True)
    (home.wording / "refusal.txt").write_text("本局自己的用语", encoding="utf-8")
    return home


@pytest.fixture
def new(tmp_path: Path) -> Home:
    """A folder that is not there yet."""
    return Home(tmp_path / "new")


def _digest(home: Home) -> str:
    return hashlib.sha256(home.register.read_bytes()).hexdigest()


def _plain_rows(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """All columns without bytes of all tables that nobody adds to."""
    found = {}
    with closing(sqlite3.connect(home.register)) as file:
        for table in Row.metadata.sorted_tables:
            if table.name not in NOT_TO_COMPARE:
                names = ", ".join(
                    f'"{column.name}"' for column in table.columns if column.type.python_type is not bytes
                )
                found[table.name] = file.execute(f"SELECT {names} FROM {table.name} ORDER BY 1, 2").fetchall()  # noqa: S608
    return found


def _head(home: Home) -> str:
    return verified(home).head


def test_a_copy_in_a_folder_is_the_same_register_under_another_key(old: Home, new: Home) -> None:
    head, digest, texts = _head(old), _digest(old), texts_under_seal(old)
    copied = moving.move(old, new, ACTING.at)
    assert (copied.head, _digest(old)) == (head, digest)
    assert _plain_rows(new) == _plain_rows(old)
    after = texts_under_seal(new)
    assert {place: after[place] for place in texts} == texts
    assert verify(new.database, Vault.open(new.key), anchors=[head]).is_whole
    assert (new.wording / "refusal.txt").read_text("utf-8") == "本局自己的用语"
    of_old_key_alone = Vault(Vault.open(old.key).keys()).in_force(1, 1)
    with pytest.raises(PxtuiError, match="打不开"):
        texts_under_seal(new, of_old_key_alone)


def _asked(home: Home) -> tuple[object, ...]:
    """What a policy officer and a clerk ask a register."""
    register = open_register(home, ACTING.at)
    with register.reading(ACTING) as context:
        found = replay(context)
        entry = context.session.exec(
            select(JournalEntry).where(JournalEntry.action == Act.REGISTER_COPY).order_by(col(JournalEntry.id).desc())
        ).first()
        noted = journal.values(context, entry)[1] if entry else {}
        numbers = [case.number for case in search(context, "2020-DQ-0010").cases]
    register.close()
    return found.decisions, found.differences, numbers, noted.get("head", "")


@NEEDS_SERVER
def test_from_a_file_to_a_server_and_back_into_a_file_nothing_is_lost(old: Home, new: Home, tmp_path: Path) -> None:
    decisions, differences, numbers, _ = _asked(old)
    (tmp_path / "there").mkdir()
    there = Home(tmp_path / "city", on_server.make_for(tmp_path / "there"))
    first = moving.move(old, there, ACTING.at)
    assert _asked(there) == (decisions, differences, numbers, first.head)
    assert verify(there.database, Vault.open(there.key), anchors=[first.head]).is_whole
    register = open_register(there, ACTING.at)
    with register.writing(ACTING) as context:
        members.add(context, "王新人", Role.CLERK)
    register.close()
    archived = moving.move(there, new, ACTING.at)
    assert _asked(new)[:3] == (decisions, differences, numbers)
    assert verify(new.database, Vault.open(new.key), anchors=[first.head, archived.head]).is_whole
    texts, after = texts_under_seal(old), texts_under_seal(new)
    assert {place: after[place] for place in texts} == texts
    rows, rows_after = _plain_rows(old), _plain_rows(new)
    assert {name for name in rows if rows[name] != rows_after[name]} == {"staff"}
    assert archived.sums == first.sums


@pytest.fixture
def small(tmp_path: Path) -> Home:
    """A register in which nothing was done yet."""
    if on_server.is_chosen():
        pytest.skip("begins with a file")
    register = empty_register(Home(tmp_path / "small"))
    register.close()
    return register.home


def test_a_register_that_was_altered_past_the_program_is_not_copied(small: Home, new: Home) -> None:
    past_the_program(small.register, "UPDATE staff SET role = '负责人'")
    with pytest.raises(PxtuiError, match="1处内容被程序以外的途径改动，没有复制"):
        moving.move(small, new, ACTING.at)
    assert not new.root.exists()


def test_a_folder_that_is_there_is_never_written_into(small: Home, new: Home) -> None:
    new.root.mkdir()
    with pytest.raises(PxtuiError, match="已经存在，没有复制"):
        moving.move(small, new, ACTING.at)
    assert list(new.root.iterdir()) == []


def test_of_a_copy_that_is_not_the_same_nothing_is_left(small: Home, new: Home) -> None:
    def elsewhere(fields: copying._Fields, row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, **({"name": "西区"} if fields._table.name == "office" else {})}

    with (
        patch.object(copying._Fields, "anew", elsewhere),
        pytest.raises(PxtuiError, match="表office复制后与原来不一致"),
    ):
        moving.move(small, new, ACTING.at)
    assert [path.name for path in new.root.parent.iterdir() if "new" in path.name] == []


def test_a_table_that_a_later_version_adds_is_copied_too(small: Home, new: Home) -> None:
    copied = moving.move(small, new, ACTING.at)
    with closing(sqlite3.connect(new.register)) as file:
        tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables - set(copied.rows) == {"alembic_version", "row_proof"}


def test_who_repeats_a_copy_that_broke_off_gets_the_key_that_it_left_and_never_that_of_another_register() -> None:
    vault = Vault({1: bytes(32), 2: bytes(range(32))}).in_force(2, 2)
    first = copying.with_next_key(vault, {})
    assert first.versions == (1, 2, 3)
    assert first.version == first.look_up_version == 3
    assert copying.with_next_key(vault, first.keys()).keys() == first.keys()
    of_another = {**first.keys(), 2: bytes(32)}
    assert copying.with_next_key(vault, of_another).keys() not in (first.keys(), of_another)


def test_a_folder_with_the_key_of_another_register_is_not_written_into(small: Home, new: Home) -> None:
    key = Vault.create(new.key)
    with pytest.raises(PxtuiError, match="另一个台账的密钥"):
        moving._put_files(small, new, copying.with_next_key(Vault.open(small.key), {}))
    assert Vault.open(new.key).keys() == key.keys()
