"""A register tells which version of the program made it and which one took it over."""

import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

import pxtui
from db.revision import HEAD
from pxtui.casework.office import program_version
from pxtui.casework.office.register import open_register
from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.conftest import NOW, empty_register
from tests.support.chain import bound_as_it_stands

LATER = datetime(2021, 1, 5, 16, 15, tzinfo=CHINA)
MADE = f"2020-03-16 10:00 张三 建立演练台账：攀枝花市东区人力资源和社会保障局（程序{pxtui.__version__}）"
THIS_PROGRAM = f"现用程序{pxtui.__version__}，台账结构{HEAD}"


@pytest.fixture
def home(place: Home) -> Home:
    """The folder of a register that is closed."""
    empty_register(place).close()
    return place


def _change(home: Home, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(home.register)) as connection, connection:
        connection.execute(statement, values)


def _history_when_opened(home: Home, at: datetime = LATER) -> list[str]:
    register = open_register(home, at)
    with register.reading(register.nobody(at)) as context:
        told = list(program_version.history(context))
    register.close()
    return told


def test_a_new_register_names_the_program_that_made_it_and_opening_it_writes_nothing(home: Home) -> None:
    content = home.register.read_bytes()
    assert _history_when_opened(home) == [MADE, THIS_PROGRAM]
    assert home.register.read_bytes() == content


@pytest.mark.parametrize(("noted", "before"), [("0.0.9", "程序0.0.9"), ("", "未记版本的程序")])
def test_the_first_opening_by_another_version_is_entered_once(home: Home, noted: str, before: str) -> None:
    _change(home, "UPDATE register SET schema_note = ?", noted)
    bound_as_it_stands(home)
    upgraded = f"2021-01-05 16:15 程序 台账由{before}改由程序{pxtui.__version__}使用（结构{HEAD}）"
    assert _history_when_opened(home) == [MADE, upgraded, THIS_PROGRAM]
    assert _history_when_opened(home, NOW) == [MADE, upgraded, THIS_PROGRAM]


def test_an_upgrade_of_the_tables_names_the_backup(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = home.register.with_name("register-0011.backup.sqlite")
    monkeypatch.setattr("pxtui.casework.office.register.upgrade", lambda _path, now, vault: backup)
    _, upgraded, _ = _history_when_opened(home)
    assert upgraded.endswith(f"（结构{HEAD}，升级前的备份：register-0011.backup.sqlite）")


def test_a_register_of_a_newer_program_is_refused_in_a_sentence_and_left_as_it_is(home: Home) -> None:
    _change(home, "UPDATE alembic_version SET version_num = '9999'")
    content = home.register.read_bytes()
    with pytest.raises(PxtuiError, match=rf"^台账已由较新的程序升级到9999，本程序只到{HEAD}，请先更新本程序。$"):
        open_register(home, LATER)
    assert home.register.read_bytes() == content
