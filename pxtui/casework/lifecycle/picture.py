"""The manual's page of stages and moves, generated from `MOVES`."""

from db.models import Act
from pxtui.casework.lifecycle.moves import MOVES
from pxtui.casework.lifecycle.stages import ACTION_NAMES, STAGE_NAMES, Room
from pxtui.casework.office.permissions import PERMISSIONS, others_than

_HEAD = """# 案件的阶段

本页由 `pxtui stages` 按程序里的同一张表生成，不手工修改。

```mermaid
stateDiagram-v2
"""
_TABLE = """```

| 阶段 | 办理 | 到 | 条件 | 办理处 | 岗位分设时 |
|---|---|---|---|---|---|
"""


def picture() -> str:
    """A page of Markdown: a state diagram and the table of all moves."""
    nodes = "".join(f"    {_id(stage)} : {name}\n" for stage, name in STAGE_NAMES.items())
    ways = "".join(
        f"    {_id(start)} --> {_id(way.to)} : {ACTION_NAMES[action]}\n" for (start, action), way in MOVES.items()
    )
    return _HEAD + nodes + ways + _TABLE + "".join(_lines())


def _id(stage: str) -> str:
    return stage.replace("-", "_")


def _lines() -> list[str]:
    found = []
    for (start, action), way in MOVES.items():
        conditions = [
            *(["审查通过"] if way.needs_pass else []),
            *(["写明理由"] if way.needs_opinion else []),
            *(["岗位不分设"] if way.short else []),
        ]
        permission = PERMISSIONS[Act.of_move(action)]
        others = "、".join(others_than(permission.step))
        duties = "；".join(filter(None, (permission.who, f"不是{others}的人" if others else "")))
        room = "案件" if way.room is Room.CASE else way.room.value
        cells = (STAGE_NAMES[start], ACTION_NAMES[action], STAGE_NAMES[way.to], "，".join(conditions), room, duties)
        found.append(f"| {' | '.join(cells)} |\n")
    return found
