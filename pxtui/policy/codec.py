"""Frozen values as JSON and back: one reader and one writer for all that is stored as text and judged again later.

The type alone says how a value is written: a date as YYYY-MM-DD, a decimal as its digits, a code as its value, a set as
a sorted list, and a dataclass as an object with a member for each field.
"""

import json
from collections.abc import Iterable
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Frozen = TypeVar("Frozen")


def dump(kind: type[Frozen], value: Frozen) -> Any:
    """`value` as what JSON knows: objects, lists, texts, numbers, booleans and None."""
    return json.loads(dump_text(kind, value))


def dump_text(kind: type[Frozen], value: Frozen) -> str:
    """`value` as JSON without spaces; the same text whenever it is written."""
    # The adapter would write a set in the order of its hashes, so the last step is json's.
    members = _adapter(kind).dump_python(value, warnings=False)
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"), default=_plain)


def load(kind: type[Frozen], stored: Any) -> Frozen:
    """The value that `dump` made `stored` of.

    Raises:
        ValueError: as `load_text`.
    """
    return load_text(kind, json.dumps(stored, ensure_ascii=False))


def load_text(kind: type[Frozen], text: str) -> Frozen:
    """The value that `dump_text` wrote as `text`; a member that is not there takes its default.

    Raises:
        ValueError: a member is missing, unknown or of another type, or the text is no JSON.
    """
    return _adapter(kind).validate_json(text, strict=True, extra="forbid")


def _adapter(kind: type[Frozen]) -> "TypeAdapter[Frozen]":
    key: Any = kind
    return _known_adapter(key)


@cache
def _known_adapter(kind: Any) -> "TypeAdapter[Any]":
    # Imported when first needed: nothing before the first screen reads or writes a frozen value.
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _plain(value: object) -> Any:
    if isinstance(value, frozenset):
        members: Iterable[Any] = value
        return sorted(member.value if isinstance(member, Enum) else member for member in members)
    return str(value)
