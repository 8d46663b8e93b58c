"""Pictures of the screens, from a practice register whose day stands still: `python -m tools.manual.pictures FOLDER`.

Two of them stand in the README and are committed; those of the manual are made when it is built.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from pxtui.casework.desk import queues
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.register import open_register
from pxtui.casework.practice.money import HEAD
from pxtui.casework.practice.register import CLERK, PRACTICE_DAY, make_practice_register
from pxtui.clock import CHINA
from pxtui.home import Home
from tools.manual.sitting import sitting

NOW = datetime.combine(PRACTICE_DAY, time(10), CHINA)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: the screen that is opened, what is keyed there, and who sits there."""

    name: str
    title: str
    room: str = ""
    """Empty: the desk."""
    stage: Stage | None = None
    """The screen is opened with the newest case at this stage."""
    keys: tuple[str, ...] = ()
    clerk: str = CLERK


README = (
    Shot("desk", "柜台：各队列的件数，和今天到期的案件"),
    Shot("roster", "花名册：逐行录入，每录完一行当场审查", "roster", Stage.DRAFT, ("ctrl+home",)),
)
"""Those that stand on the first page."""

ALL = (
    *README,
    Shot("intake", "开班申请：按附件1逐栏录入", "intake", Stage.DRAFT),
    Shot(
        "roster-fault",
        "花名册：录错的证号停在原处，写明错在哪里",
        "roster",
        Stage.DRAFT,
        ("ctrl+end", "=周敏", "enter", "=510402199003070011"),
    ),
    Shot("check", "审查：每人一行，每类规则一栏，下面是依据和办法", "eligibility", Stage.RECEIVED, ("down",) * 8),
    Shot("approval", "审批：选办理结果，写意见", "approval", Stage.RECEIVED),
    Shot("learning", "学习记录：完成学时和考核结果", "learning", Stage.CLAIM_DRAFT),
    Shot("claim", "补贴申请：材料、凭证和补贴怎样算出", "claim", Stage.CLAIM_DRAFT),
    Shot("publicity", "公示：待公示的案件和批次", "publicity", Stage.PUBLISHED),
    Shot("payment", "拨付：待拨付的案件和批次", "payment", Stage.TO_PAY),
    Shot("recovery", "拨付：已拨付的案件，按F11责令退回", "payment", Stage.PAID, clerk=HEAD),
    Shot("shift", "交班：手上没有办结的案件", "shift"),
    Shot("menu", "菜单：案件的各步和办理记录", "menu", Stage.RECEIVED),
    Shot("office", "本部门：与案件无关的各页", "office"),
    Shot("reports", "报表：日报、月报、追回台账", "reports"),
    Shot("calendar", "放假安排：录入和签署", "calendar"),
    Shot("lifting", "疫情解除：登记和签署", "lifting"),
    Shot("backups", "备份：最近一次和全部", "backups"),
    Shot("staff", "人员：在岗的人和岗位", "staff"),
    Shot("settings", "设置：本部门的期限、电话等", "settings"),
    Shot("wordings", "文书用语：自己的用语和模板", "wordings"),
)
"""Those of the manual."""


def made(home: Home, shots: Iterable[Shot]) -> dict[str, str]:
    """The pictures by name, as SVG, of a practice register in a folder that is made for them."""
    make_practice_register(home, NOW)
    return {shot.name: asyncio.run(_picture(home, shot)) for shot in shots}


async def _picture(home: Home, shot: Shot) -> str:
    number = () if shot.stage is None else (_number(home, shot.stage),)
    async with sitting(home, shot.clerk, PRACTICE_DAY) as at:
        if shot.room:
            await at.open(shot.room, *number)
        await at.press(*shot.keys)
        return at.picture(shot.title)


def _number(home: Home, stage: Stage) -> str:
    register = open_register(home, NOW, practice_day=PRACTICE_DAY)
    try:
        with register.reading(register.seated(CLERK, NOW)) as context:
            return queues.cases(context, frozenset({stage})).cases[0].number
    finally:
        register.close()


def write(folder: Path, shots: Iterable[Shot]) -> None:
    """Put pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        for name, picture in made(Home(Path(place) / "practice"), shots).items():
            (folder / f"{name}.svg").write_text(picture, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), README)
