"""Sealing of fields: ID numbers, phones, accounts and passwords stand in the register only as ciphertext.

AES-256-GCM (NIST SP 800-38D) for reading, HMAC-SHA256 (RFC 2104) for look-ups. Both keys are derived by HKDF
(RFC 5869) from the keys of the key file, which lies apart from the register. There is a key for each version: every
ciphertext names its own, and the key file keeps all of them, because backups of before a rotation need the older ones.
"""

import hashlib
import hmac
import os
import re
import secrets
import stat
import struct
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from db.chain.content import Value, encoded
from db.private_files import create_private, create_private_folder, require_private
from pxtui.errors import Damaged
from pxtui.whole_file import clear_unfinished

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_KEY_FILE = re.compile(r"pxtui-key/1\n([0-9a-f]{64})\n([0-9a-f]{8})\n?")
_BUNDLE_HEAD = "pxtui-key/2\n"
_BUNDLE_LINE = re.compile(r"([1-9][0-9]{0,3}) ([0-9a-f]{64}) ([0-9a-f]{8})")
_HEADER = struct.Struct(">BH")
_NAMED, _IN_ROW = 1, 2
"""AES-256-GCM, bound to a name alone or to a row and what that belongs to."""
_FIRST = 1
"""The version of the key that a register is made with."""
_NONCE_BYTES = 12
_LOOK_UP_KEY_BYTES = 16


class Vault:
    """Encryption, decryption and look-up keys of fields. It seals with one version and unseals with all of them."""

    def __init__(
        self,
        key: bytes | Mapping[int, bytes],
        *,
        version: int = _FIRST,
        look_up_version: int = _FIRST,
        key_file: Path | None = None,
    ) -> None:
        """A vault of one key, or of one for each version from 1 on.

        Args:
            key: 32 random bytes each.
            version: the one that seals.
            look_up_version: the last one that look-up keys are made with.
            key_file: where the keys were read; None: nowhere.
        """
        keys = {_FIRST: key} if isinstance(key, bytes) else key
        self._keys = {number: _Key(number, keys[number]) for number in sorted(keys)}
        self.version = version
        self.look_up_version = look_up_version
        self.key_file = key_file

    @classmethod
    def create(cls, key_file: Path) -> Self:
        """Draw a new key and write it to a new file, 0600 in a folder of 0700.

        Raises:
            PxtuiError: the file exists (a key is never overwritten), or its folder is open to others.
        """
        create_private_folder(key_file.parent, "密钥文件夹")
        key = new_key()
        create_private(key_file, "密钥文件", key_file_text({_FIRST: key}))
        return cls(key, key_file=key_file)

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
        """Read the keys from their file.

        Raises:
            PxtuiError: the file is missing, damaged, open to others or somebody else's.
        """
        require_private(key_file, "密钥文件")
        try:
            content = key_file.read_bytes()
        except OSError as error:
            raise Damaged(f"读不出密钥文件“{key_file}”，请检查权限和磁盘。") from error
        keys = keys_of(content)
        if keys is None:
            raise Damaged(f"密钥文件“{key_file}”不完整或已损坏，请用密钥的备份替换后再试。")
        return cls(keys, key_file=key_file)

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions that it has a key of."""
        return tuple(self._keys)

    def keys(self) -> dict[int, bytes]:
        """The keys themselves, for their file and its backup."""
        return {number: key.secret for number, key in self._keys.items()}

    def in_force(self, version: int, look_up_version: int) -> Self:
        """The same keys, with other versions in force.

        Raises:
            PxtuiError: the key file has no key of this version.
        """
        if (version, look_up_version) == (self.version, self.look_up_version):
            return self
        if version not in self._keys:
            raise Damaged(
                f"密钥文件里没有第{version}版的密钥，台账已经换过密钥：请换上换密钥之后的密钥文件或它的备份。"
            )
        other = type(self)({}, version=version, look_up_version=look_up_version, key_file=self.key_file)
        other._keys = self._keys
        return other

    @property
    def header(self) -> bytes:
        """What every ciphertext of a row begins with under the key in force."""
        return _HEADER.pack(_IN_ROW, self.version)

    @cached_property
    def key_check(self) -> bytes:
        """A value derived from the key in force, stored in the register to recognise it; it does not reveal the key."""
        return self._keys[self.version].derived("key check")

    def lasting_key(self, purpose: str) -> bytes:
        """A key of 32 bytes that stays the same when the keys are rotated, for proofs over what was written before."""
        return self._keys[_FIRST].derived(purpose)

    def seal(self, kind: str, name: str, column: str, text: str) -> bytes:
        """The ciphertext `alg(1) keyver(2) nonce(12) ciphertext+tag` of what has a name and no row, such as a file.

        Empty for an empty text.
        """
        return self._sealed(_NAMED, _place(kind, name, column, self.version), text)

    def unseal(self, kind: str, name: str, column: str, blob: bytes) -> str:
        """The text of a ciphertext of this name; empty for an empty one.

        Rows were sealed so up to revision 0028, by their `uid`, which could be exchanged together with the ciphertext.

        Raises:
            PxtuiError: the ciphertext is of another key, kind, name or column, or was altered.
        """
        return self._unsealed(_NAMED, lambda version: _place(kind, name, column, version), blob)

    def seal_in_row(self, table: str, identity: bytes, column: str, text: str) -> bytes:
        """The ciphertext of a column, bound to its table and row; empty for an empty text.

        Args:
            identity: of the row, see `identity_of`.
        """
        return self._sealed(_IN_ROW, _place_in_row(table, identity, column, self.version), text)

    def unseal_in_row(self, table: str, identity: bytes, column: str, blob: bytes) -> str:
        """The text of a ciphertext of this table, row and column; empty for an empty one.

        Raises:
            PxtuiError: the ciphertext is of another key, table, row or column, or was altered.
        """
        return self._unsealed(_IN_ROW, lambda version: _place_in_row(table, identity, column, version), blob)

    def _sealed(self, algorithm: int, place: bytes, text: str) -> bytes:
        if not text:
            return b""
        nonce = os.urandom(_NONCE_BYTES)
        ciphertext = self._keys[self.version].cipher.encrypt(nonce, text.encode(), place)
        return _HEADER.pack(algorithm, self.version) + nonce + ciphertext

    def _unsealed(self, algorithm: int, place: Callable[[int], bytes], blob: bytes) -> str:
        from cryptography.exceptions import InvalidTag

        if not blob:
            return ""
        header, sealed = blob[: _HEADER.size], blob[_HEADER.size :]
        try:
            found, version = _HEADER.unpack(header)
            if found != algorithm or version not in self._keys:
                raise InvalidTag
            nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            return self._keys[version].cipher.decrypt(nonce, ciphertext, place(version)).decode()
        # Cut short within the header or the nonce, or something else than bytes.
        except (InvalidTag, ValueError, TypeError, struct.error):
            raise Damaged(
                "台账中有一项加密内容打不开，不是用这把密钥加密的，或已被改动、调换，请停止使用并联系管理员核对备份。"
            ) from None

    def look_up_key(self, field: str, canonical_text: str) -> bytes:
        """The look-up key of a text: 16 bytes, equal for equal texts of one field, useless without the vault's keys."""
        return self.look_up_keys(field, canonical_text)[-1]

    def look_up_keys(self, field: str, canonical_text: str) -> tuple[bytes, ...]:
        """The look-up keys of a text in all versions up to the one in force, the earliest first.

        What noted one under seal, as the journal does, keeps that of its time.
        """
        # The NUL keeps field and value apart: no other pair runs together into the same bytes.
        message = f"{field}\0{canonical_text}".encode()
        found = [self._keys[_FIRST].keyed_digest(message)]
        for version in range(_FIRST + 1, self.look_up_version + 1):
            found.append(self.next_look_up_key(version, found[-1]))
        return tuple(found)

    def next_look_up_key(self, version: int, key: bytes) -> bytes:
        """The look-up key of a version out of that of the version before.

        Of many look-up keys the text is nowhere in the register any more, so that they could not be made from it anew.
        """
        return self._keys[version].keyed_digest(key)


class _Key:
    """One version of the key, with what is derived from it."""

    def __init__(self, version: int, secret: bytes) -> None:
        self.version = version
        self.secret = secret

    # cryptography is imported where it is first needed: a start of the program must not pay for it.
    @cached_property
    def cipher(self) -> "AESGCM":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self.derived("seal"))

    def keyed_digest(self, message: bytes) -> bytes:
        return hmac.digest(self._index_key, message, "sha256")[:_LOOK_UP_KEY_BYTES]

    @cached_property
    def _index_key(self) -> bytes:
        return self.derived("look-up")

    def derived(self, purpose: str) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        derivation = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=f"pxtui/1 {purpose}".encode())
        return derivation.derive(self.secret)


def new_key() -> bytes:
    """A new key, drawn at random."""
    return secrets.token_bytes(_KEY_BYTES)


def key_file_text(keys: Mapping[int, bytes]) -> bytes:
    """The content of a key file: a single first key as it always was, several with the version of each."""
    if set(keys) == {_FIRST}:
        return f"pxtui-key/1\n{keys[_FIRST].hex()}\n{_check_digits(keys[_FIRST])}\n".encode("ascii")
    lines = (f"{version} {key.hex()} {_check_digits(key)}\n" for version, key in sorted(keys.items()))
    text = (_BUNDLE_HEAD + "".join(lines)).encode("ascii")
    return text + f"{_check_digits(text)}\n".encode("ascii")


def keys_of(content: bytes) -> dict[int, bytes] | None:
    """The keys in the content of a key file, by version from 1 on; None: it is cut or damaged."""
    text = content.decode("ascii", errors="replace")
    if (one := _KEY_FILE.fullmatch(text)) is not None:
        found = [(_FIRST, one[1], one[2])]
    elif text.startswith(_BUNDLE_HEAD) and text.endswith("\n"):
        *lines, end = text.splitlines()[1:] or [""]
        # The check digits of the whole: a file that lost its last lines must not pass for one of before a rotation.
        if end != _check_digits(content[: -len(end) - 1]):
            return None
        matches = [_BUNDLE_LINE.fullmatch(line) for line in lines]
        found = [(int(parts[1]), parts[2], parts[3]) if parts else (0, "", "") for parts in matches]
    else:
        return None
    keys = {version: bytes.fromhex(key) for version, key, _ in found}
    is_whole = list(keys) == list(range(_FIRST, len(found) + 1)) and bool(found)
    return keys if is_whole and all(_check_digits(keys[version]) == check for version, _, check in found) else None


def identity_of(uid: str, values: Iterable[Value]) -> bytes:
    """What a ciphertext of a row is bound to: its `uid`, its primary key, and the keys of what it belongs to.

    A `uid` is drawn once and never again, so that a number given a second time makes no ciphertext of before fit.
    """
    return encoded((uid, *values))


def _place(kind: str, name: str, column: str, version: int) -> bytes:
    return f"{kind}:{name}:{column}:{version}".encode()


def _place_in_row(table: str, identity: bytes, column: str, version: int) -> bytes:
    # Names of tables and columns bear no colon, and so no other place runs together into the same bytes.
    return f"{table}:{column}:{version}:".encode() + identity


def _check_digits(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]
