"""A register of before compares its vouchers anew, and loses nothing of where they were known from."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.upgrade import upgrade
from tests.db.test_control_migration import LATER, of_revision

VOUCHER = "INSERT INTO voucher VALUES (?, 1, ?, ?, ?, '2020-04-01', '', '', 1, NULL, NULL, NULL)"
USED = "INSERT INTO used_voucher (id, number, number_key, source) VALUES (?, ?, ?, ?)"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A register that compared numbers like any text, with a case."""
    path = tmp_path / "register.sqlite"
    of_revision(path, "0012")
    return path


def upgraded(path: Path, statement: str, rows: list[tuple[Any, ...]], columns: str) -> list[tuple[Any, ...]]:
    """What the columns hold after the rows were entered and the register was upgraded."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(statement, rows)
    assert upgrade(path, now=LATER) is not None
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {columns} ORDER BY id").fetchall()


def test_the_vouchers_of_a_case_stay_as_typed_and_get_new_keys(older: Path) -> None:
    numbers = ["№ 0441-2001", "0441\u200c2001", "5100200001-04412001", "回 单", "", "HD-1"]
    rows = [(n, n, number, f"of before {n}") for n, number in enumerate(numbers)]
    assert upgraded(older, VOUCHER, rows, "number, number_key, number_tail FROM voucher") == [
        ("№ 0441-2001", "04412001", "04412001"),
        ("0441\u200c2001", "04412001", "04412001"),
        ("5100200001-04412001", "510020000104412001", "04412001"),
        ("回 单", "回单", ""),
        ("", "", ""),
        ("HD-1", "HD1", ""),
    ]


def test_used_vouchers_that_become_one_keep_the_oldest_and_all_sources(older: Path) -> None:
    rows = [
        (1, "0441-2001", "0441-2001", "2020-DQ-0001"),
        (2, "04412002", "04412002", ""),
        (3, "№04412001", "No04412001", "2020-DQ-0003"),
        (4, "04412001", "04412001", "2020-DQ-0001"),
        (5, "04412002 ", "04412002-", "2020-DQ-0005"),
    ]
    assert upgraded(older, USED, rows, "id, number, number_key, number_tail, source FROM used_voucher") == [
        (1, "0441-2001", "04412001", "04412001", "2020-DQ-0001、2020-DQ-0003"),
        (2, "04412002", "04412002", "04412002", "2020-DQ-0005"),
    ]


def test_a_register_without_vouchers_is_upgraded_too(older: Path) -> None:
    assert upgraded(older, USED, [], "id FROM used_voucher") == []
