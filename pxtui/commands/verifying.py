"""`pxtui verify`: whether the register is as the program left it."""

import sys
from typing import Annotated

import typer

from pxtui import clock
from pxtui.casework.verifying import accepting, whole
from pxtui.commands.session import As, writing
from pxtui.home import home

_SHOWN = 100
"""Sentences; whoever altered more has altered enough."""

_Anchors = Annotated[
    list[str] | None,
    typer.Option("--anchor", metavar="N:HEX", help="文书上印的链头，如1600:9f2c58d01b6e7a43；可以写几次。"),
]
_Check = Annotated[
    str | None,
    typer.Option("--accept", metavar="HEX", help="确认清单上的差异，写清单末尾的校验码：一人带理由提出，另一人确认。"),
]
_Reason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="提出确认的理由：差异怎么来的，凭什么认可。")
]


def add_to(commands: typer.Typer) -> None:
    """Enter the command of this page."""
    commands.command("verify", help="核验台账：校验链和每一张表。退出码：0没有改动，1有。")(verify)


def verify(anchors: _Anchors = None, check: _Check = None, reason: _Reason = None, acting_name: As = None) -> int:
    """Recompute the chain and hold every table against it, or confirm what was found."""
    if check is not None:
        return _confirm(check, reason, acting_name)
    today = clock.now(clock.practice_day()).date()
    report = whole.verify(home(), today, anchors=anchors or (), progress=_tell if sys.stderr.isatty() else _stay_silent)
    print(f"核验了{report.links}环、{report.rows}行，链头{report.head or '没有'}。")
    for sentence in report.confirmed[-_SHOWN:]:
        print(f"  {sentence}")
    if not report.sentences:
        print("没有程序以外的改动。" if not report.confirmed else "没有别的程序以外的改动。")
        return 0
    print(f"发现{len(report.sentences)}处：")
    for sentence in report.sentences[:_SHOWN]:
        print(f"  {sentence}")
    if len(report.sentences) > _SHOWN:
        print(f"  ……另有{len(report.sentences) - _SHOWN}处没有列出。")
    print("请停止办理上列案件，保留这份台账文件，用备份和纸质案卷核对。")
    print(f"查明以后可以认可的，两人确认（一人是负责人）：pxtui verify --accept {report.check} --reason 理由")
    return 1


def _confirm(check: str, reason: str | None, acting_name: str | None) -> int:
    """The first person proposes with a reason, the second one confirms without."""
    with writing(acting_name) as context:
        found = accepting.accept(context, check) if reason is None else accepting.propose(context, check, reason)
        for difference in found:
            print(f"  {difference.sentence}")
        if reason is None:
            print(f"已确认{len(found)}处差异，以后核验仍会列出；同一处再有改动，另行发现。")
        else:
            print(f"已提出确认{len(found)}处差异。请另一人核对后运行：pxtui verify --accept {check.strip().lower()}")
    return 0


def _tell(done: int, total: int) -> None:
    end = "\n" if done >= total else ""
    print(f"\r核验中：{done * 100 // max(total, 1)}%", end=end, file=sys.stderr, flush=True)


def _stay_silent(_done: int, _total: int) -> None:
    pass
