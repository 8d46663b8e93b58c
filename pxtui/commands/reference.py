"""`pxtui commands`: every command with its words and options, told by the commands themselves; the manual has it so."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer

_KINDS = {"<%Y-%m-%d>": "DATE", "<int>": "COUNT", "<int range>": "COUNT", "<path>": "FILE"}
"""What typer calls a value for which a command has no word, and ours."""
_ANY_TEXT = re.compile(r"<(?:str|list\[str\])>")
_CHOICES = re.compile(r"<([^<>]*)>")
_DEFAULT = re.compile(r" *\[[a-z :-]+.*\]$")
"""What typer adds to a help: `[required]`, `[default: 0]`."""
_HEAD = """# 命令

本页由 `pxtui commands` 按程序里的命令生成，不手工修改。方括号里的可以不写。不带命令的 `pxtui` 打开柜台，
`pxtui --as 姓名` 以某人打开，`pxtui --version` 显示版本。凡是屏幕上能办的，命令也能办。

个人信息不写在命令行上（同一台机器上的人看得到，历史里也会留下）：证号、账号、电话、要找的人写“-”，由程序来问；不在终端里运行的，
从标准输入逐行读，或用 `--from-file 文件`（只有本人能读的文件）。

| 退出码 | 意思 |
|---|---|
| 0 | 办好了，或审查通过 |
| 1 | 审查、核对的结果是不通过，或有几行没有读出；说明在输出里 |
| 2 | 什么都没有办；一句话写明为什么、怎么办 |
| 130 | 按了Ctrl+C |
"""


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command."""

    words: str
    """As it is written: `--opinion TEXT`."""
    does: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A command."""

    words: str
    """With the program's name and what must stand behind it: `pxtui case show N`."""
    page: str
    """The word that it stands under, such as `case`; empty: under none."""
    page_does: str
    does: str
    arguments: tuple[Option, ...]
    options: tuple[Option, ...]


def add_to(commands: typer.Typer) -> None:
    """Enter the command of this page."""
    commands.command("commands", help="列出全部命令和选项（手册用）。")(show)


def show(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="输出JSON，每个命令一行。")] = False
) -> None:
    """Print them all, as a page of Markdown or one JSON value a line."""
    found = list(references(context.find_root().command))
    if as_json:
        for command in found:
            print(json.dumps(asdict(command), ensure_ascii=False))
    else:
        print(markdown(found), end="")


def references(root: Any) -> Iterator[Reference]:
    """Every command below the program's, in the order in which its help lists them; `root` is what typer makes."""
    alone = {name: command for name, command in root.commands.items() if not hasattr(command, "commands")}
    for name, command in alone.items():
        yield _reference(f"pxtui {name}", command, "", "")
    for page, below in root.commands.items():
        if page in alone:
            continue
        for name, command in below.commands.items():
            yield _reference(f"pxtui {page} {name}", command, page, below.help or "")


def markdown(found: list[Reference]) -> str:
    """The page of the manual: first a table of all, then the options of each."""
    parts = [_HEAD]
    pages = {command.page: command.page_does for command in found}
    for page, does in pages.items():
        heading = f"pxtui {page}" if page else "单独的命令"
        parts.append(f"\n## {heading}\n\n{does or '不属于哪一类的。'}\n\n| 命令 | 做什么 |\n|---|---|\n")
        below = [command for command in found if command.page == page]
        parts.extend(f"| `{_cell(command.words)}` | {_cell(command.does)} |\n" for command in below)
        for command in below:
            if lines := [*command.arguments, *command.options]:
                parts.append(f"\n**`{command.words}`**\n\n")
                parts.extend(f"- `{option.words}`{f'：{option.does}' if option.does else ''}\n" for option in lines)
    return "".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _reference(words: str, command: Any, page: str, page_does: str) -> Reference:
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    records = typer.Context(command)
    told = [option.get_help_record(records) for option in options if "--help" not in option.opts]
    needed = [_readable(option.get_help_record(records)[0]) for option in options if option.required]
    return Reference(
        " ".join([words, *map(_argument, arguments), *needed]),
        page,
        page_does,
        command.help or "",
        tuple(Option(_argument(argument), argument.help) for argument in arguments if argument.help),
        tuple(Option(_readable(words), _DEFAULT.sub("", does)) for words, does in told),
    )


def _readable(words: str) -> str:
    for kind, ours in _KINDS.items():
        words = words.replace(kind, ours)
    return _CHOICES.sub(r"\1", _ANY_TEXT.sub("TEXT", words))


def _argument(argument: Any) -> str:
    name = (argument.metavar or str(argument.name).upper()).strip("[].")
    several = f"{name}…" if argument.nargs < 0 else name
    return several if argument.required else f"[{several}]"
