"""A server of PostgreSQL ended at once while counters write: nothing acknowledged is lost, no number is skipped."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from db.chain.walk import verify
from db.seal import Vault
from pxtui.casework.office.register import create
from pxtui.home import Home, Server
from tests.conftest import NOW
from tests.support import database_server

COUNTERS, ENDS = 4, 100
_SECONDS = 0.2, 1.5
"""Between two ends."""

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(database_server.binaries() is None, reason="no PostgreSQL on this machine"),
]


@pytest.fixture
def server() -> Iterator[Path]:
    """The folder of a server with a database; a socket's name is short."""
    place = Path(tempfile.mkdtemp(prefix="pg-"))
    database_server.initialise(place)
    database_server.start(place)
    with psycopg.connect(f"postgresql://pxtui@/postgres?host={place}", autocommit=True) as connection:
        connection.execute("CREATE DATABASE city")
    yield place
    database_server.end(place)
    shutil.rmtree(place)


def test_whatever_was_acknowledged_stands_after_a_hundred_ends(server: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "pxtui", Server(f"postgresql://pxtui@/city?host={server}"))
    home.root.mkdir(mode=0o700)
    create(home, office="dongqu", name="张三", at=NOW, is_practice=True).close()
    acknowledged = _filed_while_the_server_ends(server, home, ENDS)
    assert len(acknowledged) > ENDS
    assert len(acknowledged) == len(set(acknowledged))
    with psycopg.connect(home.server.url) as connection:  # type: ignore[union-attr]
        stored = connection.execute("SELECT year, letter, serial FROM training_case ORDER BY serial").fetchall()
        rosters = connection.execute("SELECT case_id FROM enrolment GROUP BY case_id").fetchall()
    assert {f"{year}-{letter}-{serial:04}" for year, letter, serial in stored} >= set(acknowledged)
    assert [serial for _, _, serial in stored] == list(range(1, len(stored) + 1))
    assert len(rosters) == len(stored)
    assert verify(home.database, Vault.open(home.key)).is_whole


def _filed_while_the_server_ends(server: Path, home: Home, ends: int) -> list[str]:
    """The numbers that the counters said."""
    dice = random.Random(2020)
    assert home.server is not None
    command = [sys.executable, "-m", "tests.support.filing_program", str(home.root), home.server.url]
    with tempfile.TemporaryFile("w+") as said, ExitStack() as counters:
        running = [
            counters.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=said, stderr=subprocess.DEVNULL)
            )
            for _ in range(COUNTERS)
        ]
        while not os.fstat(said.fileno()).st_size:
            _let_run(running[0], _SECONDS[0])
        for _ in range(ends):
            _let_run(running[0], dice.uniform(*_SECONDS))
            database_server.end(server)
            database_server.start(server)
        _let_run(running[0], _SECONDS[1])
        for counter in running:
            counter.communicate()
        said.seek(0)
        return said.read().split()


def _let_run(counter: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Fails where a counter ends by itself."""
    with pytest.raises(subprocess.TimeoutExpired):
        counter.wait(seconds)
