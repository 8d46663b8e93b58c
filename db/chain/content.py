"""Proofs of rows: a keyed hash of the values as they are stored, by the names of their columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

Value = str | bytes | bytearray | int | float | None
"""A stored value. A `bytearray` is text that was not decoded: what somebody wrote past the program may be no UTF-8."""

PROOF_BYTES = 16
_TAG_BYTES = 4
_CONTENT = b"pxtui row"
_PROOF = b"pxtui proof"


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as it stands in the database: its name, its columns in the order of their names, its primary key."""

    table: str
    columns: tuple[str, ...]
    key_columns: tuple[str, ...]
    prefix: bytes
    """What comes before the values in every proof of the table."""
    key_places: tuple[int, ...]
    """Where the columns of the primary key stand among `columns`."""


class Proof(NamedTuple):
    """What proves a row."""

    content: bytes
    """Keyed hash of the whole row, 16 bytes."""
    tags: bytes
    """Four bytes for each column, to say which one was changed; no secret is in them."""

    def bound(self, key: bytes) -> bytes:
        """The 16 bytes that stand in a link: of the content and the tags, so that neither is changed alone."""
        return blake2b(self.content + self.tags, digest_size=PROOF_BYTES, key=key, person=_PROOF).digest()


def shape_of(table: str, columns: Iterable[str], key_columns: Sequence[str]) -> Shape:
    """The shape of a table. `key_columns`: in the order of the primary key."""
    names = tuple(sorted(columns))
    prefix = encoded((table, *names))
    return Shape(table, names, tuple(key_columns), prefix, tuple(names.index(name) for name in key_columns))


def proof_of(shape: Shape, values: Sequence[Value], key: bytes) -> Proof:
    """The proof of a row under the key of the chain. `values`: in the order of the shape's columns."""
    parts = [_part(value) for value in values]
    content = blake2b(shape.prefix + b"".join(parts), digest_size=PROOF_BYTES, key=key, person=_CONTENT).digest()
    return Proof(content, b"".join([crc32(part).to_bytes(_TAG_BYTES, "big") for part in parts]))


def content_of(shape: Shape, values: Sequence[Value], key: bytes) -> bytes:
    """The content of `proof_of` alone: to look whether a row is as it was proven."""
    parts = [_part(value) for value in values]
    return blake2b(shape.prefix + b"".join(parts), digest_size=PROOF_BYTES, key=key, person=_CONTENT).digest()


def tag_of(value: Value) -> bytes:
    """The four bytes of a value among the tags of a row."""
    return crc32(_part(value)).to_bytes(_TAG_BYTES, "big")


def changed_columns(shape: Shape, tags: bytes, found: bytes) -> tuple[str, ...]:
    """The columns whose tags differ; none where the tags are those of a table of another shape."""
    if len(tags) != len(found):
        return ()
    places = range(0, len(tags), _TAG_BYTES)
    differing = (tags[place : place + _TAG_BYTES] != found[place : place + _TAG_BYTES] for place in places)
    return tuple(name for name, differs in zip(shape.columns, differing, strict=True) if differs)


def encoded(values: Iterable[Value]) -> bytes:
    """Values as bytes, of which no other values make the same: of a primary key, or of what a link says."""
    return b"".join([_part(value) for value in values])


def decoded(content: bytes) -> tuple[Value, ...]:
    """The values that `encoded` was given; text that is no UTF-8 comes with replacement characters.

    Raises:
        ValueError: these are no such bytes.
    """
    values: list[Value] = []
    at = 0
    while at < len(content):
        kind, end = content[at : at + 1], content.index(b":", at)
        head, at = content[at + 1 : end], end + 1
        if kind in (b"s", b"b"):
            size = int(head)
            body, at = content[at : at + size], at + size
            values.append(body.decode(errors="replace") if kind == b"s" else body)
        elif kind == b"i":
            values.append(int(head))
        elif kind == b"f":
            values.append(float.fromhex(head.decode()))
        else:
            values.append(None)
    return tuple(values)


def _part(value: Value) -> bytes:
    """A value with its kind and its length before it."""
    if value is None:
        return b"n:"
    if isinstance(value, str):
        content = value.encode("utf-8", "surrogatepass")
        return b"s%d:" % len(content) + content
    if isinstance(value, int):
        return b"i%d:" % value
    if isinstance(value, bytes):
        return b"b%d:" % len(value) + value
    if isinstance(value, bytearray):
        return b"s%d:" % len(value) + value
    return b"f" + value.hex().encode() + b":"
