"""`pxtui verify`: whether the register is as the program left it."""

import sys
from typing import Annotated

import typer

from pxtui import clock
from pxtui.casework.verifying import whole
from pxtui.home import home

_SHOWN = 100
"""Sentences; whoever altered more has altered enough."""

_Anchors = Annotated[
    list[str] | None,
    typer.Option("--anchor", metavar="N:HEX", help="文书上印的链头，如1600:9f2c58d01b6e7a43；可以写几次。"),
]


def add_to(commands: typer.Typer) -> None:
    """Enter the command of this page."""
    commands.command("verify", help="核验台账：校验链和每一张表。退出码：0没有改动，1有。")(verify)


def verify(anchors: _Anchors = None) -> int:
    """Recompute the chain and hold every table against it."""
    today = clock.now(clock.practice_day()).date()
    report = whole.verify(home(), today, anchors=anchors or (), progress=_tell if sys.stderr.isatty() else _stay_silent)
    print(f"核验了{report.links}环、{report.rows}行，链头{report.head or '没有'}。")
    if not report.sentences:
        print("没有程序以外的改动。")
        return 0
    print(f"发现{len(report.sentences)}处：")
    for sentence in report.sentences[:_SHOWN]:
        print(f"  {sentence}")
    if len(report.sentences) > _SHOWN:
        print(f"  ……另有{len(report.sentences) - _SHOWN}处没有列出。")
    print("请停止办理上列案件，保留这份台账文件，用备份和纸质案卷核对。")
    return 1


def _tell(done: int, total: int) -> None:
    end = "\n" if done >= total else ""
    print(f"\r核验中：{done * 100 // max(total, 1)}%", end=end, file=sys.stderr, flush=True)


def _stay_silent(_done: int, _total: int) -> None:
    pass
