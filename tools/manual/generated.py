"""Pages of the manual that are written by the registries of the program: keys, stages, commands."""

import ast
import inspect
import re
from collections.abc import Iterable
from textwrap import dedent

import typer

from pxtui.casework.lifecycle import picture as stages
from pxtui.commands import entry, reference
from screens.frame import catalogue
from screens.frame.keymap import COMMANDS, EVERYWHERE, Command, key_name

_MERMAID = re.compile(r"```mermaid\n.*?```\n", re.DOTALL)
_BY_NAME = {"office_form": "本部门各页的表单", "sign_in": "登录和锁屏"}
"""Screens whose title is that of what they are opened for."""
_TITLE = re.compile(r"[“]?([\w、]{2,12})：")


def commands() -> str:
    """Every command."""
    return reference.markdown(list(reference.references(typer.main.get_command(entry._commands()))))


def stages_page() -> str:
    """The picture of the stages over the table of all moves."""
    return _MERMAID.sub("![案件的阶段](pictures/stages.svg)\n", stages.picture())


def keys() -> str:
    """The keys of every screen."""
    parts = ["# 全部按键\n\n本页由程序的按键表生成，每一屏的F1和最下面一行也是它。“或”后面的是同一件事的另一个键。\n\n"]
    everywhere = [command for command in COMMANDS if EVERYWHERE in command.screens]
    parts += ["## 每一屏\n\n", *_table(everywhere)]
    for screen in dict.fromkeys(screen for command in COMMANDS for screen in command.screens):
        if screen != EVERYWHERE:
            here = [command for command in COMMANDS if screen in command.screens]
            parts += [f"\n## {title_of(screen)}\n\n", *_table(here)]
    return "".join(parts)


def card() -> str:
    """The keys that mean something on more than one screen or are everywhere, one row a key."""
    by_key: dict[str, list[Command]] = {}
    for command in COMMANDS:
        by_key.setdefault(command.key, []).append(command)
    rows = []
    for key in sorted(by_key, key=_order):
        found = by_key[key]
        labels = "、".join(dict.fromkeys(command.label for command in found))
        others = "、".join(sorted({key_name(command.also) for command in found if command.also}))
        rows.append(f"| {key_name(key)} | {others} | {labels} |\n")
    return "".join(["| 键 | 或 | 办什么（各屏最下面一行写明） |\n|---|---|---|\n", *rows])


def title_of(screen: str) -> str:
    """The Chinese name of a screen, as the first sentence of its help begins; its own name where it has none."""
    if screen in _BY_NAME or screen not in catalogue._PLACES:
        return _BY_NAME.get(screen, screen)
    found = catalogue.load(screen)
    for words in _said_by(found):
        if (named := _TITLE.match(words)) and not words.startswith("http"):
            return named[1]
    titles = [argument for argument in _titles_of(found) if argument]
    return titles[0] if titles else screen


def _said_by(screen: object) -> Iterable[str]:
    """The texts of its own `help_texts`."""
    told = vars(screen).get("help_texts")
    if told is None:
        return
    for node in ast.walk(ast.parse(dedent(inspect.getsource(told)))):
        if isinstance(node, ast.Tuple) and node.elts and isinstance(node.elts[0], ast.Constant):
            yield str(node.elts[0].value)


def _titles_of(screen: object) -> Iterable[str]:
    for node in ast.walk(ast.parse(inspect.getsource(screen))):  # type: ignore[arg-type]
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "show_title":
            title = node.args[0] if node.args else None
            if isinstance(title, ast.Constant):
                yield str(title.value)


def _table(found: Iterable[Command]) -> Iterable[str]:
    yield "| 键 | 叫作 | 办什么 |\n|---|---|---|\n"
    for command in found:
        names = key_name(command.key) + (f" 或 {key_name(command.also)}" if command.also else "")
        yield f"| {names} | {command.label} | {command.help} |\n"


def _order(key: str) -> tuple[int, str]:
    number = key.removeprefix("f")
    return (int(number), "") if key.startswith("f") and number.isdigit() else (100, key)
