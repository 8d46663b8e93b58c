"""Registers of tests on the server of their own: a database for each, named by its folder, dropped once that is gone.

The gate has those of `ON_BOTH` in a file and there, one after the other; `make test-postgresql`, which sets
`PXTUI_TEST_DATABASE=postgresql`, has all of them there. A test that looks into the file of SQLite itself is skipped
then.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Dialect, Engine, NullPool, create_engine

from pxtui.home import Home, Server
from tests.support import database_server

WANTED = os.environ.get("PXTUI_TEST_DATABASE", "") == "postgresql"
"""Whether all registers of this run are there."""
ON_BOTH = frozenset(
    f"tests.{name}"
    for name in (
        "casework.calendar.test_lifting",
        "casework.claim.test_one_invoice",
        "casework.decision.test_amounts",
        "casework.desk.test_queues",
        "casework.desk.test_search_by_parts",
        "casework.exchange.test_vouchers_and_order",
        "casework.lifecycle.test_batches",
        "casework.office.test_beside_others",
        "casework.office.test_end_of_the_journal",
        "casework.office.test_outgoing",
        "casework.offline.test_results",
        "casework.opening.test_applicants",
        "casework.people.test_known",
        "casework.people.test_past_trainings",
        "casework.printed.test_ledger_lines",
        "casework.publicity.test_publishing",
        "casework.roster.test_clerks_at_once",
        "casework.roster.test_rows",
        "casework.staff.test_members",
        "casework.supervision.test_sums",
        "commands.test_calendar",
        "commands.test_payment",
        "db.test_changes",
        "db.test_history",
        "db.test_models",
        "journeys.test_one_case",
    )
)
"""Of most rooms of casework, and of what lies before and behind it, the module with what differs by database.

That is statements, orders, locks, numbers and types, see CONTRIBUTING. The dearest are left to `make test-postgresql`,
so that the gate stays below ten minutes.
"""
OF_THE_FILE, OF_THE_PLANNER = "about the file of SQLite", "about the plans of SQLite"
FILE, SERVER = "file", "server"
_NAME = "of-server"
"""The file in a data folder that says which database is its own."""

_chosen = [WANTED]
_made: dict[Path, str] = {}
_statements: dict[object, object] = {}


def is_chosen() -> bool:
    """Whether a register that is made now is made there."""
    return _chosen[-1]


def skip_there(reason: str) -> None:
    """Leave out a test, or the rest of it, that is about SQLite alone."""
    if is_chosen():
        pytest.skip(reason)


@contextmanager
def choosing(on_server: bool) -> Iterator[None]:
    """Choose for the registers that are made in the block."""
    _chosen.append(on_server)
    try:
        yield
    finally:
        _chosen.pop()


def make_for(root: Path, like: Path | None = None) -> Server:
    """A database of its own for a data folder that is there: `like` that of another one, else without rows."""
    from tests.support import used_again

    _use_it()
    if like is None:
        return database_server.database(_copied(database_server.TABLES, root))
    _sweep()
    return database_server.database(_is_of(root, used_again.taken(_noted(like)[0])))


def of_folder(root: Path) -> Server | None:
    """The database of a data folder; None: its register is a file. That of a folder that was copied is copied, too."""
    try:
        name, folder = _noted(root)
    except OSError:
        return None
    return database_server.database(name if folder == _name_for(root) else _copied(name, root))


def moved(root: Path, to: Path) -> None:
    """A data folder lies elsewhere now, with its database."""
    if (name := _made.pop(root, None)) is not None:
        _is_of(to, name)


def _noted(root: Path) -> list[str]:
    return (root / _NAME).read_text("ascii").split()


def _name_for(root: Path) -> str:
    return f"r{sha256(str(root.resolve()).encode()).hexdigest()[:20]}"


def _copied(template: str, root: Path) -> str:
    from tests.support import used_again

    _sweep()
    if (copy := used_again.copied(template)) is not None:
        return _is_of(root, copy)
    name = _name_for(root)
    _drop(name)
    # Nobody may be connected to what is copied; whoever was connects anew.
    database_server.administer(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'")  # noqa: S608
    # Files are copied as they are: blocks by way of the log take twice as long.
    database_server.administer(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return _is_of(root, name)


def _is_of(root: Path, name: str) -> str:
    if (former := _made.pop(root, name)) != name:
        _take_back(former)
    _made[root] = name
    (root / _NAME).write_text(f"{name} {_name_for(root)}", "ascii")
    return name


def _sweep() -> None:
    """Take back the databases of folders that are gone."""
    for gone in [known for known in _made if not known.exists()]:
        _take_back(_made.pop(gone))


def _take_back(name: str) -> None:
    from tests.support import used_again

    if not used_again.give_back(name):
        _drop(name)


def leave() -> None:
    """Close the connections of this process."""
    if _use_it.cache_info().currsize:
        from tests.support import used_again

        used_again.leave()


def is_at_work(url: str) -> bool:
    """Whether the server does something in the database of a program; False: that is none of these."""
    name = url.partition("?")[0].rpartition("/")[2]
    if not _use_it.cache_info().currsize or url != database_server.database(name).url:
        return False
    asked = "SELECT FROM pg_stat_activity WHERE datname = %s AND state <> 'idle'"
    return bool(database_server.answer(asked, name))


def rows_of(root: Path) -> Any:
    """The rows of a data folder's database, to be had and put back; None: it is not used again."""
    from tests.support import used_again

    return used_again.rows_of(_noted(root)[0])


def environment_of(root: Path) -> Mapping[str, str]:
    """What tells a program of its own that the register of a folder is on the server."""
    server = of_folder(root)
    return {} if server is None else {"PXTUI_DATABASE_URL": server.url}


def _drop(name: str) -> None:
    database_server.administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@cache
def _use_it() -> None:
    """Let every data folder with a database have its register there, for the rest of this process."""
    import psycopg

    from db.kinds import postgresql
    from tests.support import used_again

    replaced: Any = Home
    replaced.database, replaced.register = property(_database), property(_register)
    patch.object(postgresql, "create_engine", _create_engine).start()
    patch.object(psycopg, "connect", used_again.connect).start()


def _database(home: Home) -> Path | Server:
    return home.server or of_folder(home.root) or home.root / "register" / "register.sqlite"


def _register(home: Home) -> Path:
    caller = sys._getframe(1).f_code.co_filename
    if f"{os.sep}tests{os.sep}" in caller and of_folder(home.root) is not None:
        pytest.skip(OF_THE_FILE)
    return home.root / "register" / "register.sqlite"


def _create_engine(*args: Any, **kwargs: Any) -> Engine:
    """An engine that knows the statements of all others, see `tests.conftest`."""
    engine = create_engine(*args, execution_options={"compiled_cache": _statements}, **kwargs)
    engine.dialect = _dialect()
    return engine


@cache
def _dialect() -> Dialect:
    url = database_server.database("postgres").url.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url, poolclass=NullPool)
    engine.connect().close()
    return engine.dialect
