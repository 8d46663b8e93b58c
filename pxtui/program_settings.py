"""What can be set for the program itself: every key, its default and what it does; what an office decides is elsewhere.

Plain data and the standard library alone: the folder and the day are asked for before the first page is drawn, which a
model of pydantic would keep waiting.
"""

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass

_PREFIX = "PXTUI_"
_OF_TESTS = f"{_PREFIX}TEST_"
_NEAR_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Key:
    """Something that the environment, or a file of the data folder, sets."""

    variable: str
    name: str
    default: str
    """In words, where nothing is set."""
    form: str
    """Unit or form of a value."""
    does: str
    file: str = ""
    """The file in the data folder that says it where the variable does not."""
    is_secret: bool = False
    """It may hold a password, and is told only as set or not."""


HOME = Key(
    "PXTUI_HOME", "数据文件夹", "本机用户数据文件夹下的pxtui", "文件夹", "台账、密钥、文书、草稿和备份都在里面。"
)
DATABASE = Key(
    "PXTUI_DATABASE_URL",
    "台账的数据库",
    "数据文件夹里的文件",
    "postgresql://用户@主机/数据库，几台主机用逗号",
    "台账放在PostgreSQL里时的地址；密码写在PGPASSFILE指的文件里，不写在地址里。",
    file="database-url",
    is_secret=True,
)
TODAY = Key("PXTUI_TODAY", "演练的日期", "今天", "年-月-日，如2020-03-16", "只对演练台账有效；正式台账设了就不打开。")
COLOURS = Key(
    "TEXTUAL_COLOR_SYSTEM",
    "颜色数",
    "按终端",
    "auto、standard（16色）、256、truecolor",
    "终端的颜色不对时设为standard；意思从不只靠颜色表达。",
)
NO_COLOUR = Key("NO_COLOR", "不用颜色", "用", "任意值", "设了就没有颜色，所在的行用反白显示。")
PASSWORD_FILE = Key(
    "PGPASSFILE", "数据库口令文件", "用户主目录的.pgpass", "文件，权限600", "libpq从里面取数据库的口令。"
)

KEYS = (HOME, DATABASE, TODAY, COLOURS, NO_COLOUR, PASSWORD_FILE)
"""All of them."""


def unknown(environment: Mapping[str, str] | None = None) -> list[str]:
    """A sentence for each variable that begins as ours do and is none, with the one that was probably meant."""
    known = [key.variable for key in KEYS]
    sentences = []
    for variable in sorted(os.environ if environment is None else environment):
        if not variable.startswith(_PREFIX) or variable.startswith(_OF_TESTS) or variable in known:
            continue
        near = difflib.get_close_matches(variable, known, 1, _NEAR_ENOUGH)
        meant = f"，最接近的是{near[0]}" if near else ""
        sentences.append(f"没有“{variable}”这个环境变量{meant}；设了不起作用，请改正或去掉。")
    return sentences
