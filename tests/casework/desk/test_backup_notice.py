"""The desk says when the register has no backup that is fresh, in an office of one clerk as in any other."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from pxtui.casework.desk import notices
from pxtui.casework.keeping import backups, key_backup, office_key
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.home import Home
from tests.conftest import ACTING, NOW, empty_register


def _said(register: Register, hours: int) -> str:
    at = NOW + timedelta(hours=hours)
    with register.reading(Acting(ACTING.name, ACTING.office, at)) as context:
        return notices.sentence(context)


def _key(register: Register, to: Path) -> None:
    with register.writing(ACTING) as context:
        office_key.create(context, to)


def test_the_desk_says_how_to_begin_when_there_is_no_key_for_backups(place: Home) -> None:
    register = empty_register(place, is_practice=False)
    assert _said(register, 23) == ""
    assert "pxtui backup key create --to" in _said(register, 25)
    register.close()


def test_the_desk_says_when_the_last_good_backup_is_older_than_a_day(place: Home, tmp_path: Path) -> None:
    register = empty_register(place, is_practice=False)
    _key(register, tmp_path / "private.txt")
    assert "还没有做过" in _said(register, 25)
    made = backups.back_up(place, NOW + timedelta(hours=26))
    assert _said(register, 50).startswith("台账的密钥没有备份。")
    with register.writing(ACTING) as context:
        keys = key_backup.sealed_keys(context)
    key_backup.write_keys(place, tmp_path / "keys", keys, NOW)
    assert _said(register, 50) == ""
    assert "最近一次成功的是2020-03-17 12:00" in _said(register, 51)
    file = place.backups / made.name
    file.write_bytes(file.read_bytes()[:-1])
    assert "还没有做过" in _said(register, 30)
    register.close()


def test_a_missing_calendar_does_not_hide_a_missing_backup(place: Home) -> None:
    register = empty_register(place, is_practice=False)
    sentence = _said(register, 24 * 365 * 8)
    assert sentence.startswith("台账没有备份。还没有20")
    assert sentence.endswith("之后每天自动备份。")
    register.close()


def test_a_backup_that_the_chain_does_not_prove_is_no_good_one(place: Home, tmp_path: Path) -> None:
    register = empty_register(place, is_practice=False)
    _key(register, tmp_path / "private.txt")
    with closing(sqlite3.connect(place.register)) as connection:
        connection.execute("UPDATE staff SET name = '别人'")
        connection.commit()
    assert backups.back_up(place, NOW + timedelta(hours=26)).is_whole is False
    assert "台账超过一天没有备份" in _said(register, 27)
    register.close()


def test_who_practises_hears_nothing_of_backups(register: Register) -> None:
    assert _said(register, 1000) == ""
