"""What a command of a screen is: something that a key does, with its words."""

from dataclasses import dataclass
from typing import Literal

EVERYWHERE = "everywhere"

CommandId = Literal[
    "add",
    "all",
    "append",
    "back",
    "backups",
    "calendar",
    "cells",
    "change",
    "check",
    "clear",
    "compare",
    "complete",
    "confirm_day",
    "confirm_results",
    "decide",
    "deduct",
    "ditto",
    "draw",
    "edit",
    "every",
    "export",
    "fill",
    "fund",
    "give",
    "go",
    "handed_in",
    "help",
    "identify",
    "import",
    "increase",
    "insert",
    "issue",
    "known",
    "measure",
    "menu",
    "names",
    "new",
    "next",
    "notes",
    "one_office",
    "offline",
    "open",
    "open_entry",
    "order_back",
    "other_page",
    "other_sheet",
    "own_key",
    "page",
    "password",
    "papers",
    "pass_on",
    "place",
    "proceed",
    "profile",
    "put_back",
    "quit",
    "redo",
    "redraw",
    "refresh",
    "remove",
    "result",
    "retire",
    "reveal",
    "sample",
    "search",
    "shift",
    "side",
    "signs",
    "sit",
    "statistics",
    "strike",
    "substitute",
    "take",
    "take_back",
    "undo",
    "void",
]


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a key does."""

    id: CommandId
    """By this a screen says in its `handlers` which method does it."""
    key: str
    label: str
    """In the key bar, behind the key."""
    help: str
    screens: tuple[str, ...]
    also: str = ""
    """A second way in, for terminals that keep the F-key for themselves."""
    in_bar: bool = True
