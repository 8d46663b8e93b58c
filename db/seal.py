"""Sealing of fields: ID numbers, phones, accounts and passwords stand in the register only as ciphertext.

AES-256-GCM (NIST SP 800-38D) for reading, HMAC-SHA256 (RFC 2104) for look-ups. Both keys are derived by HKDF
(RFC 5869) from the key of the key file, which lies apart from the register.
"""

import hashlib
import hmac
import os
import re
import secrets
import stat
import struct
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from db.private_files import create_private, create_private_folder, require_private
from pxtui.errors import Damaged
from pxtui.whole_file import clear_unfinished

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_KEY_FILE = re.compile(r"pxtui-key/1\n([0-9a-f]{64})\n([0-9a-f]{8})\n?")
_HEADER = struct.Struct(">BH")
_AES_256_GCM = 1
_KEY_VERSION = 1
_NONCE_BYTES = 12
_LOOK_UP_KEY_BYTES = 16


class Vault:
    """Encryption, decryption and look-up keys of fields, under one key."""

    def __init__(self, key: bytes) -> None:
        """`key`: 32 random bytes."""
        self._key = key

    @classmethod
    def create(cls, key_file: Path) -> Self:
        """Draw a new key and write it to a new file, 0600 in a folder of 0700.

        Raises:
            PxtuiError: the file exists (a key is never overwritten), or its folder is open to others.
        """
        create_private_folder(key_file.parent, "密钥文件夹")
        key = secrets.token_bytes(_KEY_BYTES)
        content = f"pxtui-key/1\n{key.hex()}\n{_check_digits(key)}\n"
        create_private(key_file, "密钥文件", content.encode("ascii"))
        return cls(key)

    @classmethod
    def for_new_register(cls, key_file: Path) -> Self:
        """The key for a register that is being made: the one that an attempt before has left, else a new one.

        A key is never overwritten: that of a register which was put elsewhere would be lost with it. An empty file,
        as a full disk once left it, is no key.

        Raises:
            PxtuiError: as `create` and `open`.
        """
        create_private_folder(key_file.parent, "密钥文件夹")
        clear_unfinished(key_file.parent)
        with suppress(OSError):
            if stat.S_ISREG((status := key_file.lstat()).st_mode) and status.st_size == 0:
                key_file.unlink()
        return cls.open(key_file) if os.path.lexists(key_file) else cls.create(key_file)

    @classmethod
    def open(cls, key_file: Path) -> Self:
        """Read the key from its file.

        Raises:
            PxtuiError: the file is missing, damaged, open to others or somebody else's.
        """
        require_private(key_file, "密钥文件")
        try:
            content = key_file.read_bytes().decode("ascii", errors="replace")
        except OSError as error:
            raise Damaged(f"读不出密钥文件“{key_file}”，请检查权限和磁盘。") from error
        parts = _KEY_FILE.fullmatch(content)
        if parts is None or _check_digits(key := bytes.fromhex(parts[1])) != parts[2]:
            raise Damaged(f"密钥文件“{key_file}”不完整或已损坏，请用密钥的备份替换后再试。")
        return cls(key)

    @cached_property
    def key_check(self) -> bytes:
        """A value derived from the key, stored in the register to recognise its key; it does not reveal the key."""
        return self._derived("key check")

    def seal(self, table: str, uid: str, column: str, text: str) -> bytes:
        """The ciphertext `alg(1) keyver(2) nonce(12) ciphertext+tag`, bound to its table, row (`uid`) and column.

        Empty for an empty text.
        """
        if not text:
            return b""
        nonce = os.urandom(_NONCE_BYTES)
        ciphertext = self._cipher.encrypt(nonce, text.encode(), _place(table, uid, column))
        return _HEADER.pack(_AES_256_GCM, _KEY_VERSION) + nonce + ciphertext

    def unseal(self, table: str, uid: str, column: str, blob: bytes) -> str:
        """The text of a ciphertext of this table, row and column; empty for an empty one.

        Raises:
            PxtuiError: the ciphertext is of another key, table, row or column, or was altered.
        """
        from cryptography.exceptions import InvalidTag

        if not blob:
            return ""
        header, sealed = blob[: _HEADER.size], blob[_HEADER.size :]
        try:
            if header != _HEADER.pack(_AES_256_GCM, _KEY_VERSION):
                raise InvalidTag
            nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            return self._cipher.decrypt(nonce, ciphertext, _place(table, uid, column)).decode()
        except (InvalidTag, ValueError):  # ValueError: cut short within the nonce
            raise Damaged(
                "台账中有一项加密内容打不开，不是用这把密钥加密的或已被改动，请停止使用并联系管理员核对备份。"
            ) from None

    def look_up_key(self, field: str, canonical_text: str) -> bytes:
        """The look-up key of a text: 16 bytes, equal for equal texts of one field, useless without the vault's key."""
        # The NUL keeps field and value apart: no other pair runs together into the same bytes.
        message = f"{field}\0{canonical_text}".encode()
        return hmac.digest(self._index_key, message, "sha256")[:_LOOK_UP_KEY_BYTES]

    # cryptography is imported where it is first needed: a start of the program must not pay for it.
    @cached_property
    def _cipher(self) -> "AESGCM":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._derived("seal"))

    @cached_property
    def _index_key(self) -> bytes:
        return self._derived("look-up")

    def _derived(self, purpose: str) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        derivation = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=f"pxtui/1 {purpose}".encode())
        return derivation.derive(self._key)


def _place(table: str, uid: str, column: str) -> bytes:
    return f"{table}:{uid}:{column}:{_KEY_VERSION}".encode()


def _check_digits(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]
