"""Who sits at a screen is told the key or the page, and not only the command that does the same."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from screens.terminal.plain import _NARROW

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"pxtui [a-z]+( [a-z-]+)?")
PAGE_OR_KEY = re.compile(r"一页|按(?:F\d+|Enter|Ins|Del|Ctrl\+[A-Z])|重新打开程序|直接运行 pxtui。")
WITHOUT_PAGE = {"pxtui clock accept", "pxtui voucher strike", "pxtui wording check"}
"""Rare acts that have a command alone, and the commands that the help of a page lists behind its keys."""
ON_THE_MACHINE = {
    "pxtui staff recover",
    "pxtui backup",
    "pxtui backup key",
    "pxtui db conflicts",
    "pxtui db copy",
    "pxtui key backup",
    "pxtui key rotate",
    "pxtui restore",
    "pxtui restore --key",
    "pxtui staff key",
    "pxtui staff logins",
    "pxtui verify",
    "pxtui verify --accept",
}
"""What an administrator does on the machine itself, with a stick or a key file in hand, and no clerk at the desk."""
BEFORE_THE_DESK = {"pxtui demo", "pxtui tour"}


def texts(path: Path) -> Iterator[str]:
    """The texts of a module, of formatted ones what is fixed, named texts of the module among it; no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {id(first.value) for node in ast.walk(tree) if isinstance(node, documented) and (first := _text(node))}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    named = dict(_named_texts(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(_fixed(part, named) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | inside:
            yield node.value


def _named_texts(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The constants of a module that are texts."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                yield name, text


def _fixed(part: ast.expr, named: Mapping[str, str]) -> str:
    """What of a part of a formatted text is known before it is shown."""
    match part:
        case ast.Constant(value=value):
            return str(value)
        case ast.FormattedValue(value=ast.Name(id=name)):
            return named.get(name, "")
    return ""


def _text(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> ast.Expr | None:
    """The text that a definition begins with."""
    return node.body[0] if node.body and isinstance(node.body[0], ast.Expr) else None


def sentences() -> list[str]:
    """Every text that a screen may show and in which a command is named."""
    folders = (ROOT / "pxtui/casework", ROOT / "pxtui/policy", ROOT / "pxtui/papers", ROOT / "screens")
    paths = (path for folder in folders for path in sorted(folder.rglob("*.py")))
    # Asked while tests are collected: a module that names no command is not worth its syntax tree.
    found = (text for path in paths if "pxtui " in path.read_text(encoding="utf-8") for text in texts(path))
    return [text for text in found if COMMAND.search(text) and text.rstrip().endswith(("。", "；", "，"))]


def test_there_are_such_sentences() -> None:
    assert len(sentences()) > 20


@pytest.mark.parametrize("sentence", sentences())
def test_a_sentence_that_names_a_command_names_the_page_or_key_as_well(sentence: str) -> None:
    commands = {match.group() for match in COMMAND.finditer(sentence)}
    assert PAGE_OR_KEY.search(sentence) or commands <= WITHOUT_PAGE | BEFORE_THE_DESK | ON_THE_MACHINE


def test_what_a_screen_says_by_itself_is_drawn_as_it_is_written() -> None:
    """Nothing in it is spelt otherwise on the way to the terminal: it would take other room than was measured."""
    paths = [path for path in sorted((ROOT / "screens").rglob("*.py")) if path.name != "plain.py"]
    said = [(path.name, text) for path in paths for text in texts(path) if not text.isascii()]
    assert len(said) > 500
    assert [(name, text) for name, text in said if text.translate(_NARROW) != text] == []
