"""`pxtui case change` and `change-decide`: an approved class is changed before it has ended."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.decision import class_changes
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.commands import personal
from pxtui.commands.personal import Wanted
from pxtui.commands.session import As, Number, writing

_JOINER = "新增人员（姓名,身份证号,电话）"


def change(
    number: Number,
    reason: Annotated[str, typer.Option(help="变更理由，写入办理记录。")],
    starts: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="新的开班日期。")] = None,
    ends: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="新的结束日期。")] = None,
    platform: Annotated[str | None, typer.Option(help="新的线上培训平台。")] = None,
    join: Annotated[Path | None, typer.Option(metavar="FILE", help="新增人员的花名册文件。")] = None,
    joiner: Annotated[
        list[str] | None, typer.Option(metavar="-", help="写 -，按提示输入新增的一人：姓名,身份证号,电话；可写多次。")
    ] = None,
    leave: Annotated[list[int] | None, typer.Option(metavar="SEQ", help="退出人员的序号，可写多次。")] = None,
    opinion: Annotated[str, typer.Option(help="对变更后审查提示的书面答复；没有新提示可不填。")] = "",
    acting_name: As = None,
) -> int:
    """Change an approved class, or propose it where duties are apart; it is checked again first."""
    lines = personal.told(*(Wanted(_JOINER, line) for line in joiner or ()))
    people = [] if join is None else class_changes.people_in(join)
    with writing(acting_name) as context:
        people += class_changes.people_keyed(lines, context.today)
        wanted = ClassChange(_day(starts), _day(ends), platform, people, frozenset(leave or ()))
        in_force = class_changes.change(context, number, wanted, reason, opinion)
    if in_force:
        _tell_of_notice(number)
    else:
        print(f"{number} 已提出变更，由负责人批准后生效（pxtui case change-decide {number}）。")
    return 0


def decide_change(
    number: Number,
    opinion: Annotated[str, typer.Option(help="对审查提示的书面答复；没有新提示可不填。")] = "",
    drop: Annotated[str, typer.Option(metavar="REASON", help="撤销或不同意变更的理由。")] = "",
    acting_name: As = None,
) -> int:
    """Approve the change that waits, or drop it."""
    with writing(acting_name) as context:
        if drop:
            class_changes.drop(context, number, drop)
        else:
            class_changes.approve(context, number, opinion)
    if drop:
        print(f"{number} 已撤销变更，批准内容不变。")
    else:
        _tell_of_notice(number)
    return 0


def _tell_of_notice(number: str) -> None:
    print(f"{number} 已变更，可出具开班变更通知书（pxtui export {number} --form change-notice）。")


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
