"""The lines of a list as the register keeps them: keyed digests, packed into parts.

A list of a city's pensioners has a million lines, and nobody may read from the register who draws a pension: a line is
16 bytes of a digest under a key of its own list, which lies sealed in the list's row, and where it stood in the file.
The key is not the register's, so that lists outlive another key of the register and go along when registers are merged;
once it is erased nobody is found in what may be left of the lines in a backup.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

_DIGEST_BYTES = 16
_ENTRY = Struct(f">{_DIGEST_BYTES}sIHI")
_FIRST_DAY = date(1900, 1, 1)
_ENTRIES_A_PART = 512
"""A part is read for each person of a class: some kilobytes, whatever the length of the list."""
_PART_BYTES = 4
SECRET_BYTES = 32


class Entry(NamedTuple):
    """A line of a list."""

    line: int
    """In its file, from 1."""
    since: date | None
    """From which day on it holds; None: the list does not say."""
    word: int
    """The place of its employer, school or state among the list's words, from 1; 0: none."""


@dataclass(frozen=True, slots=True)
class Packed:
    """All lines of a list."""

    secret: bytes
    parts: Mapping[int, bytes]
    """By number from 0; the empty ones too."""


class Packer:
    """Takes lines one by one and keeps no number."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(SECRET_BYTES)
        self._entries = bytearray()

    def add(self, key: str, entry: Entry) -> None:
        """Take a line. `key`: what the person or enterprise is found by, canonical."""
        days = 0 if entry.since is None else max(1, min((entry.since - _FIRST_DAY).days + 1, 0xFFFF))
        self._entries += _ENTRY.pack(digest_of(self._secret, key), entry.line, days, entry.word)

    def packed(self) -> Packed:
        """All that was taken, in parts of some hundred lines."""
        entries, size = bytes(self._entries), _ENTRY.size
        count = max(1, -(-len(entries) // (size * _ENTRIES_A_PART)))
        parts = [bytearray() for _ in range(count)]
        for start in range(0, len(entries), size):
            parts[part_of(entries[start : start + _DIGEST_BYTES], count)] += entries[start : start + size]
        return Packed(self._secret, {number: bytes(part) for number, part in enumerate(parts)})


def digest_of(secret: bytes, key: str) -> bytes:
    """The digest of a canonical number, code or name under the key of a list."""
    return blake2b(key.encode(), key=secret, digest_size=_DIGEST_BYTES).digest()


def part_of(digest: bytes, parts: int) -> int:
    """In which of so many parts a digest is."""
    return int.from_bytes(digest[:_PART_BYTES], "big") % parts


def entries_in(part: bytes, digest: bytes) -> Iterator[Entry]:
    """The lines of a digest in its part, in the order of the file."""
    place = part.find(digest)
    while place >= 0:
        if place % _ENTRY.size == 0:
            _, line, days, word = _ENTRY.unpack_from(part, place)
            yield Entry(line, _FIRST_DAY + timedelta(days - 1) if days else None, word)
        place = part.find(digest, place + 1)


def people_in(numbers: Iterable[str]) -> tuple[str, ...]:
    """Four bytes each by which it is known again who was compared; under seal they say no more than the numbers."""
    return tuple(sorted(mark_of(number) for number in numbers))


def mark_of(number: str) -> str:
    """The mark of one of them."""
    return blake2b(number.encode(), digest_size=_PART_BYTES).hexdigest()
