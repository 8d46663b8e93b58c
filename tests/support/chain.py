"""What tests do to the chain of a register, and ask of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from db.chain.findings import Verified
from db.chain.walk import verify
from db.engine import open_archive
from db.seal import Vault
from pxtui.home import Home
from tests.conftest import NOW


def bound_as_it_stands(home: Home) -> None:
    """Take what a test wrote past the program for what the program wrote: the chain proves it from here on."""
    archive = open_archive(home.database, Vault.open(home.key))
    archive.bind_anew(NOW)
    archive.close()


def verified(home: Home, path: Path | None = None) -> Verified:
    """What the verification says of a register, or of a copy of it at `path`."""
    return verify(path or home.database, Vault.open(home.key))


def past_the_program(path: Path, *statements: str) -> None:
    """What somebody does who opens the register's file with another program, and is told of no rule."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("BEGIN")
        for statement in statements:
            file.execute(statement)
        file.execute("COMMIT")


def past_triggers(path: Path, *statements: str) -> None:
    """The same by somebody who takes the triggers away for it and puts them back as they were."""
    with closing(sqlite3.connect(path)) as file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    dropped = (f"DROP TRIGGER {name}" for name, _ in triggers)
    past_the_program(path, *dropped, *statements, *(text for _, text in triggers))
