"""What every screen does with keys that steer terminals, with faults of the program, and with a narrow window."""

import stat
import sys
from pathlib import Path

import pytest

from tests.support.terminal import Terminal

pytestmark = pytest.mark.terminal


def demo(which: str, folder: Path, *, columns: int = 80) -> Terminal:
    """The demo over a folder of its own."""
    command = [sys.executable, "-m", "tests.screens.demo", which, "3"]
    terminal = Terminal(command, columns=columns, env={"PXTUI_HOME": str(folder)}, warm=True)
    terminal.wait_for("Esc返回")
    terminal.settle(0.15)
    return terminal


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c", "ctrl+z", "ctrl+s", "alt+x", "f12", "shift+tab", "ctrl+home"])
def test_no_key_ends_the_program_while_keying_or_types_by_itself(key: str, tmp_path: Path) -> None:
    with demo("sheet", tmp_path) as terminal:
        terminal.type("赵")
        terminal.key(key)
        terminal.type("钱")
        terminal.wait_for("钱")
        assert set(terminal.screen_text()) >= set("赵钱")
        assert not set(terminal.line(8)) & set("x^")


@pytest.mark.parametrize("which", ["sheet", "form", "noise"])
@pytest.mark.parametrize("key", ["ctrl+q", "f12"])
def test_where_the_program_is_not_ended_it_is_said_where_it_is(which: str, key: str, tmp_path: Path) -> None:
    with demo(which, tmp_path) as terminal:
        terminal.key(key)
        terminal.wait_for("要退出，请先按Esc返回柜台，再按Ctrl+Q。")


def test_a_question_takes_text_and_nothing_else(tmp_path: Path) -> None:
    with demo("sheet", tmp_path) as terminal:
        terminal.key("f6")
        terminal.wait_for("花名册文件：")
        terminal.type("名单")
        terminal.key("alt+x", "ctrl+k", "left")
        terminal.type("/")
        terminal.wait_for("花名册文件：名/单")
        assert terminal.cursor == (16, 22)
        terminal.key("enter")
        terminal.wait_until(lambda: terminal.line(22) == " 名/单", "the answer")


def test_a_pasted_table_comes_whole(tmp_path: Path) -> None:
    with demo("sheet", tmp_path) as terminal:
        terminal.paste("\n".join(f"张{number}\t510402198001010018" for number in range(2000)) + "\n")
        terminal.wait_for("粘贴2000行，末行张1999")


def test_a_fault_of_the_program_shows_no_ones_number(tmp_path: Path) -> None:
    with demo("list", tmp_path) as terminal:
        terminal.key("insert")
        assert terminal.exit_code() == 1
        assert b"510402198001010018" not in terminal.raw
        assert b"Traceback" not in terminal.raw
    (log,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "do_new" in log.read_text(encoding="utf-8")
    assert "510402198001010018" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_narrow_key_bar_is_cut_at_whole_entries_and_keeps_the_way_out(columns: int, tmp_path: Path) -> None:
    with demo("sheet", tmp_path, columns=columns) as terminal:
        bar = terminal.line(23)
        assert bar.startswith(" F1帮助 F4照抄")
        assert bar.endswith(" Esc返回")
        assert all(entry.lstrip("FCtrl+N0123456789Esc") for entry in bar.split())


def test_names_from_outside_steer_nothing(tmp_path: Path) -> None:
    with demo("list", tmp_path) as terminal:
        assert "[/]恒力?[31m机械0" in terminal.line(5)
        assert b"\x1b[31m" not in terminal.raw
