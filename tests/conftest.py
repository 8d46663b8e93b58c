"""What many tests stand on: a register of 东区 in an empty folder, on a day of March 2020."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine

from db.kinds import sqlite as sqlite_kind
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register, create, open_register
from pxtui.casework.staff import passwords
from pxtui.clock import CHINA
from pxtui.home import Home
from tests.support import database_server, on_server

# The same examples every day, so that a red gate is a change and not luck; the blob takes an example to another
# machine. Nothing is said of a slow example: the machine may be busy with something else.
settings.register_profile(
    "gate",
    max_examples=50,
    derandomize=True,
    print_blob=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("quick", settings.get_profile("gate"), max_examples=15)
# Outside the gate: `pytest --hypothesis-profile=search` looks at examples that nobody has seen yet.
settings.register_profile("search", settings.get_profile("gate"), derandomize=False, max_examples=1_000)
settings.load_profile("gate")

# Registers wait for the disk at every act, here a thousand times; the settings that make them wait stay as they are.
_MEMORY = Path("/dev/shm")  # noqa: S108
_ROOM = 2**30
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    tempfile.tempdir = str(_MEMORY)
# SQLAlchemy and openpyxl make millions of short-lived objects, and looking through them for circles costs a tenth.
gc.set_threshold(200_000, 50, 1_000)

_OF_ALL_REGISTERS = create_engine("sqlite://")
_OF_ALL_REGISTERS.connect().close()
_statements: dict[object, object] = {}


def _create_engine(*args: Any, **kwargs: Any) -> Engine:
    """An engine that knows the statements of every register before: a program opens one, the tests open thousands."""
    engine = create_engine(*args, execution_options={"compiled_cache": _statements}, **kwargs)
    # Statements are kept by dialect.
    if engine.dialect.name == "sqlite":
        engine.dialect = _OF_ALL_REGISTERS.dialect
    return engine


patch.object(sqlite_kind, "create_engine", _create_engine).start()

# A password takes a sixth of a second and 64 MiB, in the tests hundreds of times; the parameters have their own test.
PARAMETERS = (passwords._HASHER.time_cost, passwords._HASHER.memory_cost, passwords._HASHER.parallelism)
"""Of the passwords as the program has them."""
patch.object(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)).start()

NOW = datetime(2020, 3, 16, 10, 0, tzinfo=CHINA)
ACTING = Acting("张三", "dongqu", NOW)
"""The clerk who acts."""


def pytest_configure(config: pytest.Config) -> None:
    """One server for all workers, which whoever needs it first starts."""
    if not hasattr(config, "workerinput"):
        if on_server.WANTED and database_server.binaries() is None:
            raise pytest.UsageError("no PostgreSQL on this machine: initdb and pg_ctl of 15 or newer are needed")
        database_server.announce()


def pytest_unconfigure(config: pytest.Config) -> None:
    """It ends with the run."""
    on_server.leave()
    if hasattr(config, "workerinput"):
        database_server.leave()
    else:
        database_server.stop()


def pytest_report_header() -> str:
    """What the registers of this run are."""
    if database_server.binaries() is None:
        return "registers: files of SQLite alone; no PostgreSQL on this machine"
    return "registers: on a server of PostgreSQL" if on_server.WANTED else "registers: files of SQLite"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey sits at a terminal, a page of the office runs the whole program; else a test says so itself."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.terminal)
        elif {"screens", "office"} <= set(item.path.parts):
            item.add_marker(pytest.mark.slow)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Some of every room have their registers in a file and on a server; what makes up hundreds only in the former."""
    is_long = hasattr(metafunc.function, "hypothesis") or metafunc.definition.get_closest_marker("slow") is not None
    if (
        metafunc.module.__name__ in on_server.ON_BOTH
        and database_server.binaries() is not None
        and not on_server.WANTED
    ):
        kinds = [on_server.FILE] if is_long else [on_server.FILE, on_server.SERVER]
        metafunc.parametrize("registers_in", kinds, indirect=True, scope="module")


@pytest.fixture(scope="module", autouse=True)
def registers_in(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where the registers of a module's tests are made."""
    usual = on_server.SERVER if on_server.WANTED else on_server.FILE
    with on_server.choosing(getattr(request, "param", usual) == on_server.SERVER):
        yield


@pytest.fixture
def place(tmp_path: Path) -> Home:
    """An empty data folder."""
    return Home(tmp_path / "pxtui")


@pytest.fixture
def register(place: Home) -> Iterator[Register]:
    """An empty register."""
    made = empty_register(place)
    yield made
    made.close()


@pytest.fixture
def acting() -> Acting:
    """The clerk who acts."""
    return ACTING


def empty_register(home: Home, *, is_practice: bool = True) -> Register:
    """A register that nobody has written into, where no folder is yet.

    For practice where nothing else is said: tests go from day to day, and file one case after the end of another.
    """
    # Every test begins with one, and a copy is made twenty times faster.
    made = _made_once(is_practice=is_practice, is_on_server=on_server.is_chosen())
    shutil.copytree(made, home.root)
    if on_server.is_chosen():
        on_server.make_for(home.root, made)
    return open_register(home, NOW)


@cache
def _made_once(*, is_practice: bool, is_on_server: bool) -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    made = Home(folder / "pxtui")
    if is_on_server:
        made.root.mkdir(mode=0o700)
        on_server.make_for(made.root)
    create(made, office="dongqu", name="张三", at=NOW, is_practice=is_practice).close()
    return made.root
