"""Numbers are written in one way on all screens and in every message (docs/GLOSSARY.md): read from their texts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

_HOUSE = Path(__file__).parent.parent.parent
_TEXTS = (
    *_HOUSE.glob("screens/**/*.py"),
    *(path for path in _HOUSE.glob("pxtui/casework/**/*.py") if "printed" not in path.parts),
    *_HOUSE.glob("pxtui/policy/**/*.py"),
    *_HOUSE.glob("pxtui/commands/*.py"),
    *_HOUSE.glob("pxtui/papers/reading/*.py"),
)
"""Where the sentences for the clerk are written; papers have their own style."""
_IN_FILE_NAMES = "%Y%m%d-%H%M%S"
_DAYS_AND_TIMES = {"%Y-%m-%d", "%m-%d", "%Y-%m", "%Y-%m-%d %H:%M", "%H:%M", "%H:%M:%S", "%Y", _IN_FILE_NAMES}
_COUNTED = "人|件|行|元|名|项|份|张|学时|天|个|处|笔|位|号"
_BLANK_BEFORE_COUNTED = re.compile(rf"^ +(?:{_COUNTED})(?![\u4e00-\u9fff])")


def _texts(path: Path) -> Iterator[tuple[ast.JoinedStr, ast.Module]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node, tree


def _pairs(path: Path) -> Iterator[tuple[ast.FormattedValue, str, ast.Module]]:
    """What is put into each text of a module, and the text behind it."""
    for text, tree in _texts(path):
        for value, behind in zip(text.values, [*text.values[1:], None], strict=True):
            if isinstance(value, ast.FormattedValue):
                yield value, str(behind.value) if isinstance(behind, ast.Constant) else "", tree


def _is_money(value: ast.expr, tree: ast.Module) -> bool:
    """Whether a value was made by `yuan`: where it stands, or where its name got it."""
    source = ast.unparse(value)
    if "yuan(" in source:
        return True
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    made = {
        name.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and "yuan(" in ast.unparse(node.value)
        for target in node.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }
    return bool(names & made)


def _where(path: Path, node: ast.expr) -> str:
    return f"{path.relative_to(_HOUSE)}:{node.lineno} {ast.unparse(node)}"


def faults(path: Path) -> list[str]:
    """What in a module writes numbers in another way."""
    found = []
    for value, behind, tree in _pairs(path):
        spec = ast.unparse(value.format_spec)[2:-1] if value.format_spec else ""
        if "," in spec:
            found.append(f"thousands: {_where(path, value.value)}")
        if "%" in spec and spec not in _DAYS_AND_TIMES and not spec.endswith("%d"):
            found.append(f"a day as {spec}: {_where(path, value.value)}")
        if behind.startswith("元") and not _is_money(value.value, tree):
            found.append(f"money without yuan(): {_where(path, value.value)}")
        if _BLANK_BEFORE_COUNTED.match(behind):
            found.append(f"a blank before {behind.strip()[:2]}: {_where(path, value.value)}")
        if {"screens", "commands"} & {*path.parts} and "display_number" in ast.unparse(value.value):
            found.append(f"a case by its printed number: {_where(path, value.value)}")
    return found


def test_every_text_writes_numbers_in_the_one_way() -> None:
    assert len(_TEXTS) > 150
    assert [fault for path in _TEXTS for fault in faults(path)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('f"{fen:,}分"', "thousands"),
        ('f"{day:%Y年%m月%d日}"', "a day as"),
        ('f"余额{amount}元"', "money without yuan()"),
        ('f"符合{heads} 人"', "a blank before 人"),
        ('f"余额{yuan(fen)}元，符合{heads}人，{day:%m-%d}"', ""),
    ],
)
def test_each_other_way_is_found(text: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.screens.test_number_style._HOUSE", tmp_path)
    path = tmp_path / "screen.py"
    path.write_text(text, encoding="utf-8")
    found = faults(path)
    assert [sentence.startswith(fault) for sentence in found] == ([True] if fault else [])


def test_no_screen_and_no_command_names_a_case_by_the_number_of_its_papers() -> None:
    paths = (*_HOUSE.glob("screens/**/*.py"), *_HOUSE.glob("pxtui/commands/*.py"))
    assert [path.name for path in paths if "display_number" in path.read_text(encoding="utf-8")] == []
