"""The statements that a page, list or act really sends to SQLite, what each cost, and how it would be carried out."""

import gc
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.pool import Pool

from tests.support.large_registers import GROWING

_STEPS_AT_ONCE = 10
_READS = re.compile(r"\s*(SELECT|WITH|UPDATE|DELETE|INSERT)\b", re.IGNORECASE)
_SCAN = re.compile(r"SCAN (?:TABLE )?(\w+)")
_ALIAS = re.compile(r"_[0-9]+$")


@dataclass(slots=True)
class Statements:
    """What was sent while it was watched."""

    texts: list[str] = field(default_factory=list)
    """With their values in them."""
    steps: int = 0
    """Instructions of SQLite's machine: the same on every computer, and in step with the rows that are looked at."""

    def _sent(self, text: str) -> None:
        # Those of a trigger come as comments.
        if _READS.match(text):
            self.texts.append(text)

    def _went_on(self) -> int:
        self.steps += _STEPS_AT_ONCE
        return 0

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self.texts)


@contextmanager
def watched() -> Iterator[Statements]:
    """Watch what is sent to any register."""
    sent = Statements()
    connections: list[sqlite3.Connection] = []

    def begin(connection: sqlite3.Connection, *_: object) -> None:
        connections.append(connection)
        connection.set_trace_callback(sent._sent)
        connection.set_progress_handler(sent._went_on, _STEPS_AT_ONCE)

    event.listen(Pool, "checkout", begin)
    # Whether a row is still known to a session, and not asked for again, must not be left to when it is looked for.
    gc.disable()
    try:
        yield sent
    finally:
        gc.enable()
        event.remove(Pool, "checkout", begin)
        for connection in connections:
            # A register that was closed meanwhile has nothing to be taken off.
            with suppress(sqlite3.ProgrammingError):
                connection.set_trace_callback(None)
                connection.set_progress_handler(None, 0)


def walks(register: Path, texts: Iterator[str] | list[str]) -> dict[str, str]:
    """The statements that walk through a whole table that grows, each with its plan.

    One that reads the newest rows by their numbers and stops after so many walks through nothing.
    """
    found: dict[str, str] = {}
    with closing(sqlite3.connect(register)) as connection:
        for text in dict.fromkeys(texts):
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}")]
            walked = [line for line in plan if (scan := _SCAN.match(line)) and _ALIAS.sub("", scan[1]) in GROWING]
            if walked and not _stops(text, plan):
                found[text] = "; ".join(plan)
    return found


def _stops(text: str, plan: list[str]) -> bool:
    return (
        " LIMIT " in f" {text} ".replace("\n", " ")
        and "WHERE" not in text
        and not any("B-TREE" in line for line in plan)
    )
