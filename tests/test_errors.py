"""What a person may read is of one of three kinds, so that whoever catches one catches what is meant."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_fault_is_raised_as_one_of_its_kinds() -> None:
    vague = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for hall in ("pxtui", "screens", "db")
        for path in (ROOT / hall).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id == "PxtuiError"
    ]
    assert vague == [], "raise Refused, NotFound or Damaged (pxtui/errors.py)"
