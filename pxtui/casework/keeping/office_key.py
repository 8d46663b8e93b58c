"""The office key of the backups: X25519 (RFC 7748). The machine has the public part and can only write backups.

The private part is a text that is kept off the machine, on a stick or on paper: who takes the machine has nothing to
open the backups with, and who has lost the machine opens them with that text.
"""

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from db.models import Act
from db.private_files import create_private, create_private_folder
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.errors import Damaged, NotFound, Refused
from pxtui.file_content import content_of
from pxtui.home import Home
from pxtui.whole_file import reason_of, write_whole

NO_OFFICE_KEY = (
    "还没有备份密钥，没有备份：请管理员先运行 pxtui backup key create --to 文件 "
    "建立密钥（私钥放在U盘上并打印一份锁好，不留在本机）；升级前的自动备份不加密，仍在台账旁边。"
)
SHORTEST_PASSPHRASE = 8
_LARGEST_TEXT = 8_000
_PLAIN_HEAD, _LOCKED_HEAD = "pxtui-backup-private/1", "pxtui-backup-private/1 scrypt"
_PUBLIC_TEXT = re.compile(r"pxtui-backup-public/1\n([0-9a-f]{64})\n([0-9a-f]{8})\n")
_LINE = re.compile(r"([0-9]{1,2})((?: [0-9a-f]{4}){1,4}) +- +([0-9a-f]{4})")
_LINE_BYTES = 8
_KEY_BYTES = 32
_SALT_BYTES, _NONCE_BYTES = 16, 12
_SCRYPT_COST, _SCRYPT_BLOCK = 2**16, 8
"""64 MiB and a fifth of a second a guess."""
_NOT_A_KEY = "“{path}”不是完整的备份私钥，请核对文件；从纸上录入的，请逐行核对行末的校验码。"
_EXPLANATION = """\
# 备份私钥。凭它才能打开本部门的备份，丢失了谁也打不开，落到外人手里备份就等于公开。
# 保管：本文件放在U盘上，另打印一份装信封封好，两份分别锁在保险柜里；不要留在办公电脑上，不要用网络传。
# 使用：pxtui restore 备份文件 --key 本文件 --to 新文件夹；每月演练一次：pxtui restore --key 本文件 --drill。
# 从纸上录入：照抄下面不带#的各行，每行行末“-”后面四位是这一行的校验码，抄错会指出是第几行。
"""


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """The public part."""

    public: bytes
    """X25519, 32 bytes."""

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that name the key."""
        return hashlib.sha256(b"pxtui-backup\0" + self.public).hexdigest()[:32]

    @property
    def in_groups(self) -> str:
        """The fingerprint as it is read aloud."""
        return " ".join(self.fingerprint[place : place + 4] for place in range(0, len(self.fingerprint), 4))


def office_key(home: Home) -> OfficeKey:
    """The office key of a register.

    Raises:
        PxtuiError: there is none yet, or its file is damaged.
    """
    try:
        text = home.backup_key.read_text("ascii", errors="replace")
    except FileNotFoundError:
        raise NotFound(NO_OFFICE_KEY) from None
    except OSError as fault:
        raise Damaged(f"读不出备份公钥“{home.backup_key}”，请检查权限和磁盘。") from fault
    parts = _PUBLIC_TEXT.fullmatch(text)
    if parts is None or _check_digits(bytes.fromhex(parts[1]), 8) != parts[2]:
        raise Damaged(f"备份公钥“{home.backup_key}”已损坏，请管理员用 pxtui backup key create --replace 另建密钥。")
    return OfficeKey(bytes.fromhex(parts[1]))


def create(context: Context, to: Path, *, passphrase: str = "", replaces: bool = False) -> OfficeKey:
    """Draw an office key: the private part into a new file off the machine, the public part beside the register's keys.

    Args:
        to: where the private part goes, such as a stick; never in the register's own folder.
        passphrase: needed to open it, besides the file; empty: none is needed.
        replaces: there is one already, and later backups shall be for another one.

    Raises:
        PxtuiError: there is a key already, the place is taken, within the register's folder or cannot be written, or
            the passphrase is short.
    """
    duties.require_role(context, Act.BACKUP_KEY)
    home = context.home
    if to.absolute().is_relative_to(home.root.absolute()):
        raise Refused("备份私钥不能和台账放在一起，请写到U盘等另外的地方。")
    if home.backup_key.exists() and not replaces:
        raise Refused(
            f"已经有备份密钥（{office_key(home).in_groups}），没有另建；"
            "私钥丢失的，请加 --replace 另建一把，以前的备份仍用原来的私钥打开。"
        )
    if passphrase and len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(f"口令至少{SHORTEST_PASSPHRASE}位，请换一个长一些的。")
    private = X25519PrivateKey.generate()
    key = OfficeKey(private.public_key().public_bytes_raw())
    create_private(to, "备份私钥", _private_text(private.private_bytes_raw(), key, passphrase).encode())
    # Read back before anything is sealed for it: what cannot be opened would be no backup.
    if read_private(to, lambda: passphrase).public_key().public_bytes_raw() != key.public:
        raise Damaged(f"写到“{to}”的备份私钥读回来不一致，请换一个U盘再试。")
    _put_public(home, key)
    journal.record(context, None, Act.BACKUP_KEY, f"建立备份密钥，指纹{key.in_groups}")
    return key


def read_private(path: Path, passphrase: Callable[[], str]) -> X25519PrivateKey:
    """The private part out of its file, or as somebody typed it from paper.

    Args:
        passphrase: asked for one only where the file needs it.

    Raises:
        PxtuiError: it is no such file, a line of it is wrong, or the passphrase is.
    """
    text = content_of(path, _LARGEST_TEXT, _NOT_A_KEY.format(path=path)).decode("utf-8-sig", errors="replace").lower()
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines or lines[0] not in (_PLAIN_HEAD, _LOCKED_HEAD):
        raise Refused(_NOT_A_KEY.format(path=path))
    content = b"".join(_line_bytes(number, line) for number, line in enumerate(lines[1:], 1))
    if lines[0] == _LOCKED_HEAD:
        content = _unlocked(content, passphrase(), path)
    if len(content) != _KEY_BYTES:
        raise Refused(_NOT_A_KEY.format(path=path))
    return X25519PrivateKey.from_private_bytes(content)


def _private_text(secret: bytes, key: OfficeKey, passphrase: str) -> str:
    head, content = _PLAIN_HEAD, secret
    if passphrase:
        salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
        head, content = _LOCKED_HEAD, salt + nonce + _locking(salt, passphrase).encrypt(nonce, secret, b"")
    pieces = [content[place : place + _LINE_BYTES] for place in range(0, len(content), _LINE_BYTES)]
    lines = [_line(number, piece) for number, piece in enumerate(pieces, 1)]
    return "\n".join([f"{_EXPLANATION}# 密钥指纹：{key.in_groups}", head, *lines, ""])


def _line(number: int, piece: bytes) -> str:
    digits = piece.hex()
    groups = " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
    return f"{number} {groups} - {_check_digits(bytes([number]) + piece, 4)}"


def _line_bytes(number: int, line: str) -> bytes:
    parts = _LINE.fullmatch(line)
    if parts is not None and int(parts[1]) == number:
        piece = bytes.fromhex(parts[2])
        if _check_digits(bytes([number]) + piece, 4) == parts[3]:
            return piece
    raise Refused(f"备份私钥的第{number}行不对（行末四位是校验码），请对照原件逐字核对这一行。")


def _locking(salt: bytes, passphrase: str) -> AESGCM:
    derivation = Scrypt(salt=salt, length=_KEY_BYTES, n=_SCRYPT_COST, r=_SCRYPT_BLOCK, p=1)
    return AESGCM(derivation.derive(passphrase.encode()))


def _unlocked(content: bytes, passphrase: str, path: Path) -> bytes:
    salt, rest = content[:_SALT_BYTES], content[_SALT_BYTES:]
    try:
        return _locking(salt, passphrase).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], b"")
    except (InvalidTag, ValueError):
        raise Refused(f"口令不对，打不开备份私钥“{path}”，请再试一次。") from None


def _put_public(home: Home, key: OfficeKey) -> None:
    create_private_folder(home.backup_key.parent, "密钥文件夹")
    text = f"pxtui-backup-public/1\n{key.public.hex()}\n{_check_digits(key.public, 8)}\n"
    try:
        write_whole(home.backup_key, text.encode(), replaces=True)
    except OSError as fault:
        raise Refused(f"写不了备份公钥“{home.backup_key}”：{reason_of(fault)}。") from fault


def public_of(private: X25519PrivateKey) -> OfficeKey:
    """The public part of a private one."""
    return OfficeKey(private.public_key().public_bytes_raw())


def public_key(key: OfficeKey) -> X25519PublicKey:
    """As the library takes it."""
    return X25519PublicKey.from_public_bytes(key.public)


def _check_digits(content: bytes, count: int) -> str:
    return hashlib.sha256(content).hexdigest()[:count]
