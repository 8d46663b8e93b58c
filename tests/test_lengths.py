"""A file is under 400 lines and a function at most 50 (CONTRIBUTING.md): what needs more is parted."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
MOST_LINES_OF_A_FILE, MOST_LINES_OF_A_FUNCTION = 399, 50


def modules() -> Iterator[Path]:
    """Every module of the program, its tests and its tools."""
    for folder in ("pxtui", "screens", "db", "tests", "tools"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def too_long(path: Path) -> Iterator[str]:
    """What of a module is too long: the module itself, or functions of it."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT)
    if (lines := text.count("\n")) > MOST_LINES_OF_A_FILE:
        yield f"{name}: {lines}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > MOST_LINES_OF_A_FUNCTION:
                yield f"{name}:{node.name}: {length}"


def test_no_module_and_no_function_is_too_long() -> None:
    found = list(modules())
    assert len(found) > 800
    assert [long for path in found for long in too_long(path)] == []
