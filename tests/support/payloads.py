"""Texts with which somebody outside would steer a terminal or the program, as names, remarks and file names."""

import sqlite3
import unicodedata
import zlib
from collections.abc import Callable

from db.chain.statements import UNPROVEN
from pxtui.home import Home
from tests.support.chain import bound_as_it_stands

STEERING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
OURS = {"office", "frozen_rules", "alembic_version"}
"""Tables of texts that come with the program."""
CODED = {"role"}

PAYLOADS = {
    "bell": "\a",
    "nul": "\0",
    "backspaces": "\b\b\b王五",
    "carriage-return": "\r可办理",
    "newline": "\n可办理：同意",
    "form-feed": "\f\v",
    "delete": "\x7f",
    "shift-out": "\x0e占\x0f",
    "red": "\x1b[31m",
    "clear": "\x1b[2J\x1b[H",
    "cursor-up": "\x1b[10A改",
    "scroll-region": "\x1b[5;6r",
    "alternate-screen": "\x1b[?1049l",
    "reset": "\x1bc",
    "reverse-index": "\x1bM",
    "title": "\x1b]0;占\x07",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "hyperlink": "\x1b]8;;http://example.invalid\x1b\\点\x1b]8;;\x1b\\",
    "colour-query": "\x1b]10;?\x1b\\",
    "device-string": '\x1bP$q"p\x1b\\',
    "privacy-message": "\x1b^x\x1b\\",
    "report": "\x1b[6n\x1b[c",
    "window": "\x1b[18t\x1b[8;5;20t",
    "paste-end": "\x1b[201~\r",
    "c1-sequence": "\x9b31m",
    "c1-string": "\x9d0;占\x9c",
    "c1-device": "\x90$q\x9c",
    "half-a-sequence": "\x1b[",
    "bidi-override": "\u202e倒",
    "bidi-isolate": "\u2066甲\u2069\u2067",
    "zero-width": "\u200b\u200c\u200d\u2060\ufeff",
    "line-separators": "\u2028\u2029\x85",
    "tags": "\U000e0041\U000e007f",
    "private": "\ue863\U000f0000",
    "action": "[@click=app.quit]点[/]",
    "link": "[link=http://example.invalid]点[/link]",
    "markup": "[bold red]红[/] [/b] [on",
    "emoji": ":skull: [blink]\u2620\ufe0f\U0001f468\u200d\U0001f469",
    "combining": "e" + "\u0301" * 60,
    "long": "长" * 3000,
}
"""Forty of them; half a character (a surrogate) cannot be stored and comes from names of files alone."""
HALF = "\udc9b31m\udcff"
"""A name of a file whose bytes are no UTF-8, as Python has it."""


def steering(text: str) -> str:
    """What of a text a terminal would obey."""
    return "".join(mark for mark in text if unicodedata.category(mark) in STEERING)


def one_for_each(text: str) -> str:
    """Another payload for another text and always the same for one: who is named twice is named alike."""
    return list(PAYLOADS.values())[zlib.crc32(text.encode()) % len(PAYLOADS)]


def spoil(home: Home, payload_for: Callable[[str], str]) -> None:
    """Put a payload behind the first character of every text that somebody wrote, past the program."""
    with sqlite3.connect(home.register) as register:
        for (trigger,) in register.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            register.execute(f"DROP TRIGGER {trigger}")
        for (table,) in register.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for _, column, kind, *_ in register.execute(f"PRAGMA table_info({table})").fetchall():
                if table not in OURS | UNPROVEN and column not in CODED and kind.startswith(("VARCHAR", "TEXT")):
                    _spoil_column(register, table, column, payload_for)
    bound_as_it_stands(home)


def spoilt(text: str, payload: str) -> str:
    """A text with a payload behind its first character, where it is seen however narrow its column is."""
    return text[:1] + payload + text[1:]


def _spoil_column(register: sqlite3.Connection, table: str, column: str, payload_for: Callable[[str], str]) -> None:
    for key, text in register.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall():  # noqa: S608 - the names are the register's
        if text and any("\u4e00" <= mark <= "\u9fff" for mark in text) and not text.startswith(("{", "[")):
            change = f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?'  # noqa: S608 - as above
            register.execute(change, (spoilt(text, payload_for(text)), key))
