"""Personal data that a command needs: asked for, or read from a private file, never written on the command line.

Everybody on the machine reads the words of a running program (`/proc/PID/cmdline`), and the shell keeps them.
"""

import os
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from db.private_files import require_private
from pxtui.errors import Refused
from pxtui.file_content import content_of
from pxtui.identifiers import id_number
from pxtui.identifiers.id_number import InvalidIdNumber

ASKED = "-"
"""What stands on the command line in the place of a personal value."""

FromFile = Annotated[
    Path | None,
    typer.Option("--from-file", metavar="FILE", help="不提问，从只有本人能读（0600）的文本文件逐行读取要问的各项。"),
]

_MOST_BYTES = 64 * 1024
_LOOKS_LIKE_AN_ID = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A personal value that a command needs."""

    name: str
    """What it is, in Chinese."""
    given: str
    """What stands for it on the command line; empty: nothing, and it is not wanted."""


def told(*wanted: Wanted, from_file: Path | None = None) -> tuple[str, ...]:
    """The values in their order, asked for on the terminal or read from a file; empty for those that are not wanted.

    Where nobody sits at a terminal the lines of the standard input are taken.

    Args:
        from_file: a file of mode 0600 with a line for each value.

    Raises:
        PxtuiError: a value stands on the command line, the file is open to others or has another number of lines, or
            the input ended.
    """
    for value in wanted:
        if value.given not in {"", ASKED}:
            raise Refused(
                f"{value.name}不写在命令行里：本机的其他人看得到，命令历史也会留下。请改写成 {ASKED}，按提示输入，"
                "或用 --from-file 从文件读取，并删去命令历史里的这一行；没有办理。"
            )
    if from_file is not None:
        return _lines_of(from_file, wanted)
    return tuple(_asked(value.name) if value.given else "" for value in wanted)


def require_none_in(words: list[str]) -> None:
    """Refuse a command line with an ID number in any of its words, be it a reason or an opinion; but for files' names.

    Raises:
        Refused: there is one.
    """
    for word in words:
        if any(map(_is_an_id, _LOOKS_LIKE_AN_ID.findall(word))) and not os.path.exists(word):
            raise Refused(
                "命令行里有身份证号：本机的其他人看得到，命令历史也会留下。请去掉，理由里写姓名和序号，"
                f"要用证号的命令写成 {ASKED} 再按提示输入，并删去命令历史里的这一行；没有办理。"
            )


def _is_an_id(text: str) -> bool:
    try:
        # Any day of birth: a reference of the bank or an invoice of 18 digits has none.
        id_number.parse(text, today=date.max)
    except InvalidIdNumber:
        return False
    return True


def _asked(name: str) -> str:
    if sys.stdin.isatty():
        # Beside what is printed: the answer of the command may be on its way into a file.
        print(f"{name}：", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise Refused(f"没有读到{name}，请在终端按提示输入，或用 --from-file 从文件读取；没有办理。")
    return line.strip()


def _lines_of(file: Path, wanted: tuple[Wanted, ...]) -> tuple[str, ...]:
    require_private(file, "文件")
    content = content_of(file, _MOST_BYTES, f"“{file.name}”太大，只写要问的各项，一行一项。")
    try:
        lines = content.decode("utf-8-sig").rstrip().splitlines()
    except UnicodeDecodeError:
        raise Refused(f"“{file.name}”不是UTF-8文本，请另存后再试；没有办理。") from None
    names = [value.name for value in wanted]
    if len(lines) != len(names):
        raise Refused(f"“{file.name}”应有{len(names)}行（{'、'.join(names)}），现有{len(lines)}行；没有办理。")
    return tuple(line.strip() for line in lines)
