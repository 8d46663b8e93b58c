"""What the program asks of the system while a clerk works: no other program but the reader of tables, no line out."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.journeys.test_rough_treatment import at_the_roster
from tests.support.rosters import office_with_roster
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

STRACE = shutil.which("strace")
WATCHED = "execve,execveat,socket,connect,bind"
_LINE = re.compile(r"\b(socket|connect|bind)\(")
SHEET = "序号,姓名,身份证号,联系电话\n1,周强,510402198001010018,13900000009\n"


def walk(terminal: Terminal, folder: Path) -> None:
    """From the desk through the pages to a roster that is imported."""
    terminal.wait_for("录入1")
    for key, seen in (
        ("f10", "0"),
        ("escape", "录入1"),
        ("f3", "查找"),
        ("escape", "录入1"),
        ("f11", "交班"),
        ("escape", "录入1"),
    ):
        terminal.key(key)
        terminal.wait_for(seen)
        terminal.settle()
    at_the_roster(terminal)
    terminal.key("f6")
    terminal.wait_for("花名册文件：")
    terminal.type(str(folder / "名单.csv"))
    terminal.key("enter")
    terminal.wait_for("周强")
    terminal.key("escape", "f9")
    terminal.wait_for("Enter出具")


@pytest.mark.long
@pytest.mark.skipif(STRACE is None, reason="no strace on this machine")
def test_a_walk_starts_no_program_but_the_reader_of_tables_and_opens_no_line(tmp_path: Path) -> None:
    office = office_with_roster(tmp_path, [])
    (office / "名单.csv").write_text(SHEET, encoding="utf-8")
    log = tmp_path / "calls"
    program = (sys.executable, "-m", "pxtui")
    command = (str(STRACE), "-f", "-qq", "-s", "300", "-e", f"trace={WATCHED}", "-o", str(log), *program)
    with counter(office, command=command, warm=False) as terminal:
        walk(terminal, office)
    calls = [line for line in log.read_text(encoding="utf-8").splitlines() if "= -1" not in line]
    started = [line for line in calls if "execve" in line]
    assert "-m" in started[0]
    assert len(started) == 2
    assert "table_child.py" in started[1]
    assert [line for line in calls if _LINE.search(line)] == []
