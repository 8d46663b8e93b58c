"""The file that goes from one office to another: encrypted for the one, signed by the other.

`pxtui-exchange/1`, a line; the header, one line of JSON; the signature, 64 bytes; a nonce of 12 bytes; the ciphertext.
The key comes by X25519 (RFC 7748) with a key pair that lives for one file, and HKDF-SHA256 (RFC 5869); AES-256-GCM
(NIST SP 800-38D) binds the ciphertext to the header, and Ed25519 (RFC 8032) signs both. So neither sender nor receiver
nor period can be exchanged for another one.
"""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pxtui.casework.exchange.keys import OwnKeys, PublicKeys
from pxtui.errors import Damaged, Refused
from pxtui.policy import codec

_MAGIC = b"pxtui-exchange/1\n"
_LARGEST_HEADER = 1_000
_SIGNATURE_BYTES = 64
_NONCE_BYTES = 12
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Header:
    """What stands open on a file; all of it is bound to the ciphertext and signed."""

    sender: str
    """Office code."""
    receiver: str
    """Office code."""
    receiver_key: str
    """Fingerprint of the public keys for which it is encrypted."""
    made_at: str
    """ISO 8601, UTC."""
    since: date | None
    """The first day of the classes in it; None: all."""
    ephemeral: str
    """The public X25519 key of this file, hexadecimal."""

    @property
    def made(self) -> datetime:
        """When it was made, UTC."""
        return datetime.fromisoformat(self.made_at).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A file taken apart; nothing of it is believed before `opened`."""

    header: Header
    head: bytes
    signature: bytes
    sealed: bytes


def sealed_file(
    own: OwnKeys, sender: str, receiver: PublicKeys, since: date | None, made_at: datetime, text: str
) -> bytes:
    """`text` in an envelope for another office."""
    pair = X25519PrivateKey.generate()
    ephemeral = pair.public_key().public_bytes_raw()
    made = made_at.astimezone(UTC).isoformat(timespec="microseconds")
    header = Header(sender, receiver.office, receiver.fingerprint, made, since, ephemeral.hex())
    head = _MAGIC + codec.dump_text(Header, header).encode() + b"\n"
    key = _key(pair, receiver.box, ephemeral, receiver.box)
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), head)
    return head + own.sign.sign(head + sealed) + sealed


def taken_apart(content: bytes) -> Envelope:
    """The parts of a file.

    Raises:
        PxtuiError: it is no file of this kind or version.
    """
    line, end, rest = content.removeprefix(_MAGIC).partition(b"\n")
    if not content.startswith(_MAGIC) or not end or len(line) > _LARGEST_HEADER:
        raise Refused("这不是本程序的交换文件，或者是较新版本的，请核对文件。")
    try:
        header = codec.load_text(Header, line.decode())
        is_sound = header.made.tzinfo is not None and len(bytes.fromhex(header.ephemeral)) == _KEY_BYTES
    except ValueError:
        is_sound = False
    if not is_sound or len(rest) <= _SIGNATURE_BYTES + _NONCE_BYTES:
        raise Damaged("交换文件不完整或已被改动，没有导入，请对方重新导出。")
    return Envelope(header, _MAGIC + line + b"\n", rest[:_SIGNATURE_BYTES], rest[_SIGNATURE_BYTES:])


def opened(envelope: Envelope, sender: PublicKeys, own: OwnKeys, own_keys: PublicKeys) -> str:
    """The text in an envelope.

    Args:
        sender: the keys of the office that the header names, as an administrator entered them.
        own_keys: the public parts of `own`.

    Raises:
        PxtuiError: somebody else signed it, it was altered, or it is encrypted for another key.
    """
    try:
        Ed25519PublicKey.from_public_bytes(sender.sign).verify(envelope.signature, envelope.head + envelope.sealed)
    except InvalidSignature:
        raise Damaged("交换文件的签名不符：不是登记的那把密钥签的，或者途中被改动，没有导入，请向对方核实。") from None
    if envelope.header.receiver_key != own_keys.fingerprint:
        raise Refused("交换文件是按本部门另一把公钥加密的，没有导入；请把现在的公钥交给对方后重新导出。")
    ephemeral = bytes.fromhex(envelope.header.ephemeral)
    nonce, ciphertext = envelope.sealed[:_NONCE_BYTES], envelope.sealed[_NONCE_BYTES:]
    try:
        key = _key(own.box, ephemeral, ephemeral, own_keys.box)
        return AESGCM(key).decrypt(nonce, ciphertext, envelope.head).decode()
    except (InvalidTag, ValueError):
        raise Damaged("交换文件解不开，没有导入，请对方重新导出。") from None


def _key(private: X25519PrivateKey, public: bytes, ephemeral: bytes, receiver: bytes) -> bytes:
    shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    derivation = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_MAGIC + ephemeral + receiver)
    return derivation.derive(shared)
