"""A file that only the office's private key opens: written by whoever has the public one, in frames of bounded size.

A line `pxtui-sealed/1 KIND FINGERPRINT`; the content key by HPKE (RFC 9180, X25519, HKDF-SHA256, AES-256-GCM) bound to
that line; then frames of AES-256-GCM (NIST SP 800-38D). A frame's nonce is its number and whether it is the last one,
so that none can be left out, repeated, moved or cut off; the key is drawn for one file, so that no nonce comes twice.
"""

import hashlib
import os
import tarfile
from collections.abc import Iterable, Iterator
from typing import IO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pxtui.casework.keeping.office_key import OfficeKey, public_key, public_of
from pxtui.errors import Damaged, Refused

FRAME_BYTES = 1 << 20
"""Of plain content: as much as writing and reading hold in memory."""
_MAGIC = "pxtui-sealed/1"
_LONGEST_HEAD = 80
_KEY_BYTES = 32
_TAG_BYTES = 16
_WRAPPED_BYTES = 32 + _KEY_BYTES + _TAG_BYTES
_COUNTER_BYTES = 11
_DAMAGED = "“{name}”不完整或已被改动，没有使用，请换另一份备份。"


def _suite() -> hpke.Suite:
    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class SealedWriter:
    """Takes plain bytes and writes them sealed; it is whole only after `finish`."""

    def __init__(self, file: IO[bytes], key: OfficeKey, kind: str) -> None:
        """`kind`: what is in it, one word."""
        self._file = file
        self._digest = hashlib.sha256()
        self._head = f"{_MAGIC} {kind} {key.fingerprint}\n".encode("ascii")
        self.content_key = os.urandom(_KEY_BYTES)
        self._cipher = AESGCM(self.content_key)
        self._waiting = bytearray()
        self._frames = 0
        self.bytes = 0
        self._put(self._head + _suite().encrypt(self.content_key, public_key(key), self._head))

    @property
    def digest(self) -> str:
        """SHA-256 of what was written, hexadecimal."""
        return self._digest.hexdigest()

    def write(self, content: bytes) -> int:
        """Take some bytes."""
        self._waiting += content
        # The last frame is marked, and so a full one waits until it is known not to be the last.
        while len(self._waiting) > FRAME_BYTES:
            self._frame(bytes(self._waiting[:FRAME_BYTES]), is_last=False)
            del self._waiting[:FRAME_BYTES]
        return len(content)

    def finish(self) -> None:
        """Write the last frame."""
        self._frame(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _frame(self, content: bytes, *, is_last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._frames, is_last=is_last), content, self._head))
        self._frames += 1

    def _put(self, content: bytes) -> None:
        self._file.write(content)
        self._digest.update(content)
        self.bytes += len(content)


class SealedReader:
    """Gives the plain bytes of a sealed file, all of them verified, and its end only behind the last frame."""

    def __init__(
        self, file: IO[bytes], name: str, kind: str, private: X25519PrivateKey | None, content_key: bytes = b""
    ) -> None:
        """Open a sealed file.

        Args:
            name: for messages.
            private: None: by `content_key`, as whoever has just written it.

        Raises:
            PxtuiError: it is something else, for another key, or was altered.
        """
        self._file, self.name = file, name
        self._head = file.readline(_LONGEST_HEAD)
        magic, found, fingerprint = ([*self._head.decode("ascii", errors="replace").rstrip("\n").split(" "), "", ""])[
            :3
        ]
        if magic != _MAGIC or not self._head.endswith(b"\n"):
            raise Refused(f"“{name}”不是本程序的备份，或者是较新版本的，请核对文件。")
        if found != kind:
            raise Refused(f"“{name}”是另一种备份，请核对文件：台账的备份和密钥的备份是分开的两个文件。")
        wrapped = file.read(_WRAPPED_BYTES)
        if private is not None:
            if (own := public_of(private)).fingerprint != fingerprint:
                raise Refused(f"“{name}”不是为这把备份私钥（{own.in_groups}）加密的，请换当时的私钥再试。")
            content_key = self._unwrapped(wrapped, private)
        self._cipher = AESGCM(content_key)
        self._frames = 0
        self._ahead = file.read(FRAME_BYTES + _TAG_BYTES)
        self._plain = memoryview(b"")
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, of at most one frame; empty at the end.

        Raises:
            PxtuiError: the file was altered or cut.
        """
        while not self._plain and not self._is_over:
            self._next()
        size = len(self._plain) if size < 0 else size
        taken, self._plain = bytes(self._plain[:size]), self._plain[size:]
        return taken

    def _next(self) -> None:
        sealed, self._ahead = self._ahead, self._file.read(FRAME_BYTES + _TAG_BYTES)
        self._is_over = not self._ahead
        try:
            plain = self._cipher.decrypt(_nonce(self._frames, is_last=self._is_over), sealed, self._head)
        except (InvalidTag, ValueError):
            raise Damaged(_DAMAGED.format(name=self.name)) from None
        self._frames += 1
        self._plain = memoryview(plain)

    def _unwrapped(self, wrapped: bytes, private: X25519PrivateKey) -> bytes:
        try:
            return _suite().decrypt(wrapped, private, self._head)
        except (InvalidTag, ValueError):
            raise Damaged(_DAMAGED.format(name=self.name)) from None


def pack(writer: SealedWriter, files: Iterable[tuple[str, int, IO[bytes]]]) -> None:
    """Write files, each by name, size and content, and the end."""
    with tarfile.open(fileobj=cast(IO[bytes], writer), mode="w|", bufsize=FRAME_BYTES) as archive:
        for name, size, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = size
            archive.addfile(entry, content)
    writer.finish()


def unpacked(reader: SealedReader) -> Iterator[tuple[str, IO[bytes]]]:
    """The files of a sealed file with their names, one after the other; when it ends, all of it was verified.

    Raises:
        Damaged: it was altered or cut, or something else is in it than is ever packed.
    """
    try:
        with tarfile.open(fileobj=cast(IO[bytes], reader), mode="r|", bufsize=FRAME_BYTES) as archive:
            for entry in archive:
                content = archive.extractfile(entry)
                if content is None:
                    raise Damaged(_DAMAGED.format(name=reader.name))
                yield entry.name, content
    except tarfile.TarError:
        raise Damaged(_DAMAGED.format(name=reader.name)) from None
    while reader.read(FRAME_BYTES):
        pass


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_COUNTER_BYTES, "big") + bytes([is_last])
