"""A register of before keeps its public notices; none of them has a proof, and none of its days is marked."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.upgrade import upgrade
from tests.db.test_control_migration import LATER, of_revision

BATCH = (
    "INSERT INTO publicity_batch (office_code, year, serial, published_on, ends_on, payable_from, page_address, "
    "staff_name) VALUES ('dongqu', 2020, 1, '2020-04-24', '2020-04-27', '2020-04-28', 'https://example.org/gs', '张三')"
)
DAY = (
    "INSERT INTO stated_day (what, case_id, batch_id, day, reason, entered_on, entered_by) "
    "VALUES ('published', {case}, {batch}, '2020-04-20', '网站先挂出', '2020-04-24', '张三')"
)


def test_a_notice_of_before_has_its_page_and_no_proof(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    of_revision(path, "0012")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(BATCH)
    assert upgrade(path, now=LATER) is not None
    with closing(sqlite3.connect(path)) as connection:
        kept = connection.execute("SELECT page_address, proof_name, proof_sha256 FROM publicity_batch").fetchall()
        assert kept == [("https://example.org/gs", "", "")]
        assert connection.execute("SELECT * FROM stated_day").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError, match="one_owner"):
            connection.execute(DAY.format(case=1, batch=1))
        connection.execute(DAY.format(case="NULL", batch=1))
