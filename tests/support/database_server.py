"""A PostgreSQL server of the tests' own, out of the machine's binaries: on a socket in a folder, once for a run."""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from db.upgrade import make_new
from pxtui.home import Server

_FOLDER = "PXTUI_TEST_SERVER"
"""The folder of this run's server; workers have it from whoever started them."""
_OF_DEBIAN = tuple(f"/usr/lib/postgresql/{version}/bin" for version in (18, 17, 16, 15))
_NOBODYS = ("postgres", "nobody")
"""Accounts that it may run as where the tests run as root, as which PostgreSQL does not."""
_SETTINGS = {
    "listen_addresses": "''",
    "autovacuum": "off",
    "max_connections": "200",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "shared_buffers": "128MB",
}
TABLES = "tables"
"""The database that all others are made from: every table, no row."""
_READY = "ready"


@cache
def binaries() -> Path | None:
    """The folder with initdb and pg_ctl; None: this machine has no PostgreSQL."""
    found = (shutil.which("pg_ctl", path=folder or None) for folder in ("", *_OF_DEBIAN))
    return next((Path(path).resolve().parent for path in found if path), None)


def announce() -> None:
    """Name the folder of the server before there are workers; whoever needs it first starts it."""
    if binaries() is not None:
        # In memory, where nothing waits for a disk; and short, because a socket's name is.
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="pg-")


def stop() -> None:
    """End the server, if somebody has started it, and leave nothing of it."""
    place = os.environ.pop(_FOLDER, None)
    if place is None:
        return
    if _connection.cache_info().currsize:
        _connection().close()
        _connection.cache_clear()
    if Path(place, "data").exists():
        end(Path(place))
    shutil.rmtree(place, ignore_errors=True)


def leave() -> None:
    """Close the line of a worker to it."""
    if _connection.cache_info().currsize:
        _connection().close()


def database(name: str) -> Server:
    """One of its databases."""
    return Server(f"postgresql://pxtui@/{name}?host={os.environ[_FOLDER]}")


@contextmanager
def gone(server: Server) -> Iterator[None]:
    """Let one of its databases take nobody in, as long as the block lasts, and throw out who is there."""
    name = server.url.partition("@/")[2].partition("?")[0]
    administer(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    administer(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
    try:
        yield
    finally:
        administer(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def administer(statement: str) -> None:
    """What its administrator does; it is started where it does not run yet."""
    _connection().execute(statement)


def answer(question: str, *values: str) -> list[Any]:
    """What its administrator is answered."""
    rows: list[Any] = _connection().execute(question, values).fetchall()
    return rows


@cache
def _connection() -> Any:
    import psycopg

    place = Path(os.environ[_FOLDER])
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_ready = (place / _READY).exists()
        if not is_ready:
            initialise(place)
            start(place)
        connection = psycopg.connect(f"postgresql://pxtui@/postgres?host={place}", autocommit=True)
        if not is_ready:
            connection.execute(f"CREATE DATABASE {TABLES}")
            make_new(database(TABLES))
            (place / _READY).touch()
    return connection


def place() -> Path:
    """The folder with its socket."""
    _connection()
    return Path(os.environ[_FOLDER])


def hand_over(place: Path) -> str | None:
    """Give a folder to the account as which it runs; its name, None where that is the tests' own."""
    if (account := _account()) is not None:
        shutil.chown(place, account)
    return account


def initialise(place: Path) -> None:
    """Make a server in a folder, which its account owns from then on."""
    hand_over(place)
    initdb = ("initdb", "-D", f"{place}/data", "-E", "UTF8", "--locale=C", "-U", "pxtui", "-A", "trust", "--no-sync")
    _run(initdb)


def start(place: Path, other: Mapping[str, str] | None = None, inside: int | None = None) -> None:
    """Start it; what a server that was ended at once has in its log is put in order first.

    Args:
        other: settings that are not the usual ones.
        inside: a process in whose network it listens.
    """
    settings = {**_SETTINGS, "unix_socket_directories": str(place), **(other or {})}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    _run(("pg_ctl", "-D", f"{place}/data", "-w", "-l", f"{place}/log", "-o", options, "start"), inside)


def copy_to(standby: Path, url: str) -> None:
    """Make a standby of a running server, which has its own address."""
    hand_over(standby)
    _run(("pg_basebackup", "-D", f"{standby}/data", "-d", url, "-X", "stream", "-c", "fast", "-R", "--no-sync"))


def promote(standby: Path) -> None:
    """From now on it writes."""
    _run(("pg_ctl", "-D", f"{standby}/data", "-w", "promote"))


def let_in(place: Path, addresses: str) -> None:
    """Whoever comes from these addresses may do everything."""
    with (place / "data" / "pg_hba.conf").open("a", encoding="ascii") as rules:
        rules.write(f"host all all {addresses} trust\n")


def end(place: Path) -> None:
    """End it at once, as if its machine had gone."""
    _run(("pg_ctl", "-D", f"{place}/data", "-m", "immediate", "stop"))


def _account() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _NOBODYS if name in known)


def _run(command: Sequence[str], inside: int | None = None) -> None:
    folder, account = binaries(), _account()
    assert folder is not None
    known = pwd.getpwnam(account) if account else None
    there: tuple[str, ...] = ()
    if inside is not None and known is not None:
        # Only root enters a network; the account comes after it.
        there = ("nsenter", f"--target={inside}", "--net", f"--setuid={known.pw_uid}", f"--setgid={known.pw_gid}")
        account = known = None
    subprocess.run(
        [*there, str(folder / command[0]), *command[1:]],
        user=account,
        group=known.pw_gid if known else None,
        extra_groups=[] if known else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
    )
