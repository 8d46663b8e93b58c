"""A data folder as a program of before left it: a key, and a register of an older revision with a case in it."""

import sqlite3
from contextlib import closing

from db.seal import Vault
from pxtui.home import Home
from tests.db.test_control_migration import of_revision

_REGISTER = (
    "INSERT INTO register (id, home_office, schema_note, created_at, key_check) "
    "VALUES (1, 'dongqu', '', '2020-06-15 08:00:00.000000', ?)"
)


def make_old_register(home: Home, revision: str) -> None:
    """Make one where no folder is yet."""
    for folder in (home.root, home.register.parent, home.drafts, home.papers):
        folder.mkdir(mode=0o700)
    vault = Vault.create(home.key)
    of_revision(home.register, revision)
    with closing(sqlite3.connect(home.register)) as connection, connection:
        connection.execute(_REGISTER, (vault.key_check,))


def cases_in(home: Home) -> int:
    """How many cases the register's file has, whatever its revision."""
    with closing(sqlite3.connect(home.register)) as connection:
        (cases,) = connection.execute("SELECT count(*) FROM training_case").fetchone()
        return int(cases)
