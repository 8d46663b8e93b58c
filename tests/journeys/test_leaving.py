"""Nobody is shut in: whatever the program waits for, F12 and Ctrl+Q end it, Esc is answered, and nothing is lost."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.endurance import kept_draft
from tests.support.rosters import office_with_roster, stored_people
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter, surroundings

STUCK = (sys.executable, "-m", "tests.support.stuck_counter")
LONGEST_END = 11.0
"""Seconds; what is being stored is given six."""
QUIT = ["f12", "ctrl+q"]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with one case whose roster is empty."""
    return office_with_roster(tmp_path, [])


def hold(office: Path) -> None:
    """From now on nothing is answered."""
    (office / "data" / "stuck").touch()


@contextmanager
def desk(office: Path) -> Iterator[Terminal]:
    """The program at its desk."""
    with counter(office, command=STUCK) as terminal:
        terminal.wait_for("录入1")
        yield terminal


def assert_leaves(terminal: Terminal, key: str) -> None:
    """The key ends the program, and the terminal is given back."""
    start = time.monotonic()
    terminal.key(key)
    assert terminal.exit_code() == 0
    assert time.monotonic() - start < LONGEST_END
    assert b"\x1b[?1049l" in terminal.raw
    assert "Traceback" not in terminal.raw.decode()


@pytest.mark.parametrize("key", [*QUIT, "escape"])
def test_while_the_register_is_opened(key: str, office: Path) -> None:
    hold(office)
    with counter(office, command=STUCK) as terminal:
        terminal.wait_for("正在打开台账")
        terminal.wait_for("按F12退出")
        assert_leaves(terminal, key)


@pytest.mark.parametrize("key", QUIT)
def test_while_a_page_waits_for_its_answer(key: str, office: Path) -> None:
    with desk(office) as terminal:
        hold(office)
        terminal.key("enter")
        assert_leaves(terminal, key)


@pytest.mark.parametrize("key", QUIT)
def test_while_a_row_cannot_be_stored(key: str, office: Path) -> None:
    with desk(office) as terminal:
        terminal.key("enter")
        terminal.wait_for("身份证号")
        terminal.type("李四")
        terminal.wait_for("李四")
        hold(office)
        terminal.key("enter")
        terminal.type("51040219800101001813800000001")
        terminal.wait_for("13800000001")
        terminal.key("escape")
        assert_leaves(terminal, key)
    (office / "data" / "stuck").unlink()
    draft = kept_draft(office) or {}
    stored = [name for name, _, _ in stored_people(office)]
    assert stored or draft["unstored"][0]["values"]["name"] == "李四"


@pytest.mark.parametrize("key", QUIT)
def test_while_a_table_is_read(key: str, office: Path) -> None:
    (office / "list.csv").write_text("姓名,身份证号,联系电话\n李四,510402198001010018,13800000001\n", encoding="utf-8")
    with desk(office) as terminal:
        terminal.key("enter")
        terminal.wait_for("身份证号")
        terminal.key("f6")
        terminal.wait_for("文件")
        hold(office)
        terminal.type(str(office / "list.csv"))
        terminal.key("enter")
        terminal.wait_for("按Esc取消")
        terminal.key("escape")
        terminal.wait_for("正在取消")
        assert_leaves(terminal, key)


@pytest.mark.parametrize("key", [*QUIT, "escape"])
def test_at_the_first_page(key: str, tmp_path: Path) -> None:
    with counter(tmp_path) as terminal:
        terminal.wait_for("首次使用")
        assert_leaves(terminal, key)


@pytest.mark.parametrize("kind", ["dumb", "unknown"])
def test_a_terminal_that_cannot_be_drawn_on_is_told_so(kind: str, office: Path) -> None:
    environment = {**surroundings(office), "TERM": kind}
    with Terminal((sys.executable, "-m", "pxtui"), env=environment, warm=True) as terminal:
        assert terminal.exit_code() == 2
        assert f"终端类型是{kind}" in terminal.screen_text()
        assert b"\x1b" not in terminal.raw
