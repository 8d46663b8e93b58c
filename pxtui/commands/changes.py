"""`pxtui case change`: changes of an approved class until it has ended."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.decision import class_changes
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.commands.session import As, Number, writing


def change(
    number: Number,
    reason: Annotated[str, typer.Option(help="变更理由，写入办理记录。")],
    starts: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="新的开班日期。")] = None,
    ends: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="新的结束日期。")] = None,
    platform: Annotated[str | None, typer.Option(help="新的线上培训平台。")] = None,
    join: Annotated[Path | None, typer.Option(metavar="FILE", help="新增人员的花名册文件。")] = None,
    leave: Annotated[list[int] | None, typer.Option(metavar="SEQ", help="退出人员的序号，可写多次。")] = None,
    acting_name: As = None,
) -> int:
    """Change an approved class, after a new check."""
    people = [] if join is None else class_changes.people_in(join)
    wanted = ClassChange(_day(starts), _day(ends), platform, people, frozenset(leave or ()))
    with writing(acting_name) as context:
        class_changes.change(context, number, wanted, reason)
    print(f"{number} 已变更，可出具开班变更通知书（pxtui export {number} --form change-notice）。")
    return 0


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
