"""An upgrade is whole or was not: whatever ends it, the register is of one revision and every backup is whole."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.revision import HEAD, stored_revision
from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.conftest import NOW
from tests.support.ended_command import Ended, run, steps_of
from tests.support.old_registers import cases_in, make_old_register

IN_THE_GATE, STEPS_OF_EACH = 3, 6
NOTED_BY_THE_PROGRAM = {"journal_entry", "chain_link", "chain_key", "row_proof"}
OF_BEFORE = [f"{number:04}" for number in range(2, int(HEAD))]


def upgraded(home: Home, before_step: int | None = None) -> Ended:
    """`pxtui db upgrade`, which may kill itself."""
    return run(home.root, "db", "upgrade", day=None, before_step=before_step)


def totals(path: Path) -> dict[str, int]:
    """The rows of every table that has some and the sums of amounts, without what a program notes of itself."""
    found = {}
    with closing(sqlite3.connect(path)) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            ((found[table],),) = file.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - of the file itself
            columns = file.execute(
                "SELECT name FROM pragma_table_info(?) WHERE name LIKE '%!_fen' ESCAPE '!'", (table,)
            )
            for (column,) in columns.fetchall():
                statement = f'SELECT coalesce(sum("{column}"), 0) FROM "{table}"'  # noqa: S608 - likewise
                ((found[f"{table}.{column}"],),) = file.execute(statement)
    return {name: total for name, total in found.items() if total and name not in NOTED_BY_THE_PROGRAM}


def assert_old_or_new(home: Home, old: str, before: dict[str, int]) -> None:
    """What stands after a kill, to the row and the fen, and that the next start brings it to the end."""
    assert before.items() <= totals(home.register).items()
    assert stored_revision(home.register) in (old, HEAD)
    assert cases_in(home) == 1
    backups = list(home.register.parent.glob("*.backup.sqlite"))
    for backup in backups:
        with closing(sqlite3.connect(backup)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert stored_revision(backup) == old
        assert totals(backup) == before
    again = upgraded(home)
    assert (again.code, again.said) == (0, "台账已是本程序的版本。\n")
    assert {path for path in home.register.parent.iterdir() if path not in backups} >= {home.register}
    assert not [path for path in home.register.parent.iterdir() if path.name.startswith(".")]
    register = open_register(home, NOW)
    register.close()
    assert before.items() <= totals(home.register).items()


@pytest.mark.terminal
def test_an_upgrade_that_is_killed_leaves_the_old_register_or_the_new_one(tmp_path: Path) -> None:
    counted = Home(tmp_path / "counted")
    make_old_register(counted, "0017")
    last = steps_of(upgraded(counted, -1))
    assert last > 50
    for step in (*random.Random(2020).sample(range(last - 4), IN_THE_GATE), last - 1):
        home = Home(tmp_path / str(step))
        make_old_register(home, "0017")
        before = totals(home.register)
        assert upgraded(home, step).code == -9
        assert_old_or_new(home, "0017", before)


@pytest.mark.terminal
@pytest.mark.long
@pytest.mark.parametrize("revision", OF_BEFORE)
def test_an_upgrade_from_any_revision_killed_at_steps_of_it_leaves_old_or_new(revision: str, tmp_path: Path) -> None:
    counted = Home(tmp_path / "counted")
    make_old_register(counted, revision)
    last = steps_of(upgraded(counted, -1))
    chance = random.Random(revision)
    for step in (*chance.sample(range(last - 4), STEPS_OF_EACH - 1), last - 1):
        home = Home(tmp_path / str(step))
        make_old_register(home, revision)
        before = totals(home.register)
        assert before["training_case"] == 1
        assert upgraded(home, step).code == -9
        assert_old_or_new(home, revision, before)


@pytest.mark.terminal
@pytest.mark.long
def test_an_upgrade_from_the_one_before_killed_at_every_step_leaves_old_or_new(tmp_path: Path) -> None:
    step = 0
    while True:
        home = Home(tmp_path / str(step))
        make_old_register(home, OF_BEFORE[-1])
        before = totals(home.register)
        if upgraded(home, step).code == 0:
            break
        assert_old_or_new(home, OF_BEFORE[-1], before)
        shutil.rmtree(home.root)
        step += 1
    assert step > 40


@pytest.mark.terminal
def test_two_upgrades_in_the_same_second_make_a_backup_each(tmp_path: Path) -> None:
    from db.upgrade import upgrade

    home = Home(tmp_path / "data")
    make_old_register(home, "0017")
    kept = home.register.read_bytes()
    first = upgrade(home.register, now=NOW)
    home.register.write_bytes(kept)
    second = upgrade(home.register, now=NOW)
    assert first is not None
    assert second is not None
    assert {first.name, second.name} == {
        "register-0017-20200316T020000Z.backup.sqlite",
        "register-0017-20200316T020000Z-2.backup.sqlite",
    }
