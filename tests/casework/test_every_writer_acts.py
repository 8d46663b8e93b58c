"""Nothing is written that is no act: whoever calls casework and has it write comes past the journal, and its check.

Read from the source: which functions of casework the screens and commands name, and what those call in turn.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASEWORK = ROOT / "pxtui" / "casework"
CALLERS = (ROOT / "screens", ROOT / "pxtui" / "commands")
RECORD = "pxtui.casework.office.journal.record"
_WRITES = {"add", "add_all", "delete", "merge"}
_STATEMENTS = {"delete", "update", "insert"}
NO_ACT = {
    "pxtui.casework.roster.lease.take": "says who keys a roster now",
    "pxtui.casework.roster.lease.give_back": "says that nobody does any more",
    "pxtui.casework.roster.lease.renew": "says that somebody still does",
    "pxtui.casework.roster.keying_pace.record": "counts keys and rows",
}
"""What writes and is no act, and why."""

Calls = dict[str, set[str]]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module) -> dict[str, str]:
    """What a name means: `journal` → `pxtui.casework.office.journal`."""
    return {
        alias.asname or alias.name: f"{statement.module}.{alias.name}"
        for statement in ast.walk(tree)
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("pxtui.casework")
        for alias in statement.names
    }


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """By name: functions, and classes with all their methods as one."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement.name, statement


def named_in(node: ast.AST, module: str, meanings: dict[str, str], own: set[str]) -> Iterator[str]:
    """What a function names of casework: calls, and functions that it hands on."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in meanings:
            yield f"{meanings[part.value.id]}.{part.attr}"
        elif isinstance(part, ast.Name):
            if part.id in meanings:
                yield meanings[part.id]
            elif part.id in own:
                yield f"{module}.{part.id}"


def writes(node: ast.AST) -> bool:
    """Whether it puts a row into a session itself, or sends a statement that changes rows."""
    for part in ast.walk(node):
        if not isinstance(part, ast.Call):
            continue
        called = part.func
        if isinstance(called, ast.Attribute) and called.attr in _WRITES and "session" in ast.unparse(called.value):
            return True
        if isinstance(called, ast.Name) and called.id in _STATEMENTS:
            return True
    return False


@cache
def casework() -> tuple[Calls, frozenset[str]]:
    """Who names whom, and who writes."""
    calls: Calls = {}
    writers: set[str] = set()
    for path in CASEWORK.rglob("*.py"):
        tree, module = ast.parse(path.read_text(encoding="utf-8")), module_of(path)
        meanings = imported(tree)
        own = {name for name, _ in functions(tree)}
        for name, node in functions(tree):
            full = f"{module}.{name}"
            calls[full] = set(named_in(node, module, meanings, own))
            if writes(node):
                writers.add(full)
    return calls, frozenset(writers)


def reached(start: str, calls: Calls) -> set[str]:
    found, open_names = set(), [start]
    while open_names:
        name = open_names.pop()
        if name not in found:
            found.add(name)
            open_names += calls.get(name, ())
    return found


@cache
def asked_for() -> frozenset[str]:
    """The functions of casework that screens and commands name."""
    found: set[str] = set()
    calls, _ = casework()
    for hall in CALLERS:
        for path in hall.rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= set(named_in(tree, "", imported(tree), set()))
    return frozenset(found & calls.keys())


def test_whatever_a_screen_or_command_has_written_is_an_act() -> None:
    calls, writers = casework()
    silent = [
        name
        for name in sorted(asked_for())
        if (met := reached(name, calls)) & writers and RECORD not in met and name not in NO_ACT
    ]
    assert silent == []


def test_the_exceptions_are_still_there_and_write() -> None:
    calls, writers = casework()
    assert {name for name in NO_ACT if not reached(name, calls) & writers} == set()


def test_enough_was_looked_at() -> None:
    calls, writers = casework()
    acting = [name for name in asked_for() if reached(name, calls) & writers]
    assert len(acting) > 80, "the source is written otherwise than this test reads it"
