"""Nobody presses a key: the page is locked, the password brings it back, later the program ends and keeps the draft."""

import sys
from functools import partial
from pathlib import Path

import pytest

from pxtui import clock
from pxtui.casework.office.register import create
from pxtui.casework.staff import sign_in
from pxtui.home import Home
from tests.support import database_server, on_server
from tests.support.signing_in import PASSWORDS, WRONG
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

SOONER = """
import screens.frame.idle as idle
idle.LOCK_AFTER, idle.END_AFTER, idle._LEAST = 3.0, 6.0, 0.2
from pxtui.cli import run
raise SystemExit(run([]))
"""
"""The program with seconds in the place of minutes."""
FIRM = "攀枝花市恒力机械有限公司"


def signed_in(folder: Path) -> Terminal:
    terminal = counter(folder, day="", command=(sys.executable, "-c", SOONER), warm=False)
    terminal.wait_for("输入的不显示")
    terminal.type(PASSWORDS["张三"])
    terminal.key("enter")
    return terminal


def test_what_was_being_keyed_is_hidden_and_comes_back_and_is_kept_at_the_end(tmp_path: Path) -> None:
    begin = partial(sign_in.set_own, password=PASSWORDS["张三"])
    create(Home(tmp_path / "data"), office="dongqu", name="张三", at=clock.now(), begin=begin).close()
    with signed_in(tmp_path) as terminal:
        terminal.wait_for("Ins新收件")
        terminal.key("insert")
        terminal.wait_for("收件日期")
        terminal.key("enter")
        terminal.type(FIRM)
        terminal.wait_for(FIRM)
        terminal.wait_for("已锁定")
        assert FIRM not in terminal.screen_text()
        assert "张三" not in terminal.screen_text()
        terminal.type(WRONG)
        terminal.key("enter")
        terminal.wait_for("口令不对")
        assert WRONG not in terminal.screen_text()
        terminal.type(PASSWORDS["张三"])
        terminal.key("enter")
        terminal.wait_for(FIRM)
        assert terminal.exit_code() == 0
        assert "30分钟没有操作，已退出" in terminal.screen_text()
    with signed_in(tmp_path) as terminal:
        terminal.wait_for(FIRM)


@pytest.mark.long
@pytest.mark.skipif(database_server.binaries() is None, reason="no PostgreSQL on this machine")
def test_the_page_is_locked_whether_the_database_answers_or_not(tmp_path: Path) -> None:
    home = Home(tmp_path / "data")
    home.root.mkdir(mode=0o700)
    with on_server.choosing(True):
        server = on_server.make_for(home.root)
        begin = partial(sign_in.set_own, password=PASSWORDS["张三"])
        create(home, office="dongqu", name="张三", at=clock.now(), begin=begin).close()
        with signed_in(tmp_path) as terminal:
            terminal.wait_for("Ins新收件")
            with database_server.gone(server):
                terminal.wait_for("已锁定")
                terminal.type(PASSWORDS["张三"])
                terminal.key("enter")
                terminal.wait_for("连不上")
                assert terminal.shows("已锁定")
            terminal.type(PASSWORDS["张三"])
            terminal.key("enter")
            terminal.wait_for("Ins新收件")
