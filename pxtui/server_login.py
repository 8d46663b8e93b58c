"""Whom the server has let in: by the key of the SSH login, or by the account that the program runs for.

sshd writes the keys by which somebody logged in to a file of that session and names it in SSH_USER_AUTH
(sshd_config(5), ExposeAuthInfo). The name of an account comes from the operating system; sudo's word for it counts only
where sudo itself started the program. No variable that names a person is believed.
"""

import base64
import binascii
import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from pxtui.errors import Refused

_AUTH_FILE = "SSH_USER_AUTH"
_MOST_BYTES = 64 * 1024
_KEY_WORDS = 2
_OTHERS = 0o077
_PROCESSES = Path("/proc")
_UNREADABLE = "读不出本次登录用的密钥，请断开后重新登录；仍不行的请联系管理员。"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: its type and base64 text as in `authorized_keys`, without options and comment."""

    text: str

    @property
    def fingerprint(self) -> str:
        """`SHA256:` and the digest in base64, as `ssh-keygen -l` prints it."""
        digest = hashlib.sha256(base64.b64decode(self.text.split()[1])).digest()
        return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


@dataclass(frozen=True, slots=True)
class ServerLogin:
    """What the server has seen of whoever runs the program."""

    over_ssh: bool = False
    """Whether sshd has written by which keys; where it has, they alone count."""
    keys: tuple[PublicKey, ...] = ()
    account: str = ""


def public_key(line: str) -> PublicKey:
    """The key in a line such as `ssh-ed25519 AAAA… comment`.

    Raises:
        Refused: it is none.
    """
    words = line.split()
    try:
        kind, text = words[:_KEY_WORDS]
        blob = base64.b64decode(text, validate=True)
        named = blob[4 : 4 + int.from_bytes(blob[:4], "big")].decode("ascii")
    except (ValueError, binascii.Error, UnicodeDecodeError):
        raise Refused("这不是SSH公钥，应是一行“ssh-ed25519 AAAA…”，请给出.pub文件。") from None
    if named != kind or "cert" in kind:
        raise Refused("这不是普通的SSH公钥（证书不能登记），应是一行“ssh-ed25519 AAAA…”，请给出.pub文件。")
    return PublicKey(f"{kind} {text}")


def server_login() -> ServerLogin:
    """Who the server says is logged in.

    Raises:
        Refused: sshd's file cannot be read, or is not this account's own.
    """
    named = os.environ.get(_AUTH_FILE, "")
    if not named:
        return ServerLogin(account=_account())
    lines = _own_file(Path(named)).splitlines()
    keys = [line.removeprefix("publickey ") for line in lines if line.startswith("publickey ")]
    return ServerLogin(True, tuple(map(public_key, keys)))


def _own_file(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            is_own = status.st_uid in (0, os.getuid()) and not status.st_mode & _OTHERS
            if not (stat.S_ISREG(status.st_mode) and is_own):
                raise Refused(_UNREADABLE)
            return file.read(_MOST_BYTES).decode("ascii")
    except (OSError, UnicodeDecodeError):
        raise Refused(_UNREADABLE) from None


def _account() -> str:
    """The account of the person: the one that asked sudo where sudo started the program, else the program's own."""
    caller = os.environ.get("SUDO_UID", "")
    try:
        if caller.isascii() and caller.isdigit() and _started_by_sudo():
            return pwd.getpwuid(int(caller)).pw_name
        return pwd.getpwuid(os.getuid()).pw_name
    except (KeyError, OverflowError):
        return ""


def _started_by_sudo() -> bool:
    """Whether the parent is sudo as root: everybody can set a variable, nobody can be that process."""
    parent = _PROCESSES / str(os.getppid())
    try:
        return (parent / "comm").read_text().strip() == "sudo" and parent.stat().st_uid == 0
    except OSError:
        return False
