"""Backups made while clerks key: each one opens, is of one moment, and stands for what its manifest says."""

import os
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlmodel import Session, col, func, select

from db import backup_list
from db.backup import copy
from db.engine import private_engine
from db.models import Act, JournalEntry, OfficeSetting
from pxtui.casework.keeping import backups, restoring, sealed_archive
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.errors import Damaged, NotFound, PxtuiError, Refused
from pxtui.home import Home
from tests.conftest import ACTING, NOW


def _count(session: Session) -> int:
    entries = select(func.count()).select_from(JournalEntry).where(col(JournalEntry.action) == Act.OFFICE_SET)
    return session.exec(entries).one()


def _keeps_keying(register: Register, is_over: threading.Event) -> int:
    """Change the office's phone to the number of changes so far, in one transaction with its journal entry."""
    done = 0
    while not is_over.is_set():
        # Two who never pause may wait for each other too long; then they do it again.
        with suppress(Refused), register.writing(ACTING) as context:
            office_settings.change(context, office_phone=f"{_count(context.session) + 1:08}")
            done += 1
    return done


def _phone_and_count(home: Home) -> tuple[str, int]:
    engine = private_engine(home.register)
    try:
        with Session(engine) as session:
            setting = session.exec(select(OfficeSetting)).first()
            return ("" if setting is None else setting.office_phone), _count(session)
    finally:
        engine.dispose()


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [15, pytest.param(500, marks=pytest.mark.long)])
def test_backups_while_two_clerks_key_are_all_whole_and_of_one_moment(
    register: Register, private: X25519PrivateKey, tmp_path: Path, rounds: int
) -> None:
    is_over = threading.Event()
    made = []
    with ThreadPoolExecutor(2) as clerks:
        keying = [clerks.submit(_keeps_keying, register, is_over) for _ in range(2)]
        try:
            made = [backups.back_up(register.home, NOW + timedelta(days=number), tmp_path) for number in range(rounds)]
        finally:
            is_over.set()
        assert sum(clerk.result() for clerk in keying) > rounds
    seen = []
    for backup in backup_list.listed(tmp_path):
        place = tmp_path / backup.name.removesuffix(backup_list.SUFFIX)
        restored = restoring.restore(tmp_path / backup.name, private, place)
        assert backup.is_whole
        assert restored.backup.content_digest == backup.content_digest == _digest(place)
        phone, changes = _phone_and_count(Home(place))
        assert int(phone or 0) == changes
        assert restored.backup.content.rows["journal_entry"] == restored.backup.content.journal
        seen.append(changes)
    kept = {backup.name for backup in made[-backup_list.DAYS_KEPT :]}
    assert kept <= {backup.name for backup in backup_list.listed(tmp_path)}
    assert seen == sorted(seen)


def _digest(place: Path) -> str:
    with Home(place).register.open("rb") as file:
        return backups.digest_of(file)


def test_without_an_office_key_nothing_is_backed_up_and_it_is_said_how_to_make_one(register: Register) -> None:
    with pytest.raises(NotFound, match="pxtui backup key create --to"):
        backups.back_up(register.home, NOW)
    assert backups.back_up_daily(register.home, NOW) is None
    assert not register.home.backups.exists()


def test_the_first_start_of_a_day_makes_the_backup_and_no_other(register: Register, private: X25519PrivateKey) -> None:
    del private
    first = backups.back_up_daily(register.home, NOW)
    assert first is not None
    assert backups.back_up_daily(register.home, NOW + timedelta(hours=7)) is None
    assert backups.back_up_daily(register.home, NOW + timedelta(days=1)) is not None
    with backup_list.turn(register.home.backups, waits=True):
        assert backups.back_up_daily(register.home, NOW + timedelta(days=2)) is None


def test_what_is_kept_of_three_years_of_days(register: Register) -> None:
    content = copy(register.home.register, register.home.root / "copy.sqlite")
    days = [NOW + timedelta(days=number, minutes=minute) for number in range(3 * 365) for minute in (0, 30)]
    made = [
        backup_list.Backup(f"{day:%Y%m%d%H%M}{backup_list.SUFFIX}", day, 1, "", "", "", "", content) for day in days
    ]
    kept: list[backup_list.Backup] = []
    for backup in made:
        kept.append(backup)
        for going in backup_list.going_of(kept):
            kept.remove(going)
        assert kept[-1] is backup
    assert [backup.made_at for backup in kept[-2:]] == days[-2:]
    assert {backup.made_at.date() for backup in kept[-36:]} == {day.date() for day in days[-70:]}
    assert len(kept) == backup_list.DAYS_KEPT + 1 + backup_list.MONTHS_KEPT - 2
    assert len({(backup.made_at.year, backup.made_at.month) for backup in kept}) == backup_list.MONTHS_KEPT


def test_the_last_good_backup_stays_when_the_clock_was_wrong(register: Register, private: X25519PrivateKey) -> None:
    del private
    good = backups.back_up(register.home, NOW)
    for number in range(3):
        backups.back_up(register.home, NOW + timedelta(days=30_000, hours=number))
    assert good.name in {backup.name for backup in backup_list.listed(register.home.backups)}


def test_an_altered_register_is_backed_up_and_the_last_good_backup_stays_for_ever(
    register: Register, private: X25519PrivateKey
) -> None:
    del private
    good = backups.back_up(register.home, NOW)
    engine = private_engine(register.home.register)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE staff SET name = '别人'")
    engine.dispose()
    altered = backups.back_up(register.home, NOW + timedelta(days=1))
    assert (good.is_whole, altered.is_whole) == (True, False)
    later = [replace(altered, name=f"{day}", made_at=NOW + timedelta(days=day)) for day in range(1, 500)]
    assert good not in backup_list.going_of([good, *later])


@pytest.fixture
def made(register: Register, private: X25519PrivateKey) -> backup_list.Backup:
    """A backup of a small register."""
    del private
    return backups.back_up(register.home, NOW)


@pytest.mark.parametrize("flips", [1000])
def test_a_single_bit_that_flipped_anywhere_is_refused(
    register: Register, private: X25519PrivateKey, made: backup_list.Backup, tmp_path: Path, flips: int
) -> None:
    whole = bytearray((register.home.backups / made.name).read_bytes())
    lots = random.Random(14)
    # Half of them where the file says what it is and for whom: there a mistake of the program would be.
    places = [lots.randrange(240 if number % 2 else len(whole)) for number in range(flips)]
    flipped = tmp_path / "flipped"
    for number, place in enumerate(places):
        whole[place] ^= (bit := 1 << lots.randrange(8))
        flipped.write_bytes(whole)
        whole[place] ^= bit
        with pytest.raises(PxtuiError):
            restoring.restore(flipped, private, tmp_path / f"new{number}")
    assert not list(tmp_path.glob("*new*"))
    flipped.write_bytes(whole)
    restoring.restore(flipped, private, tmp_path / "new")


def test_a_backup_that_is_cut_anywhere_is_not_listed_and_not_restored(
    register: Register, private: X25519PrivateKey, made: backup_list.Backup, tmp_path: Path
) -> None:
    file = register.home.backups / made.name
    whole = file.read_bytes()
    assert [backup.name for backup in backup_list.listed(register.home.backups)] == [made.name]
    for length in range(0, len(whole), -(-len(whole) // 100)):
        file.write_bytes(whole[:length])
        assert backup_list.listed(register.home.backups) == []
        with pytest.raises(PxtuiError):
            restoring.restore(file, private, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_frames_cannot_be_left_out_repeated_exchanged_or_cut_off(
    register: Register, private: X25519PrivateKey, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sealed_archive, "FRAME_BYTES", 4096)
    backup = backups.back_up(register.home, NOW)
    whole = (register.home.backups / backup.name).read_bytes()
    head = whole.index(b"\n") + 1 + 80
    frames = [whole[place : place + 4096 + 16] for place in range(head, len(whole), 4096 + 16)]
    assert len(frames) > 100
    forged = {
        "left out": frames[:7] + frames[8:],
        "repeated": [*frames[:7], frames[6], *frames[7:]],
        "exchanged": [*frames[:7], frames[8], frames[7], *frames[9:]],
        "cut off": frames[:-1],
        "doubled end": [*frames, frames[-1]],
    }
    for manner, others in forged.items():
        (tmp_path / "forged").write_bytes(whole[:head] + b"".join(others))
        with pytest.raises(Damaged, match="不完整或已被改动"):
            restoring.restore(tmp_path / "forged", private, tmp_path / manner)
    restoring.restore(register.home.backups / backup.name, private, tmp_path / "new")


def test_another_office_s_key_opens_nothing(
    register: Register, made: backup_list.Backup, private: X25519PrivateKey, tmp_path: Path
) -> None:
    del private
    with pytest.raises(Refused, match="不是为这把备份私钥"):
        restoring.restore(register.home.backups / made.name, X25519PrivateKey.generate(), tmp_path / "new")


class Cut(BaseException):
    """The process ends here."""


def _cut_after(monkeypatch: pytest.MonkeyPatch, calls: int, fault: Callable[[], BaseException]) -> None:
    """Let the disk end it after so many of its calls."""
    left = calls

    def counted(function: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*given: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise fault()
            return function(*given, **named)

        return wrapped

    monkeypatch.setattr(backups, "copy", counted(copy))
    monkeypatch.setattr(sealed_archive.SealedWriter, "_put", counted(sealed_archive.SealedWriter._put))
    for name in ("fsync", "replace", "link", "unlink"):
        monkeypatch.setattr(f"pxtui.whole_file.os.{name}", counted(getattr(os, name)))


@pytest.mark.parametrize("fault", [Cut, lambda: OSError(28, "磁盘已满")], ids=["killed", "disk full"])
def test_a_backup_that_ends_at_any_call_of_the_disk_is_never_listed_by_half(
    register: Register, private: X25519PrivateKey, fault: Callable[[], BaseException], tmp_path: Path
) -> None:
    first = backups.back_up(register.home, NOW)
    calls = ended = 0
    while True:
        with pytest.MonkeyPatch.context() as patching:
            _cut_after(patching, calls, fault)
            try:
                backups.back_up(register.home, NOW + timedelta(days=1))
            except (Cut, PxtuiError, OSError):
                ended += 1
            else:
                break
        for backup in backup_list.listed(register.home.backups):
            if backup.name != first.name:
                restoring.restore(register.home.backups / backup.name, private, tmp_path / f"new{calls}-{backup.name}")
        assert first.name in {backup.name for backup in backup_list.listed(register.home.backups)}
        calls += 1
    assert ended > 8
    names = {path.name for path in register.home.backups.iterdir()}
    listed = {backup.name for backup in backup_list.listed(register.home.backups)}
    assert {name for name in names if name.startswith((".aside", ".2020"))} == set()
    assert listed <= names


def test_what_a_killed_backup_left_is_gone_with_the_next_one(register: Register, private: X25519PrivateKey) -> None:
    del private
    backups.back_up(register.home, NOW)
    (register.home.backups / ".aside-0").mkdir()
    (register.home.backups / ".aside-0" / "register.sqlite").write_bytes(b"half")
    (register.home.backups / f".20200316.{0:016x}.unfinished").write_bytes(b"half")
    backups.back_up(register.home, NOW)
    assert not [path for path in register.home.backups.iterdir() if path.name.startswith((".aside", ".2020"))]


def test_a_register_with_a_row_that_points_nowhere_is_no_backup(register: Register, private: X25519PrivateKey) -> None:
    del private
    engine = private_engine(register.home.register)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("INSERT INTO staff (name, office_code, role, active) VALUES ('x', '?', 'x', 1)")
    engine.dispose()
    with pytest.raises(Damaged, match="没有通过检验"):
        backups.back_up(register.home, NOW)
    assert backup_list.listed(register.home.backups) == []
