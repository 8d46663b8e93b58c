"""Nothing that was acknowledged is lost, nothing half done stays, and every fault is a sentence."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.engine import Archive, open_archive
from db.kinds import sqlite
from db.kinds.sqlite import wal_is_safe
from db.models import Applicant, Office, Person, Register, Role, Staff
from db.seal import Vault
from db.upgrade import upgrade
from pxtui.errors import PxtuiError
from tests.db.conftest import NOW
from tests.support import on_server


def _fill(path: Path, vault: Vault) -> None:
    archive = open_archive(path, vault)
    with archive.writing() as session:
        session.add(Office(code="dongqu", name="东区人社局", letter="DQ"))
        session.flush()
        session.add(Register(home_office="dongqu", created_at=NOW, key_check=vault.key_check))
    archive.close()


def test_every_connection_has_the_settings_that_lose_nothing(archive: Archive) -> None:
    on_server.skip_there(on_server.OF_THE_FILE)
    safe = wal_is_safe(sqlite3.sqlite_version_info)
    for transaction in (archive.writing, archive.reading):
        with transaction() as session:
            found = {
                name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
            }
        assert found == {
            "journal_mode": "wal" if safe else "delete",
            "synchronous": 2 if safe else 3,
            "foreign_keys": 1,
            "secure_delete": 1,
            "busy_timeout": 5000,
        }


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_the_write_ahead_log_is_used_only_where_its_fault_is_mended(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_two_that_read_and_then_write_lose_no_update(archive: Archive) -> None:
    with archive.writing() as session:
        session.add(Applicant(name="恒力", credit_code="", credit_code_key="", kind="", county="", staff_count=0))

    def hire() -> None:
        for _ in range(30):
            with archive.writing() as session:
                applicant = session.exec(select(Applicant)).one()
                applicant.staff_count = (applicant.staff_count or 0) + 1

    clerks = [threading.Thread(target=hire) for _ in range(2)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    with archive.reading() as session:
        assert session.exec(select(Applicant.staff_count)).one() == 60


def test_an_error_half_way_leaves_nothing_and_the_next_transaction_works(archive: Archive) -> None:
    with suppress(ZeroDivisionError), archive.writing() as session:
        session.add(Staff(name="张三", office_code="dongqu", role=Role.CLERK))
        session.flush()
        _ = 1 // 0
    with archive.writing() as session:
        session.add(Staff(name="李四", office_code="dongqu", role=Role.CLERK))
    with archive.reading() as session:
        assert session.exec(select(Staff.name)).all() == ["李四"]


def test_what_is_read_cannot_be_changed_by_the_way(archive: Archive) -> None:
    with pytest.raises(PxtuiError), archive.reading() as session:
        session.get_one(Office, "dongqu").name = "西区人社局"
    with archive.reading() as session:
        assert session.get_one(Office, "dongqu").name == "东区人社局"


def test_a_register_locked_by_another_is_told_and_nothing_stored(
    path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 1)
    archive = open_archive(path, vault)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(PxtuiError, match="占用"), archive.writing() as session:
            session.add(Office(code="xiqu", name="西区人社局", letter="XQ"))
    with archive.reading() as session:
        assert session.exec(select(Office)).all() == []
    archive.close()


def test_a_full_disk_is_told_and_what_was_stored_stays(archive: Archive) -> None:
    on_server.skip_there(on_server.OF_THE_FILE)
    with archive.reading() as session:
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(PxtuiError, match="磁盘已满"), archive.writing() as session:
        session.add_all(Office(code=str(number), name="长" * 1000, letter="") for number in range(100))
    with archive.reading() as session:
        assert session.exec(select(Office.code)).all() == ["dongqu"]


@pytest.fixture
def shut_folder() -> Iterator[Path]:
    """A folder that the user of these tests owns and cannot write to, even where the tests run as root."""
    nobody, privileged = 65534, os.geteuid() == 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vault = Vault.create(folder / "key" / "k")
        upgrade(folder / "register.sqlite", now=NOW)
        _fill(folder / "register.sqlite", vault)
        everything = [folder, *folder.rglob("*")]
        if privileged:
            for each in everything:
                os.chown(each, nobody, -1)
        (folder / "register.sqlite").chmod(0o400)
        folder.chmod(0o500)
        if privileged:
            os.seteuid(nobody)
        try:
            yield folder
        finally:
            if privileged:
                os.seteuid(0)
            folder.chmod(0o700)


def test_a_folder_without_write_permission_is_told_and_reading_goes_on(shut_folder: Path) -> None:
    archive = open_archive(shut_folder / "register.sqlite", Vault.open(shut_folder / "key" / "k"))
    with archive.reading() as session:
        assert session.exec(select(Office.code)).all() == ["dongqu"]
    with pytest.raises(PxtuiError, match="只能读不能写"), archive.writing() as session:
        session.add(Office(code="xiqu", name="西区人社局", letter="XQ"))
    archive.close()
    with pytest.raises(PxtuiError, match="不能建立"):
        upgrade(shut_folder / "another.sqlite", now=NOW)


def _of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title)")
    path.chmod(0o600)


def _no_database(path: Path) -> None:
    path.write_bytes("序号,姓名\n".encode() * 1000)


def _torn(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))


def _open_to_others(path: Path) -> None:
    path.chmod(0o644)


def _revised(revision: str) -> Callable[[Path], None]:
    def harm(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))

    return harm


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (Path.unlink, "找不到台账"),
        (_of_another_program, "不是本程序的台账"),
        (_no_database, "不是台账文件"),
        (_torn, "已损坏"),
        (_open_to_others, "对其他用户开放"),
        (_revised("0000"), "先升级台账"),
        (_revised("9999"), "先更新本程序"),
    ],
)
def test_a_file_that_is_no_sound_register_is_refused(
    harm: Callable[[Path], None], sentence: str, path: Path, vault: Vault
) -> None:
    harm(path)
    with pytest.raises(PxtuiError, match=sentence):
        open_archive(path, vault)


def test_a_register_does_not_open_with_the_key_of_another(path: Path, vault: Vault, tmp_path: Path) -> None:
    _fill(path, vault)
    with pytest.raises(PxtuiError, match="不是这个台账的密钥"):
        open_archive(path, Vault.create(tmp_path / "other" / "k"))
    open_archive(path, vault).close()


def test_the_files_hold_no_sealed_text_and_nothing_that_was_deleted(archive: Archive, path: Path, vault: Vault) -> None:
    secrets = ["510402198601120017", "13800000001"]
    with archive.writing() as session:
        person = Person(id_key=vault.look_up_key("id_number", secrets[0]), name="阿木约布")
        person.seal(vault, id_number=secrets[0], phone=secrets[1])
        session.add(person)
    with archive.reading() as session:
        found = session.exec(select(Person).where(col(Person.id_key) == person.id_key)).one()
        assert [found.unseal(vault, "id_number"), found.unseal(vault, "phone")] == secrets
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert "阿木约布".encode() in everything
    assert not [secret for secret in secrets if secret.encode() in everything]
    with archive.writing() as session:
        session.delete(session.get_one(Person, person.id))
    archive.close()
    assert "阿木约布".encode() not in b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_all_files_are_private_while_a_transaction_runs(archive: Archive, path: Path) -> None:
    with archive.writing() as session:
        session.add(Office(code="xiqu", name="西区人社局", letter="XQ"))
        session.flush()
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert len(modes) > 1
    assert set(modes.values()) == {0o600}


@pytest.mark.terminal
def test_opening_an_upgraded_register_does_not_load_alembic(path: Path, vault: Vault, tmp_path: Path) -> None:
    _fill(path, vault)
    program = (
        "import sys\nfrom datetime import datetime, UTC\nfrom pathlib import Path\n"
        "from db.engine import open_archive\nfrom db.seal import Vault\nfrom db.upgrade import upgrade\n"
        "register, key = map(Path, sys.argv[1:])\n"
        "upgrade(register, now=datetime(2020, 3, 16, tzinfo=UTC))\n"
        "open_archive(register, Vault.open(key)).close()\n"
        "print('alembic' in sys.modules)"
    )
    arguments = [sys.executable, "-c", program, str(path), str(tmp_path / "key" / "pxtui.key")]
    assert subprocess.run(arguments, check=True, capture_output=True, text=True).stdout == "False\n"
