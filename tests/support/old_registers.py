"""A data folder as a program of before left it: a key, and a register of an older revision with a case in it."""

import sqlite3
from contextlib import closing

from db.chain.renewal import renew
from db.chain.statements import run
from db.engine import private_engine
from db.revision import FIRST_BOUND_TO_ROWS, FIRST_WITH_CHAIN
from db.seal import Vault, identity_of
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
    if revision >= FIRST_WITH_CHAIN:
        _begin_chain(home, vault, is_bound=revision >= FIRST_BOUND_TO_ROWS)


def _begin_chain(home: Home, vault: Vault, *, is_bound: bool) -> None:
    """The first link, with a key that is sealed as it was at the time."""
    secret = bytes(range(32))
    engine = private_engine(home.database)
    with engine.begin() as connection:
        if is_bound:
            sealed = vault.seal_in_row("chain_key", identity_of("u", (1,)), "secret", secret.hex())
        else:
            sealed = vault.seal("chain_key", "u", "secret", secret.hex())
        run(connection, "INSERT INTO chain_key (version, uid, secret) VALUES (1, 'u', ?)", (sealed,))
        renew(connection, secret, 1, ("", None))
    engine.dispose()


def cases_in(home: Home) -> int:
    """How many cases the register's file has, whatever its revision."""
    with closing(sqlite3.connect(home.register)) as connection:
        (cases,) = connection.execute("SELECT count(*) FROM training_case").fetchone()
        return int(cases)
