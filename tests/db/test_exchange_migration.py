"""A register of before gives what a bundle said is used back to its case, and loses nothing of what is common."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.upgrade import upgrade
from tests.db.test_control_migration import LATER, of_revision

USED = "INSERT INTO used_voucher (id, number, number_key, source) VALUES (?, ?, ?, ?)"
EARLIER = (
    "INSERT INTO earlier_training (uid, id, id_number, name, occupation, starts_on, delivery, subsidised, paid, source)"
    " VALUES (?, ?, '', '', '焊工', '2020-01-06', 'offline', 1, 1, ?)"
)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A register of before with the case 2020-DQ-0001."""
    path = tmp_path / "register.sqlite"
    of_revision(path, "0012")
    return path


def test_what_a_bundle_said_is_used_becomes_that_of_its_case(older: Path) -> None:
    rows = [
        (1, "0441-2001", "0441-2001", "2020-DQ-0001"),
        (2, "04412002", "04412002", "仁和区"),
        (3, "04412003", "04412003", ""),
        (4, "04412004", "04412004", "2020-DQ-0099"),
        (5, "04412005", "04412005", "2020-DQ-0001、2020-DQ-0099"),
        (6, "04412006", "04412006", "2020-DQ-0001、2020-DQ-0001"),
    ]
    with closing(sqlite3.connect(older)) as connection, connection:
        connection.executemany(USED, rows)
    assert upgrade(older, now=LATER) is not None
    with closing(sqlite3.connect(older)) as connection:
        of_cases = connection.execute("SELECT DISTINCT case_id, number FROM bundle_voucher ORDER BY id").fetchall()
        common = connection.execute("SELECT id, source FROM used_voucher ORDER BY id").fetchall()
    (case_id,) = {case_id for case_id, _ in of_cases}
    assert of_cases == [(case_id, "0441-2001"), (case_id, "04412006")]
    assert common == [(2, "仁和区"), (3, ""), (4, "2020-DQ-0099"), (5, "2020-DQ-0001、2020-DQ-0099")]


def test_trainings_of_bundles_of_before_have_a_source_that_can_be_named(older: Path) -> None:
    with closing(sqlite3.connect(older)) as connection, connection:
        connection.executemany(EARLIER, [("a", 1, ""), ("b", 2, "省平台.csv")])
    upgrade(older, now=LATER)
    with closing(sqlite3.connect(older)) as connection:
        told = connection.execute("SELECT source FROM earlier_training ORDER BY id").fetchall()
    assert told == [("较早导入的案件包",), ("省平台.csv",)]
