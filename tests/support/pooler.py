"""pgbouncer before the tests' server, in transaction mode: every transaction has another line to the server."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pxtui.home import Server
from tests.support import database_server

_SETTINGS = """
[databases]
* = host={server}
[pgbouncer]
unix_socket_dir = {place}
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = 2
"""


def program() -> str | None:
    """pgbouncer; None: this machine has none."""
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


@contextmanager
def pooled(server: Server) -> Iterator[Server]:
    """The same database by way of a pooler."""
    command = program()
    assert command is not None
    place = Path(tempfile.mkdtemp(prefix="pgb-"))
    settings = place / "pgbouncer.ini"
    # Nobody may log in by name, and everybody is the account of the tables.
    settings.write_text(_SETTINGS.format(server=f"{database_server.place()} user=pxtui", place=place), encoding="ascii")
    account = database_server.hand_over(place)
    running = subprocess.Popen(
        (command, "--quiet", str(settings)), user=account, cwd="/", stderr=subprocess.PIPE, text=True
    )
    try:
        while not (place / ".s.PGSQL.6432").exists():
            assert running.poll() is None, running.communicate()[1]
        name = server.url.partition("@/")[2].partition("?")[0]
        yield Server(f"postgresql://pxtui@/{name}?host={place}&port=6432")
    finally:
        running.terminate()
        running.communicate()
        shutil.rmtree(place, ignore_errors=True)
