"""A command that a sentence, the manual or a unit of the server names is one that there is."""

import re
from collections.abc import Iterator
from pathlib import Path

import typer

from pxtui.commands import entry

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"pxtui ([a-z]+)(?: ([a-z][a-z-]*))?")
COMMANDS = typer.main.get_command(entry._commands()).commands  # type: ignore[attr-defined]


def texts() -> Iterator[str]:
    """Where commands are named in sentences: behind or before a Chinese character, or in the unit of a timer."""
    for folder in ("pxtui", "screens", "deploy"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in {".py", ".service", ".md", ".toml"}:
                yield from path.read_text("utf-8").splitlines()
    yield from (ROOT / "README.md").read_text("utf-8").splitlines()


def named() -> set[tuple[str, str]]:
    """The first two words of each that begins with a command's name."""
    found = (match for line in texts() for match in NAMED.finditer(line))
    return {(match[1], match[2] or "") for match in found if match[1] in COMMANDS}


def test_a_command_that_is_named_exists() -> None:
    pages = {word: set(page.commands) for word, page in COMMANDS.items() if hasattr(page, "commands")}
    assert len(named()) > 40
    assert sorted(f"{word} {below}" for word, below in named() if below and below not in pages.get(word, {below})) == []
