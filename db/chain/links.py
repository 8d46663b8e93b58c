"""Links of the chain: what one transaction wrote, bound to the link before by a keyed hash."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import Connection

from db.chain.content import PROOF_BYTES, encoded
from db.chain.statements import run

MAC_BYTES = 32
FIRST_MAC = bytes(MAC_BYTES)
"""What the first link is bound to."""

_LINK = b"pxtui link"
_HEAD_BYTES = 8
_WAS, _IS = 1, 2
_ABSENT = b""


class Kind(StrEnum):
    """What a link says."""

    WRITES = "writes"
    """The rows that a transaction wrote."""
    RENEWAL = "renewal"
    """All rows of the register anew, as they stand: its first link, one after an upgrade or with a new key."""
    RENEWAL_GOES_ON = "renewal-goes-on"
    """More of them, in the same transaction."""


class Write(NamedTuple):
    """A row that was written, with the 16 bytes of its proof before and after."""

    table: str
    key: bytes
    """The values of its primary key, encoded."""
    before: bytes
    """Empty: the row was not there."""
    after: bytes
    """Empty: the row is gone."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in the register."""

    id: int
    at: str | None
    """The moment in UTC, ISO 8601; None: nobody said."""
    staff_name: str
    kind: str
    key_version: int
    writes: bytes
    mac: bytes

    @property
    def head(self) -> str:
        """What papers bear of it: its number and sixteen hexadecimal digits, such as `1600:9f2c58d01b6e7a43`."""
        return head_of(self.id, self.mac)


def head_of(link_id: int, mac: bytes) -> str:
    """Number and first sixteen hexadecimal digits of a link."""
    return f"{link_id}:{mac[:_HEAD_BYTES].hex()}"


def moment(at: datetime | None) -> str | None:
    """A moment as a link bears it: UTC, ISO 8601, of constant length."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def mac_of(key: bytes, previous: bytes, link: Link) -> bytes:
    """The keyed hash over the link before and everything that a link says."""
    said = encoded((link.id, link.at, link.staff_name, link.kind, link.key_version, link.writes))
    return blake2b(previous + said, digest_size=MAC_BYTES, key=key, person=_LINK).digest()


def packed(writes: Iterable[Write]) -> bytes:
    """Writes as the bytes of a link."""
    return b"".join(map(_packed, writes))


def unpacked(content: bytes) -> Iterator[Write]:
    """The writes of a link.

    Raises:
        ValueError: these are no such bytes.
    """
    at, end = 0, len(content)
    while at < end:
        flags, name_size, key_size = content[at], content[at + 1], content[at + 2] << 8 | content[at + 3]
        key_at = at + 4 + name_size
        proof_at = key_at + key_size
        table, key = content[at + 4 : key_at].decode(), content[key_at:proof_at]
        before = after = _ABSENT
        if flags & _WAS:
            before, proof_at = content[proof_at : proof_at + PROOF_BYTES], proof_at + PROOF_BYTES
        if flags & _IS:
            after, proof_at = content[proof_at : proof_at + PROOF_BYTES], proof_at + PROOF_BYTES
        yield Write(table, key, before, after)
        at = proof_at


def last_link(connection: Connection) -> tuple[int, bytes, int] | None:
    """Number, hash and key version of the newest link; None for a register without a chain."""
    found = run(connection, "SELECT id, mac, key_version FROM chain_link ORDER BY id DESC LIMIT 1")
    return (found[0][0], found[0][1], found[0][2]) if found else None


def append(
    connection: Connection,
    key: bytes,
    version: int,
    signed: tuple[str, str | None],
    kind: Kind,
    writes: Sequence[Write],
    last: tuple[int, bytes, int] | None,
) -> Link:
    """Write the next link. `signed`: by whom, and the moment in UTC or None; `last`: see `last_link`."""
    number, previous = (last[0] + 1, last[1]) if last else (1, FIRST_MAC)
    staff_name, at = signed
    unsigned = Link(number, at, staff_name, kind.value, version, packed(writes), b"")
    mac = mac_of(key, previous, unsigned)
    run(
        connection,
        "INSERT INTO chain_link (id, at, staff_name, kind, key_version, writes, mac) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, at, staff_name, kind.value, version, unsigned.writes, mac),
    )
    return Link(number, at, staff_name, kind.value, version, unsigned.writes, mac)


def _packed(write: Write) -> bytes:
    name = write.table.encode()
    flags = (_WAS if write.before else 0) | (_IS if write.after else 0)
    sizes = bytes((flags, len(name))) + len(write.key).to_bytes(2, "big")
    return b"".join((sizes, name, write.key, write.before, write.after))
