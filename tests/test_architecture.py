"""What ARCHITECTURE.md, CONTRIBUTING.md and the glossary name exists: files, functions, classes, values and tests."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_NAMED = re.compile(r"`([A-Za-z0-9_/.-]+/[A-Za-z0-9_/.-]*|[A-Za-z0-9_-]+\.(?:md|toml))(?::([A-Za-z_][A-Za-z0-9_.]*))?`")
_MADE_UP = re.compile(r"class.reminder|NNNN|YYYY|X\.Y\.Z")
"""In the examples of the recipes."""
_FEWEST_DECISIONS = 60


def named(document: str) -> list[tuple[str, str]]:
    """The files and folders that a document names in backticks, each with the name in it that stands behind a colon."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return list(dict.fromkeys(_NAMED.findall(text)))


@cache
def names_in(path: Path) -> frozenset[str]:
    """What a module defines at its top and in its classes: `judge`, `MOVES`, `Context`, `Context.by`."""
    return frozenset(_defined(ast.parse(path.read_text(encoding="utf-8")).body))


def _defined(body: list[ast.stmt], within: str = "") -> set[str]:
    found: set[str] = set()
    for statement in body:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(within + name)
            case ast.ClassDef(name=name, body=members):
                found |= {within + name, *_defined(members, f"{within}{name}.")}
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(within + name)
    return found


@pytest.mark.parametrize(("path", "name"), named("ARCHITECTURE.md"))
def test_what_the_architecture_names_exists(path: str, name: str) -> None:
    assert (ROOT / path).exists()
    assert not name or name in names_in(ROOT / path)


@pytest.mark.parametrize(("path", "name"), named("docs/GLOSSARY.md"))
def test_what_the_glossary_names_exists(path: str, name: str) -> None:
    """Paths of the glossary begin in `pxtui`, or at the root."""
    assert any((root / path).exists() for root in (ROOT / "pxtui", ROOT))


def test_what_the_recipes_name_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = [(path, name) for path, name in named("CONTRIBUTING.md") if not _MADE_UP.search(path)]
    missing = [
        path for path, name in paths if not (ROOT / path).exists() or (name and name not in names_in(ROOT / path))
    ]
    tests = {name for path in (ROOT / "tests").rglob("test_*.py") for name in names_in(path)}
    assert missing == []
    assert set(re.findall(r"`(test_\w+)`", text)) <= tests


def test_every_decision_says_where_it_stands_and_which_test_holds_it() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("\n## Decisions")[2]
    decisions = re.split(r"^- \*\*", text, flags=re.MULTILINE)[1:]
    assert len(decisions) >= _FEWEST_DECISIONS
    lacking = [decision.partition("**")[0] for decision in decisions if not _is_held(decision)]
    assert lacking == []


def _is_held(decision: str) -> bool:
    where, _, held = decision.partition("Test: ")
    return "Where: `" in where and bool(re.search(r"^none: |`tests/[^`]+\.py:test_\w+`|`pyproject\.toml`", held))
