"""The primary dies in the middle of keying, or the cable is cut for a minute: what is seen, and what is stored."""

import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from db.chain.walk import verify
from db.seal import Vault
from pxtui.casework.office.register import create, open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home, Server
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING, NOW
from tests.support import database_server, network
from tests.support.endurance import acknowledged_rows, keystrokes
from tests.support.filings import a_filing
from tests.support.rosters import NUMBER, made_up_people
from tests.support.timed_terminal import TimedTerminal

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(database_server.binaries() is None, reason="no PostgreSQL on this machine"),
]
ROWS, BEFORE, MEANWHILE = 60, 20, 5
"""Rows that are keyed: all, those before the fault, and those before the standby is promoted."""
LONGEST, CUT = 10.0, 60.0
"""Seconds: until the clerk goes on, and for which the cable is cut."""
_NOTICED = 20.0
_WAITING = "在本机草稿"


def _folder(stack: ExitStack) -> Path:
    place = Path(tempfile.mkdtemp(prefix="pg-"))
    stack.callback(shutil.rmtree, place, ignore_errors=True)
    return place


def _free_port() -> str:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return str(found.getsockname()[1])


def _register(folder: Path, url: str) -> Home:
    """One draft case without people."""
    home = Home(folder / "data", Server(url))
    home.root.mkdir(mode=0o700)
    register = create(home, office="dongqu", name="张三", at=NOW, is_practice=True)
    with register.writing(ACTING) as context:
        assert opening_filing.file(context, a_filing()) == NUMBER
    register.close()
    return home


def _stored(home: Home) -> list[tuple[str, str, str]]:
    register = open_register(home, NOW)
    with register.reading(ACTING) as context:
        rows = [(row.name, row.id_number, row.phone) for row in roster_edits.rows(context, NUMBER)]
    register.close()
    return rows


def _as_typed(people: Sequence[Trainee]) -> list[tuple[str, str, str]]:
    return [(person.name, person.id_number, person.phone) for person in people]


class _Clerk:
    """Keys row after row, and notes how many were said to be stored."""

    def __init__(self, terminal: TimedTerminal) -> None:
        self.terminal = terminal
        self.acknowledged = 0

    def key(self, people: Sequence[Trainee], seconds: float = 0.0) -> None:
        """Rows, one after the other, each in so many seconds at least."""
        for person in people:
            end = time.perf_counter() + seconds
            for key in keystrokes(person):
                self.terminal.type(key)
            self.terminal.watch_until(end)
            self.look()

    def look(self) -> None:
        """Read what the title says."""
        self.acknowledged = max(self.acknowledged, acknowledged_rows(self.terminal))


@contextmanager
def _keying(home: Home, command: Sequence[str]) -> Iterator[_Clerk]:
    assert home.server is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "tests.support.timed_terminal.on_server.environment_of",
            lambda _: {"PXTUI_DATABASE_URL": home.server.url},
        )
        with TimedTerminal(home.root.parent, command) as terminal:
            terminal.wait_for("录入1", 60)
            terminal.key("enter")
            terminal.wait_for("0人 0项不符", 60)
            yield _Clerk(terminal)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[tuple[Path, Path, Home]]:
    """A primary that answers only when its standby has what it was given, the standby, and a register on both."""
    with ExitStack() as stack:
        primary, standby = _folder(stack), _folder(stack)
        ports = _free_port(), _free_port()
        database_server.initialise(primary)
        database_server.start(primary, {"listen_addresses": "127.0.0.1", "port": ports[0]})
        stack.callback(_end, primary)
        administrator = f"postgresql://pxtui@/postgres?host={primary}&port={ports[0]}"
        with psycopg.connect(administrator, autocommit=True) as connection:
            connection.execute("CREATE DATABASE city")
        database_server.copy_to(standby, f"postgresql://pxtui@127.0.0.1:{ports[0]}/postgres?application_name=standby")
        database_server.start(standby, {"listen_addresses": "127.0.0.1", "port": ports[1]})
        stack.callback(_end, standby)
        with psycopg.connect(administrator, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")
        # The standby stands first: it is passed over as long as it only reads.
        url = f"postgresql://pxtui@127.0.0.1,127.0.0.1/city?port={ports[1]},{ports[0]}"
        yield primary, standby, _register(tmp_path, url)


def _end(place: Path) -> None:
    if (place / "data" / "postmaster.pid").exists():
        database_server.end(place)


def test_the_primary_dies_while_somebody_keys_and_the_standby_has_every_row_once_and_in_order(
    city: tuple[Path, Path, Home],
) -> None:
    primary, standby, home = city
    people = made_up_people(ROWS)
    with _keying(home, (sys.executable, "-m", "pxtui")) as clerk:
        clerk.key(people[:BEFORE])
        half = keystrokes(people[BEFORE])
        for key in half[: len(half) // 2]:
            clerk.terminal.type(key)
        clerk.look()
        database_server.end(primary)
        killed = time.perf_counter()
        for key in half[len(half) // 2 :]:
            clerk.terminal.type(key)
        clerk.key(people[BEFORE + 1 : BEFORE + MEANWHILE])
        database_server.promote(standby)
        promoted = time.perf_counter()
        assert len(_stored(home)) >= clerk.acknowledged
        clerk.terminal.wait_for("已写入", 60)
        back = time.perf_counter()
        clerk.key(people[BEFORE + MEANWHILE :])
        clerk.terminal.wait_for(f"{ROWS}人 0项不符 已存", 60)
    print(f"promoted {promoted - killed:.1f} s after the kill, on again {back - promoted:.1f} s after that")
    assert _stored(home) == _as_typed(people)
    assert verify(home.database, Vault.open(home.key)).is_whole
    assert back - promoted < LONGEST


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("nsenter") is None, reason="only root makes networks")
def test_the_cable_is_cut_for_a_minute_without_a_word_while_somebody_keys(tmp_path: Path) -> None:
    people = made_up_people(ROWS)
    with ExitStack() as stack:
        place = _folder(stack)
        server, client = stack.enter_context(network.network()), stack.enter_context(network.network())
        wire = stack.enter_context(network.wire(server, client))
        database_server.initialise(place)
        database_server.let_in(place, "10.99.0.0/30")
        database_server.start(place, {"listen_addresses": network.SERVER}, server)
        stack.callback(_end, place)
        by_socket = f"postgresql://pxtui@/city?host={place}"
        with psycopg.connect(by_socket.replace("/city", "/postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE city")
        local = _register(tmp_path, by_socket)
        home = Home(local.root, Server(f"postgresql://pxtui@{network.SERVER}/city"))
        inside = ("nsenter", f"--target={client}", "--net", sys.executable, "-m", "pxtui")
        with _keying(home, inside) as clerk:
            clerk.key(people[:BEFORE])
            wire.cut()
            cut = time.perf_counter()
            rows = iter(people[BEFORE:])
            noticed = 0.0
            while time.perf_counter() - cut < CUT and (person := next(rows, None)) is not None:
                clerk.key([person], 2.0)
                if not noticed and clerk.terminal.shows(_WAITING):
                    noticed = time.perf_counter() - cut
            wire.mend()
            mended = time.perf_counter()
            clerk.terminal.wait_for("已写入", 60)
            back = time.perf_counter() - mended
            clerk.key(list(rows))
            clerk.terminal.wait_for(f"{ROWS}人 0项不符 已存", 60)
        print(f"told {noticed:.1f} s after the cut, written {back:.1f} s after it was mended")
        assert _stored(local) == _as_typed(people)
        assert verify(local.database, Vault.open(local.key)).is_whole
    assert 0 < noticed < _NOTICED
    assert back < LONGEST
