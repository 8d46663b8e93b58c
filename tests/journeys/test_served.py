"""The desk over a server's line: files come from the inbox, one key away, and from nowhere else."""

import os
import sys
from pathlib import Path

import pytest

from tests.journeys.test_rough_treatment import at_the_roster
from tests.support.rosters import office_with_roster
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

SERVED = (sys.executable, "-m", "pxtui", "desk", "--served")
SHEET = "序号,姓名,身份证号,联系电话\n1,周强,510402198001010018,13900000009\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with one case whose roster is empty; two files have come in."""
    made = office_with_roster(tmp_path, [])
    inbox = made / "data" / "inbox"
    inbox.mkdir()
    for age, name in enumerate(("旧名单.csv", "新名单.csv")):
        (inbox / name).write_text(SHEET, encoding="utf-8")
        os.utime(inbox / name, (age, age))
    (inbox / "出去.csv").symlink_to("/etc/passwd")
    (made / "别处.csv").write_text(SHEET, encoding="utf-8")
    return made


def answer(terminal: Terminal, name: str) -> None:
    """Key another name in the place of what is offered."""
    terminal.type(name)
    terminal.wait_for(name[-20:])
    terminal.key("enter")


def test_the_newest_file_of_the_inbox_is_one_key_away_and_no_other_file_is_any(office: Path) -> None:
    with counter(office, command=SERVED) as terminal:
        at_the_roster(terminal)
        terminal.key("f6")
        terminal.wait_for("花名册文件（收件箱2个，↑↓换，F1列出）：新名单.csv")
        terminal.key("down")
        terminal.wait_for("：旧名单.csv")
        terminal.key("f1")
        terminal.wait_for("可选：")
        assert terminal.shows("新名单.csv")
        terminal.key("escape")
        terminal.wait_for("：旧名单.csv")
        for outside in (str(office / "别处.csv"), "/etc/shadow", "../drafts/", "/proc/self/environ", "出去.csv"):
            answer(terminal, outside)
            terminal.wait_for("只能用收件箱里的文件，请只写文件名")
        answer(terminal, "新名单.csv")
        terminal.wait_for("周强")
        terminal.wait_for("Enter")


def test_a_served_desk_makes_no_register(tmp_path: Path) -> None:
    with counter(tmp_path, command=SERVED) as terminal:
        assert terminal.exit_code() == 1
        terminal.settle()
        assert terminal.shows("服务器上还没有建立台账，请管理员")
    assert list(tmp_path.iterdir()) == []


def test_on_her_own_machine_a_clerk_keeps_her_own_files(office: Path) -> None:
    with counter(office) as terminal:
        at_the_roster(terminal)
        terminal.key("f6")
        terminal.wait_for("花名册文件：")
        assert not terminal.shows("收件箱")
        terminal.type(str(office / "别处.csv"))
        terminal.key("enter")
        terminal.wait_for("周强")
