"""The keys by which offices exchange files: X25519 (RFC 7748) to read, Ed25519 (RFC 8032) to sign.

The private parts lie in a file of their own beside the register's key; the public ones are a text that another office
enters.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from db.private_files import create_private_folder, require_private
from pxtui.errors import Damaged, Refused
from pxtui.file_content import content_of
from pxtui.whole_file import reason_of, write_whole

_PRIVATE_FILE = re.compile(r"pxtui-exchange-private/1\n([0-9a-f]{64})\n([0-9a-f]{64})\n([0-9a-f]{8})\n?")
_PUBLIC_TEXT = re.compile(
    r"\s*pxtui-exchange-public/1\s+office ([a-z0-9-]{1,40})\s+box ([0-9a-f]{64})\s+sign ([0-9a-f]{64})\s+"
    r"fingerprint ([0-9a-f]{4}(?: [0-9a-f]{4}){7})\s*"
)
_NO_PUBLIC_KEYS = (
    "这不是完整的公钥文件，请对方在部门交换一页（F10、0、7）按Enter或用 pxtui exchange key 重新导出后再试。"
)
_LARGEST_TEXT = 4_000
_FINGERPRINT_DIGITS = 32
_NAME = "交换密钥文件"


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others need of an office."""

    office: str
    """Its code."""
    box: bytes
    """X25519, 32 bytes: files for it are encrypted for this key."""
    sign: bytes
    """Ed25519, 32 bytes: its files are checked by this key."""

    @property
    def fingerprint(self) -> str:
        """Eight groups of four digits that two people compare on the telephone."""
        digest = hashlib.sha256(b"\0".join((self.office.encode(), self.box, self.sign))).hexdigest()
        digits = digest[:_FINGERPRINT_DIGITS]
        return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))

    @property
    def text(self) -> str:
        """As it is sent to another office."""
        return (
            f"pxtui-exchange-public/1\noffice {self.office}\nbox {self.box.hex()}\nsign {self.sign.hex()}\n"
            f"fingerprint {self.fingerprint}\n"
        )


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The private keys of this office."""

    box: X25519PrivateKey
    sign: Ed25519PrivateKey

    @classmethod
    def at(cls, path: Path) -> Self:
        """The keys in a file; drawn and written whole at first use, mode 0600.

        Raises:
            PxtuiError: the file is damaged, open to others, or cannot be written.
        """
        if not os.path.lexists(path):
            _write_new(path)
        require_private(path, _NAME)
        try:
            content = path.read_bytes().decode("ascii", errors="replace")
        except OSError as fault:
            raise Damaged(f"读不出{_NAME}“{path}”，请检查权限和磁盘。") from fault
        parts = _PRIVATE_FILE.fullmatch(content)
        if parts is None or _check_digits(parts[1], parts[2]) != parts[3]:
            raise Damaged(f"{_NAME}“{path}”不完整或已损坏，请用备份替换后再试。")
        box, sign = bytes.fromhex(parts[1]), bytes.fromhex(parts[2])
        return cls(X25519PrivateKey.from_private_bytes(box), Ed25519PrivateKey.from_private_bytes(sign))

    def public(self, office: str) -> PublicKeys:
        """The public parts."""
        return PublicKeys(office, self.box.public_key().public_bytes_raw(), self.sign.public_key().public_bytes_raw())


def read_public_keys(path: Path) -> PublicKeys:
    """The public keys in the text that another office sent.

    Raises:
        PxtuiError: it cannot be read, or is no such text.
    """
    text = content_of(path, _LARGEST_TEXT, _NO_PUBLIC_KEYS).decode("utf-8-sig", errors="replace")
    parts = _PUBLIC_TEXT.fullmatch(text)
    if parts is None:
        raise Refused(_NO_PUBLIC_KEYS)
    keys = PublicKeys(parts[1], bytes.fromhex(parts[2]), bytes.fromhex(parts[3]))
    if keys.fingerprint != parts[4] or not _are_usable(keys):
        raise Refused(
            "公钥文件里的指纹与公钥不符，"
            "请对方在部门交换一页（F10、0、7）按Enter或用 pxtui exchange key 重新导出后再试。"
        )
    return keys


def _are_usable(keys: PublicKeys) -> bool:
    """Whether something can be encrypted for them; some byte strings are points to which every secret is the same."""
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(keys.box))
        Ed25519PublicKey.from_public_bytes(keys.sign)
    except ValueError:
        return False
    return True


def _write_new(path: Path) -> None:
    create_private_folder(path.parent, "密钥文件夹")
    box, sign = (
        kind.generate().private_bytes_raw().hex()
        for kind in (X25519PrivateKey, Ed25519PrivateKey)
    )  # fmt: skip
    content = f"pxtui-exchange-private/1\n{box}\n{sign}\n{_check_digits(box, sign)}\n"
    try:
        write_whole(path, content.encode("ascii"))
    except FileExistsError:
        # Of two programs that draw keys at once, the keys of the first stay.
        return
    except OSError as fault:
        raise Refused(f"不能建立{_NAME}“{path}”，请检查文件夹是否可写：{reason_of(fault)}") from fault


def _check_digits(box: str, sign: str) -> str:
    return hashlib.sha256(f"{box}{sign}".encode()).hexdigest()[:8]
