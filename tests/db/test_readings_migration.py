"""A register of before finds its people and applicants by every reading once it is upgraded."""

import sqlite3
from contextlib import closing
from pathlib import Path

from db.upgrade import upgrade
from tests.db.test_control_migration import LATER, of_revision

PERSON = "INSERT INTO person (id, uid, id_key, name, initials, id_number, phone) VALUES (?, ?, ?, ?, ?, x'', x'')"
APPLICANT = (
    "UPDATE applicant SET name = '攀枝花市长江银行', initials = 'zjyx' WHERE id = (SELECT min(id) FROM applicant)"
)


def test_names_of_before_are_read_otherwise_too(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    of_revision(path, "0016")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(PERSON, [(8, "a", b"a", "翟新", "dx"), (9, "b", b"b", "李四", "ls")])
        connection.execute(APPLICANT)
    assert upgrade(path, now=LATER) is not None
    with closing(sqlite3.connect(path)) as connection:
        people = connection.execute("SELECT initials, person_id FROM other_initials WHERE person_id IS NOT NULL")
        assert people.fetchall() == [("zx", 8)]
        firms = connection.execute("SELECT initials FROM other_initials WHERE applicant_id IS NOT NULL ORDER BY id")
        assert firms.fetchall() == [("cjyx",), ("zjyh",), ("cjyh",)]
