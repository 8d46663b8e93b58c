"""`pxtui settings`: every setting of the program and of the office, what it is now and where it comes from."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import exists
from pxtui.casework.office.settings import Settings
from pxtui.commands.session import reading
from pxtui.commands.tables import print_table
from pxtui.home import home
from pxtui.program_settings import HOME, KEYS, Key, unknown
from screens.office.setting_fields import SETTINGS

_OF_THE_OFFICE = "台账（设置一页，或pxtui office set）"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is told."""

    key: str
    name: str
    value: str
    comes_from: str
    default: str
    form: str
    does: str


def add_to(commands: typer.Typer) -> None:
    """Enter the command of this page."""
    commands.command(
        "settings", help="列出全部设置：现在的值、从哪里来、默认、单位和说明。退出码：0无误，1有不认识的环境变量。"
    )(show)


def show(as_json: Annotated[bool, typer.Option("--json", help="输出JSON，每项一行。")] = False) -> int:
    """Print them, and what is set that nobody reads."""
    found = [*_of_the_program(os.environ)]
    if exists(home()):
        with reading() as context:
            found += of_the_office(office_settings.settings(context))
    if as_json:
        for setting in found:
            print(json.dumps(asdict(setting), ensure_ascii=False))
    else:
        heads = ("键", "名称", "现在", "从哪里来", "默认")
        print_table(heads, [(item.key, item.name, item.value, item.comes_from, item.default) for item in found])
    wrong = unknown(os.environ)
    if not as_json:
        print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


def markdown() -> str:
    """The page of the manual: all of them with their defaults."""
    parts = [
        "# 设置\n\n本页由 `pxtui settings` 的同一张表生成；现在的值、从哪里来，运行它看。\n",
        "写错的环境变量，它写明最接近的是哪一个。\n",
        "\n## 程序\n\n| 环境变量 | 名称 | 默认 | 写法 | 说明 |\n|---|---|---|---|---|\n",
        *(
            f"| `{key.variable}`{f'，或数据文件夹里的`{key.file}`' if key.file else ''} | {key.name} | {key.default} "
            f"| {key.form} | {key.does} |\n"
            for key in KEYS
        ),
        "\n## 本部门\n\n在设置一页改（菜单按0，再按4），或用 `pxtui office set`；改动记入台账。\n\n",
        "| 名称 | 默认 | 写法 | 说明 |\n|---|---|---|---|\n",
        *(f"| {item.name} | {item.default} | {item.form} | {item.does} |\n" for item in of_the_office(Settings())),
    ]
    return "".join(parts)


def _of_the_program(environment: Mapping[str, str]) -> Iterator[Setting]:
    for key in KEYS:
        value, comes_from = _value(key, environment)
        yield Setting(key.variable, key.name, value, comes_from, key.default, key.form, key.does)


def _value(key: Key, environment: Mapping[str, str]) -> tuple[str, str]:
    if set_to := environment.get(key.variable, ""):
        return ("已设" if key.is_secret else set_to), "环境变量"
    place = home()
    if key.file and (place.root / key.file).exists():
        return "已设", f"数据文件夹的{key.file}"
    return (str(place.root) if key is HOME else key.default), "默认"


def of_the_office(settings: Settings) -> list[Setting]:
    """The office's own, with these values."""
    usual = Settings()
    return [
        Setting(
            field.key,
            field.name,
            field.in_words(settings),
            "默认" if field.in_words(settings) == field.in_words(usual) else _OF_THE_OFFICE,
            field.in_words(usual),
            "、".join(filter(None, field.yes_no)) or field.unit or "文字",
            field.does,
        )
        for field in SETTINGS
    ]
