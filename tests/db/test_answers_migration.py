"""A register of before the answers keeps its cases: nothing was answered, nobody left, no bundle is known."""

import sqlite3
from contextlib import closing
from pathlib import Path

from db.upgrade import upgrade
from tests.db.test_control_migration import LATER, of_revision


def test_a_register_of_before_the_answers_keeps_its_cases(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    of_revision(path, "0003")
    assert upgrade(path, now=LATER) is not None
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT serial, bundle_key FROM training_case").fetchall() == [(1, None)]
        assert connection.execute("SELECT * FROM proposed_change").fetchall() == []
