"""A register of before is recognised as one for practice by its journal, and begins without a calendar of its own."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.upgrade import upgrade
from tests.db.test_control_migration import LATER, of_revision
from tests.support.practice import practice_home

ENTRY = (
    "INSERT INTO journal_entry (uid, at, staff_name, action, summary, before, after) "
    "VALUES ('u', ?, '张三', 'case.file', '', '', '')"
)
REGISTER = (
    "INSERT INTO register (id, home_office, schema_note, created_at, key_check) "
    "VALUES (1, 'dongqu', '', '2020-06-15', '')"
)


def _of_before(path: Path, moments: list[str]) -> bool:
    """Whether a register with these entries is one for practice once it is upgraded."""
    of_revision(path, "0017")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(REGISTER)
        for moment in moments:
            connection.execute(ENTRY, (moment,))
    upgrade(path, now=LATER)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM calendar_version").fetchone() == (0,)
        (is_practice, first) = connection.execute("SELECT is_practice, clock_from_entry FROM register").fetchone()
    assert first == 0
    return bool(is_practice)


def test_the_practice_register_goes_back_in_time_again_and_again(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = practice_home(tmp_path / "pxtui-practice", tmp_path_factory)
    with closing(sqlite3.connect(place.register)) as connection:
        moments = [moment for (moment,) in connection.execute("SELECT at FROM journal_entry ORDER BY id")]
    assert _of_before(tmp_path / "register.sqlite", moments)
    shutil.rmtree(place.root)


@pytest.mark.parametrize("steps_back", [0, 1, 9])
def test_a_register_in_which_a_clock_was_mended_is_a_real_one(tmp_path: Path, steps_back: int) -> None:
    day = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    moments = []
    for step in range(60):
        day += timedelta(days=-2 if step < steps_back * 2 and step % 2 else 1)
        moments.append(day.isoformat(timespec="microseconds"))
    assert not _of_before(tmp_path / "register.sqlite", moments)
