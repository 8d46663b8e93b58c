"""The program with one desk more, which writes into a file what it finds itself to be and stays until it has a number.

`python -m tests.support.probing_program FOLDER`; with `light` in front nothing is loaded ahead, and it takes itself for
another version once there is a file `FOLDER.installed`.
"""

import json
import os
import random
import secrets
import signal
import sqlite3
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import pxtui
from pxtui import cli
from pxtui.own_process import keep_private
from pxtui.serving import parent

PROBE = ["desk", "--served", "--probe"]
LIGHT = "light"


def run(words: list[str]) -> int:
    """The program, or a probe of the process in which it would run."""
    if words[: len(PROBE)] != PROBE:
        return cli.run(words)
    (where,) = words[len(PROBE) :]
    Path(where).write_text(json.dumps({"process": _process(), "random": _drawn()}), encoding="utf-8")
    return int(input("probed"))


def _process() -> dict[str, object]:
    status = Path("/proc/self/status").read_text().splitlines()
    return {
        "pid": os.getpid(),
        "session": os.getsid(0),
        "group": os.getpgrp(),
        "foreground": os.tcgetpgrp(0),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "words": sys.argv,
        "umask": next(line.split()[1] for line in status if line.startswith("Umask")),
        "threads": threading.active_count(),
        "hang-up": signal.getsignal(signal.SIGHUP) is signal.SIG_DFL,
        "memory's owner": os.stat("/proc/self/mem").st_uid,
        "open": sorted(_open_files()),
        "standard": [sys.stdin.isatty(), sys.stdout.isatty(), sys.stderr.isatty(), sys.stdout.encoding],
    }


def _open_files() -> Iterator[str]:
    for name in os.listdir("/proc/self/fd"):
        # One of them was the list itself.
        with suppress(FileNotFoundError):
            yield os.readlink(f"/proc/self/fd/{name}")


def _drawn() -> dict[str, str]:
    """What must never come twice, from every source that the program or its libraries draw from."""
    # SQLite begins anew in a process that opens a file, and only then; the program has no other databases.
    with tempfile.NamedTemporaryFile() as file, closing(sqlite3.connect(file.name)) as database:
        (of_sqlite,) = database.execute("SELECT hex(randomblob(16))").fetchone()
    return {
        "random": str(random.random()),
        "secrets": secrets.token_hex(16),
        "uuid": str(uuid.uuid4()),
        "sqlite": of_sqlite,
        "openssl": AESGCM.generate_key(128).hex(),
        "ed25519": Ed25519PrivateKey.generate().private_bytes_raw().hex(),
        "argon2": PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"),
        "tempfile": next(tempfile._get_candidate_names()),  # type: ignore[attr-defined]
    }


if __name__ == "__main__":
    keep_private()
    # Each source has been drawn from before the fork, as a careless module would do when it is imported.
    _drawn()
    words = sys.argv[1:]
    if words[0] == LIGHT:
        words = words[1:]
        parent.load_program = lambda: None  # type: ignore[attr-defined]
        pxtui.__file__ = f"{words[0]}.installed"
    sys.exit(parent.serve(words, run))
