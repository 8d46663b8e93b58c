"""A server in a box: the files of `deploy/` installed by its script, in a view of the disk that nobody else sees.

A mount namespace of its own has layers over /etc, /opt, /usr/lib and /var/lib, so that accounts, real paths and the
system's own sshd with its settings are there, and nothing of it stays. Wants root; elsewhere its tests are left out.
"""

import configparser
import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from pxtui.casework.office.register import open_register
from pxtui.casework.staff import logins, members
from pxtui.home import Home
from pxtui.server_login import public_key
from tests.conftest import ACTING, NOW
from tests.support.rosters import office_with_roster

ROOT = Path(__file__).parents[2]
SSHD = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
_LAYERED = ("etc", "opt", "run", "usr/lib", "var/lib")
_TRUST = ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "BatchMode=yes")
_LONGEST_END = 5.0
"""Seconds in which a session goes when its line has dropped."""
LOOSE = "loose"
"""A key whose line lacks `restrict`: what sshd is told of the account holds without it."""
OTHER, REVOKED, UNLISTED = "other", "revoked", "unlisted"
"""Keys that sshd knows: 李四's, one that was taken from him, and one that is nobody's in the register."""
ACCOUNT = "pxtui"
PLACE = Path("/var/lib/pxtui")
_AS_ACCOUNT = ("setpriv", "--reuid=pxtui", "--regid=pxtui", "--init-groups")
_OF_SSHD = (b"sshd", b"%s\0" % os.fsencode(SSHD or ""))
"""How the command lines of sshd's own processes begin."""

_LAYERS = """set -eu
for place in $LAYERED; do
    mkdir -p "$BOX/$place/upper" "$BOX/$place/work"
    chmod --reference="/$place" "$BOX/$place/upper"
    mount -t overlay overlay -o "lowerdir=/$place,upperdir=$BOX/$place/upper,workdir=$BOX/$place/work" "/$place"
done
"""
_OPEN_WAY = 'for folder in $WAY; do chmod o+x "$folder"; done\n'
"""The account may go to where the interpreter lies, in this view alone."""
_INSTALL = """
mkdir -p /opt/pxtui
ln -s "$VENV" "/opt/pxtui/venv-$ID"
ln -s "venv-$ID" /opt/pxtui/venv
sh "$ROOT/deploy/install.sh" --wheels "$BOX/wheels" --python "$PYTHON" >"$BOX/installed" 2>&1
sh "$ROOT/deploy/install.sh" --wheels "$BOX/wheels" --python "$PYTHON" >"$BOX/again" 2>&1
cp -R "$BOX/seed/data/." /var/lib/pxtui/data
chown -R pxtui:pxtui /var/lib/pxtui/data
cp "$BOX/authorized_keys" /etc/pxtui/authorized_keys
"""
_ASK = """
[ -z "${ASKS_EVERY:-}" ] || sed -i "s/ClientAliveInterval .*/ClientAliveInterval $ASKS_EVERY/" \\
    /etc/ssh/sshd_config.d/10-pxtui.conf
"""
_SERVE = 'mkdir -p /run/sshd\nexec "$SSHD" -D -e -p "$PORT" -o ListenAddress="$LISTEN" -h "$BOX/host"\n'


@cache
def why_not() -> str:
    """What this machine lacks; empty where a box can be made."""
    if os.geteuid() != 0:
        return "not root"
    if missing := [name for name in ("unshare", "ssh", "sftp", "scp", "useradd") if shutil.which(name) is None]:
        return f"no {missing[0]}"
    if SSHD is None:
        return "no sshd"
    with tempfile.TemporaryDirectory() as folder:
        tried = subprocess.run(
            ("unshare", "--mount", "--propagation", "private", "sh", "-c", _LAYERS),
            env={**os.environ, "BOX": folder, "LAYERED": "etc"},
            capture_output=True,
            check=False,
        )
    return "" if tried.returncode == 0 else "no overlay in a mount namespace"


needs_a_box = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")


@dataclass(frozen=True, slots=True)
class Machine:
    """A server that listens on a port of this machine alone."""

    box: Path
    port: int
    server: "subprocess.Popen[str]"
    parents: "list[subprocess.Popen[str]]" = field(default_factory=list)
    """The resident parent, where one was started."""
    host: str = "127.0.0.1"
    inside: int | None = None
    """A process in whose network the clients are; None: in this one."""

    @property
    def data(self) -> Path:
        """The data folder, as it is seen from here: to be looked at; what is changed is changed inside."""
        return self.box / "var/lib/upper/pxtui/data"

    @property
    def inbox(self) -> Path:
        """The office's inbox, as it is seen from here."""
        return self.box / "var/lib/upper/pxtui/inbox"

    def options(self, key: str = "client") -> tuple[str, ...]:
        """Those of every client: which server and which key."""
        given = (f"-oPort={self.port}", f"-oIdentityFile={self.box / key}", "-oIdentitiesOnly=yes", "-Fnone")
        return (*given, *(f"-o{trust}" for trust in _TRUST))

    def ssh(self, *words: str, key: str = "client", account: str = ACCOUNT) -> tuple[str, ...]:
        """The command of a client; what begins with - comes before the host."""
        before = [word for word in words if word.startswith("-")]
        after = [word for word in words if not word.startswith("-")]
        where = ("nsenter", f"--target={self.inside}", "--net") if self.inside else ()
        return (*where, "ssh", *self.options(key), *before, f"{account}@{self.host}", *after)

    def sessions(self) -> list[int]:
        """Processes of the program that are there for a login: forks of the parent, and what the server has started."""
        return [
            *self.forks(),
            *(pid for pid in _below(self.server.pid) if not _read(pid, "cmdline").startswith(_OF_SSHD)),
        ]

    def forks(self) -> list[int]:
        """Sessions that the resident parent has forked and that are still there."""
        return [pid for parent in self.parents for pid in _below(parent.pid)[1:]]

    def start_parent(self) -> None:
        """Start the resident parent by what its unit says, as the account and in the environment of the unit."""
        unit = configparser.ConfigParser(interpolation=None, strict=False)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read(ROOT / "deploy/systemd/pxtui-serve.service", encoding="utf-8")
        service = unit["Service"]
        place = f"/run/{service['RuntimeDirectory']}"
        self.run("install", "-d", "-o", "pxtui", "-g", "pxtui", "-m", service["RuntimeDirectoryMode"], place)
        command = ("env", "-i", *service["Environment"].split(), *service["ExecStart"].split())
        parent = subprocess.Popen((*self._inside, *_AS_ACCOUNT, *command), stdout=subprocess.PIPE, text=True, cwd="/")
        assert parent.stdout is not None
        assert parent.stdout.readline() == "常驻进程已就绪。\n"
        self.parents.append(parent)

    @contextlib.contextmanager
    def without_parent(self) -> Iterator[None]:
        """Nobody is where the wrapper looks for the parent."""
        socket = "/run/pxtui/desk.socket"
        assert self.run("mv", socket, f"{socket}.away").returncode == 0
        try:
            yield
        finally:
            self.run("mv", f"{socket}.away", socket)

    @property
    def _inside(self) -> tuple[str, ...]:
        return ("nsenter", f"--target={self.server.pid}", "--mount")

    def watched_sessions(self) -> list[int]:
        """A descriptor for each of them; readable once it has ended."""
        return [os.pidfd_open(pid) for pid in self.sessions()]

    def assert_ended(self, watched: Sequence[int], within: float = _LONGEST_END) -> None:
        """Each of these has gone, or goes within so many seconds."""
        end = time.monotonic() + within
        for process in watched:
            gone, _, _ = select.select([process], [], [], max(0, end - time.monotonic()))
            os.close(process)
            assert gone

    def environment(self, pid: int) -> dict[str, str]:
        """The environment with which a process was started."""
        entries = _read(pid, "environ").decode().split("\0")
        return dict(entry.split("=", 1) for entry in entries if entry)

    def run(self, *words: str, as_account: bool = False) -> "subprocess.CompletedProcess[str]":
        """A command inside the box, as root or as the program's account."""
        how = _AS_ACCOUNT if as_account else ()
        return subprocess.run((*self._inside, *how, *words), capture_output=True, text=True, check=False, cwd="/")


@contextlib.contextmanager
def running_machine(folder: Path, *, is_apart: bool = False, asks_every: int | None = None) -> Iterator[Machine]:
    """The server, with a register of one case whose roster is empty and the key of 张三.

    Args:
        is_apart: in a network of its own, which `network.cable` joins to a client.
        asks_every: seconds after which sshd asks a silent client; None: those of `deploy/`.
    """
    for name in ("host", "client", LOOSE, OTHER, REVOKED, UNLISTED, "stranger"):
        subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", folder / name), check=True)
    keys = {name: (folder / f"{name}.pub").read_text() for name in ("client", OTHER, REVOKED, UNLISTED, LOOSE)}
    lines = (f"{'' if name == LOOSE else 'restrict,pty '}{key}" for name, key in keys.items())
    (folder / "authorized_keys").write_text("".join(lines))
    _seed(folder / "seed", keys)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    parents: list[subprocess.Popen[str]] = []
    script, own = _LAYERS + _OPEN_WAY + _INSTALL + _ASK + _SERVE, ("--net",) if is_apart else ()
    command = ("unshare", "--mount", *own, "--propagation", "private", "sh", "-c", script)
    own_interval = {"ASKS_EVERY": f"{asks_every}"} if asks_every is not None else {}
    settings = _settings(folder, port) | own_interval | {"LISTEN": "0.0.0.0" if is_apart else "127.0.0.1"}  # noqa: S104 - its own
    server = subprocess.Popen(command, env=settings, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    log, drain = server.stderr, threading.Thread(target=deque, args=(server.stderr, 0), daemon=True)
    try:
        said = []
        while "Server listening" not in (line := log.readline()):
            said.append(line)
            assert server.poll() is None or line, (
                f"{''.join(said)}{_text(folder / 'installed')}{_text(folder / 'again')}"
            )
        # Nobody reads what it says from now on, and a full pipe would hold it up.
        drain.start()
        yield Machine(folder, port, server, parents)
    finally:
        for pid in (*_below(server.pid), *(pid for parent in parents for pid in _below(parent.pid))):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        server.wait()
        for parent in parents:
            parent.wait()
            assert parent.stdout is not None
            parent.stdout.close()
        if drain.ident is not None:
            drain.join()
        log.close()


def _seed(office: Path, keys: Mapping[str, str]) -> None:
    """A register of two clerks with their keys; one is revoked, and one that sshd lets in is nobody's."""
    office_with_roster(office, [])
    register = open_register(Home(office / "data"), NOW)
    with register.writing(ACTING) as context:
        members.add(context, "李四")
        for name, clerk in {"client": "张三", LOOSE: "张三", OTHER: "李四", REVOKED: "李四"}.items():
            fingerprint = logins.enter_key(context, clerk, public_key(keys[name]))
            if name == REVOKED:
                logins.revoke(context, fingerprint)
    register.close()


def _settings(folder: Path, port: int) -> dict[str, str]:
    interpreter = Path(sys.executable).resolve()
    places = {parent for path in (interpreter, ROOT) for parent in path.parents}
    closed = sorted(str(place) for place in places if not place.stat().st_mode & 0o001)
    return {
        "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin",
        "BOX": str(folder),
        "LAYERED": " ".join((*_LAYERED, *(place.lstrip("/") for place in closed))),
        "WAY": " ".join(closed),
        "ROOT": str(ROOT),
        "VENV": str(Path(sys.prefix)),
        "PYTHON": sys.executable,
        "ID": _empty_wheelhouse(folder / "wheels"),
        "SSHD": str(SSHD),
        "PORT": str(port),
    }


def _empty_wheelhouse(folder: Path) -> str:
    """As `make wheelhouse` makes it but for the wheels: the environment of the tests takes their place."""
    folder.mkdir()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    (folder / "MANIFEST").write_text(f"pxtui 0\npython {version}\n")
    digest = sha256((folder / "MANIFEST").read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  MANIFEST\n")
    return sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()[:12]


def _below(pid: int) -> Sequence[int]:
    """A process and all that it has started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(below for child in children for below in _below(int(child)))]


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""
