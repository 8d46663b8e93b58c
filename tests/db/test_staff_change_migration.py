"""A register of before passwords took two people keeps the changes that wait, and takes the new kinds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.upgrade import upgrade
from tests.db.test_control_migration import LATER, of_revision

_INSERT = (
    "INSERT INTO staff_change (uid, kind, about, proposed_on, proposed_by, in_force) "
    "VALUES ('u', ?, x'', '2020-03-16', '赵六', 0)"
)


def test_what_waited_waits_and_a_password_can(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    of_revision(path, "0027")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_INSERT, ("role",))
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(_INSERT, ("password",))
    assert upgrade(path, now=LATER) is not None
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute("SELECT kind, proposed_by FROM staff_change").fetchall() == [("role", "赵六")]
        for kind in ("password", "key", "account"):
            connection.execute(_INSERT, (kind,))
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(_INSERT, ("anything",))
