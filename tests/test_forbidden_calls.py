"""What the program never does: start a program but the reader of tables, open a socket, run text as code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLACES = ("pxtui", "screens", "db")
READER_OF_TABLES = "pxtui/papers/reading/grid.py"

MODULES = """asyncio.subprocess code codeop commands dbm ftplib http httpx imaplib marshal multiprocessing pdb pickle
poplib pty requests shelve smtplib socket socketserver ssl subprocess telnetlib urllib.request urllib3 webbrowser
wsgiref xmlrpc aiohttp"""
CALLS = """os.system os.popen os.execv os.execve os.execvp os.execvpe os.execl os.execle os.execlp os.execlpe os.spawnv
os.spawnve os.spawnvp os.spawnvpe os.spawnl os.spawnle os.spawnlp os.spawnlpe os.posix_spawn os.posix_spawnp os.fork
os.forkpty os.startfile asyncio.create_subprocess_exec asyncio.create_subprocess_shell eval exec compile __import__
breakpoint"""
IMPORTED, CALLED = frozenset(MODULES.split()), frozenset(CALLS.split())
METHODS = frozenset({"suspend", "action_suspend_process", "format_map", "vformat", "get_field"})
ALLOWED = {
    # Tables are parsed in a process of their own, with limits.
    READER_OF_TABLES: {"subprocess"},
    # The resident parent listens to its own account on a socket of the file system, and forks; never in a session.
    "pxtui/serving/parent.py": {"socket", "os.fork", "os.execv"},
    "pxtui/serving/session.py": {"socket"},
}
CHOSEN_AMONG_OURS = {
    ("db/kinds/postgresql_faults.py", "template"),
    ("db/kinds/sqlite_faults.py", "template"),
    ("pxtui/commands/learning.py", "heading"),
    ("screens/frame/shut.py", "way"),
}


def sources() -> list[Path]:
    """Every module of the program but the migrations, which run once and are kept as they were."""
    return [path for place in PLACES for path in sorted((ROOT / place).rglob("*.py"))]


def name_of(node: ast.expr) -> str:
    """`os.path.join` of such an expression; empty where it is no dotted name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := name_of(node.value)):
        return f"{before}.{node.attr}"
    return ""


def forbidden(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of everything on the list."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Attribute):
            yield from ((node.lineno, node.attr) for _ in range(node.attr in METHODS))
            names = [name_of(node)]
        elif isinstance(node, ast.Name):
            names = [node.id] if node.id in CALLED else []
        else:
            continue
        for name in names:
            parts = name.split(".")
            heads = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
            known = CALLED | (IMPORTED if isinstance(node, ast.Import | ast.ImportFrom) else frozenset())
            yield from ((node.lineno, found) for found in sorted(heads & known))


def filled_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of every `.format`: it reads attributes of the values, if somebody else wrote the text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            yield node.lineno, ast.unparse(node.func.value)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_program_is_started_no_socket_opened_and_no_text_run(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [(line, what) for line, what in forbidden(tree) if what not in ALLOWED.get(name, set())]
    assert found == []


def test_only_texts_of_our_own_are_filled_by_format() -> None:
    filled = {
        (str(path.relative_to(ROOT)), text)
        for path in sources()
        for _, text in filled_texts(ast.parse(path.read_text(encoding="utf-8")))
    }
    of_constants = {(name, text) for name, text in filled if text.split("[")[0].isupper() or text[0] in "'\""}
    assert filled - of_constants == CHOSEN_AMONG_OURS


@pytest.mark.parametrize(
    "code",
    [
        "import subprocess",
        "import os\nos.system('x')",
        "from os import system",
        "from os import execv as run",
        "import os\nstart = os.popen",
        "import webbrowser as page",
        "from urllib import request",
        "import urllib.request",
        "from multiprocessing import Process",
        "eval('1')",
        "run = exec",
        "app.suspend()",
        "text.format_map({})",
        "from asyncio import create_subprocess_exec",
        "import http.client",
    ],
)
def test_the_list_sees_each_way(code: str) -> None:
    assert list(forbidden(ast.parse(code)))
