"""Every transaction is bound to the one before, and no row is changed that somebody altered past the program."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, delete, insert, select, update

from db.chain import links
from db.chain.findings import What
from db.chain.walk import verify
from db.engine import Archive
from db.models import Office, Register, Role, Staff
from db.seal import Vault
from pxtui.errors import Damaged
from tests.db.conftest import NOW


def past_the_program(path: Path, *statements: str) -> None:
    """What somebody does who opens the file with another program."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def rows_of(path: Path, statement: str) -> list[Sequence[Any]]:
    """The rows of a statement."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def add_staff(archive: Archive, name: str, role: Role = Role.CLERK) -> None:
    """One transaction of 张三."""
    with archive.writing("张三", NOW) as session:
        session.add(Staff(name=name, office_code="dongqu", role=role))


def test_a_transaction_leaves_one_link_with_its_person_moment_and_rows(archive: Archive, path: Path) -> None:
    with archive.writing("张三", NOW) as session:
        session.add(Staff(name="李四", office_code="dongqu", role=Role.CLERK))
        session.flush()
        session.get_one(Office, "dongqu").name = "东区人力资源和社会保障局"
    found = rows_of(path, "SELECT staff_name, at, writes FROM chain_link ORDER BY id")
    assert [person for person, _, _ in found] == ["", "张三"]
    assert found[-1][1] == "2020-03-16T02:30:00.000000+00:00"
    written = {(write.table, bool(write.before), bool(write.after)) for write in links.unpacked(found[-1][2])}
    assert written == {("staff", False, True), ("office", True, True)}


def test_a_transaction_that_changes_nothing_leaves_none(archive: Archive, path: Path) -> None:
    before = rows_of(path, "SELECT count(*) FROM chain_link")
    with archive.writing("张三", NOW) as session:
        session.get_one(Office, "dongqu").name = "西区"
        session.flush()
        session.get_one(Office, "dongqu").name = "东区人社局"
    with archive.writing("张三", NOW) as session, session.begin_nested() as tried:
        session.add(Staff(name="李四", office_code="dongqu", role=Role.CLERK))
        session.flush()
        tried.rollback()
    assert rows_of(path, "SELECT count(*) FROM chain_link") == before


def test_rows_deleted_or_changed_by_one_statement_are_bound_one_by_one(
    archive: Archive, path: Path, vault: Vault
) -> None:
    for name in ("李四", "王五", "赵六"):
        add_staff(archive, name)
    with archive.writing("张三", NOW) as session:
        session.exec(update(Staff).where(col(Staff.name) == "李四").values(active=False))
        session.exec(delete(Staff).where(col(Staff.name).in_(select(Staff.name).where(Staff.name != "李四"))))
    ((writes,),) = rows_of(path, "SELECT writes FROM chain_link ORDER BY id DESC LIMIT 1")
    assert [(write.table, bool(write.after)) for write in links.unpacked(writes)] == [
        ("staff", True),
        ("staff", False),
        ("staff", False),
    ]
    assert verify(path, vault).is_whole


def test_a_number_that_is_given_again_is_bound_again(archive: Archive, path: Path, vault: Vault) -> None:
    add_staff(archive, "李四")
    with archive.writing("张三", NOW) as session:
        session.exec(delete(Staff))
        session.add(Staff(name="王五", office_code="dongqu", role=Role.CLERK))
    assert verify(path, vault).is_whole


def test_a_statement_that_tells_no_rows_is_refused(archive: Archive) -> None:
    with pytest.raises(TypeError, match="bound to no link"), archive.writing() as session:
        session.execute(insert(Office).values(code="xiqu", name="西区", letter="XQ"))
    with archive.reading() as session:
        assert session.exec(select(Office.code)).all() == ["dongqu"]


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE staff SET role = '管理员' WHERE name = '李四'",
        "UPDATE row_proof SET tags = x'00' WHERE table_name = 'staff'",
        "DELETE FROM row_proof WHERE table_name = 'staff'",
    ],
)
def test_what_was_altered_past_the_program_is_not_changed_any_more(
    act: str, archive: Archive, path: Path, vault: Vault
) -> None:
    add_staff(archive, "李四")
    past_the_program(path, act)
    with pytest.raises(Damaged, match="pxtui verify"), archive.writing() as session:
        session.exec(select(Staff)).one().active = False
    with pytest.raises(Damaged, match="pxtui verify"), archive.writing() as session:
        session.delete(session.exec(select(Staff)).one())
    with pytest.raises(Damaged, match="pxtui verify"), archive.writing() as session:
        session.exec(delete(Staff))
    with archive.reading() as session:
        assert [member.active for member in session.exec(select(Staff))] == [True]
    assert not verify(path, vault).is_whole


def test_a_row_whose_link_was_taken_out_is_told_with_the_last_one_that_stands(
    archive: Archive, path: Path, vault: Vault
) -> None:
    add_staff(archive, "李四")
    for role in (Role.REVIEWER, Role.HEAD):
        with archive.writing("张三", NOW) as session:
            session.exec(select(Staff)).one().role = role
    past_the_program(path, "DROP TRIGGER chain_link_no_delete", "DELETE FROM chain_link WHERE id = 3")
    found = [finding for finding in verify(path, vault).findings if finding.what is What.WRITTEN_OVER]
    assert [(finding.table, finding.key, finding.link, finding.about) for finding in found] == [("staff", (1,), 2, "4")]


def test_nothing_is_done_where_the_link_cannot_be_written(archive: Archive, path: Path) -> None:
    # A register whose chain takes no more links, as on a disk that fails at just that write.
    past_the_program(path, "CREATE TRIGGER full BEFORE INSERT ON chain_link BEGIN SELECT RAISE(ABORT, '磁盘'); END")
    for number in range(20):
        with pytest.raises(Exception, match="磁盘"):
            add_staff(archive, f"李{number}")
        with pytest.raises(Exception, match="磁盘"), archive.writing() as session:
            session.get_one(Office, "dongqu").name = "西区"
    with archive.reading() as session:
        assert (session.exec(select(Staff)).all(), session.get_one(Office, "dongqu").name) == ([], "东区人社局")


def test_a_register_that_lost_its_chain_takes_no_acts(archive: Archive, path: Path, vault: Vault) -> None:
    with archive.writing() as session:
        session.add(Register(home_office="dongqu", created_at=NOW, key_check=vault.key_check))
    past_the_program(
        path, "DROP TRIGGER chain_link_no_delete", "DELETE FROM chain_link", "DELETE FROM row_proof"
    )  # fmt: skip
    with pytest.raises(Damaged, match="校验链不见了"):
        add_staff(archive, "李四")
    assert not verify(path, vault).is_whole


def test_with_a_new_key_of_the_chain_everything_is_bound_anew(archive: Archive, path: Path, vault: Vault) -> None:
    add_staff(archive, "李四")
    head = archive.bind_anew(NOW, draw=True)
    assert verify(path, vault).head == head
    add_staff(archive, "王五")
    result = verify(path, vault, anchors=[head])
    assert (result.is_whole, rows_of(path, "SELECT DISTINCT key_version FROM chain_link")) == (True, [(1,), (2,)])
