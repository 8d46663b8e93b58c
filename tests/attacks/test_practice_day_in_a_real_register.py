"""Somebody names a day of their own for a real register, by the variable that is there for practice."""

from pathlib import Path

import pytest

from pxtui import clock
from pxtui.casework.office.register import create, open_register
from pxtui.home import Home
from tests.support.office import Office
from tests.support.terminal_counter import COMMAND, counter

NAMED = "2020-03-16"
REFUSED = "这是正式台账，日期只按本机时钟，不能指定；请去掉环境变量PXTUI_TODAY再打开，练习请用 pxtui demo。"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A real register made by the clock, at which somebody has named a day."""
    made = Office(tmp_path, NAMED)
    create(made.home, office="dongqu", name="张三", at=clock.now()).close()
    return made


def journal(home: Home) -> list[str]:
    register = open_register(home, clock.now())
    with register.reading(register.nobody(clock.now())) as context:
        rows = context.session.connection().exec_driver_sql("SELECT summary FROM journal_entry").scalars().all()
    register.close()
    return list(rows)


@pytest.mark.parametrize("words", [("staff", "add", "李四"), ("office", "show"), ("db", "upgrade")])
def test_a_named_day_opens_no_real_register(office: Office, words: tuple[str, ...]) -> None:
    before = journal(office.home)
    done = office.run(*words)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (2, "", REFUSED)
    assert journal(office.home) == before


def test_no_real_register_is_made_on_a_named_day(tmp_path: Path) -> None:
    office = Office(tmp_path, NAMED)
    done = office.run("init", "--office", "dongqu", "--name", "张三")
    assert (done.returncode, done.stderr.strip()) == (2, REFUSED)
    assert not office.home.register.exists()


def test_a_practice_register_takes_the_named_day(tmp_path: Path) -> None:
    office = Office(tmp_path, NAMED)
    assert "演练台账" in office.say("init", "--office", "dongqu", "--name", "张三", "--practice")
    office.say("staff", "add", "李四")
    assert "2020-03-16" in office.say("office", "show")


@pytest.mark.terminal
def test_the_desk_refuses_it_too(office: Office) -> None:
    with counter(office.folder, day=NAMED, columns=120, command=COMMAND, warm=False) as terminal:
        terminal.wait_for("这是正式台账")


@pytest.mark.terminal
def test_practice_stands_on_the_screens_of_practice_registers_only(office: Office) -> None:
    with counter(office.folder, day="") as terminal:
        terminal.wait_for("还没有")
        assert "演练" not in terminal.line(0)
