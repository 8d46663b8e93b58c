"""The facts of an application as one text, and back: what was judged once can be judged again, years later."""

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from pxtui.policy.deductions import ByHand
from pxtui.policy.facts import Application


def written(application: Application, by_hand: Mapping[int, ByHand]) -> str:
    """All that a judgement hangs on; platform passwords, on which none does, are left out."""
    people = tuple(replace(row, password="") for row in application.roster)
    facts = replace(application, roster=people)
    return json.dumps(
        {"application": _plain(facts), "by_hand": {str(seq): _plain(one) for seq, one in by_hand.items()}},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read(text: str) -> tuple[Application, dict[int, ByHand]]:
    """What `written` wrote.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    told = json.loads(text)
    by_hand = {int(seq): ByHand(**one) for seq, one in told["by_hand"].items()}
    application: Application = _made(Application, told["application"])
    return application, by_hand


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, Decimal)):
        return str(value)
    return value


def _made(kind: Any, raw: Any) -> Any:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        return None if raw is None else _made(inner[0], raw)
    if origin in (tuple, frozenset):
        return origin(_made(inner[0], item) for item in raw)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _made(hint, raw[name]) for name, hint in _hints(kind).items()})
    if kind is date:
        return date.fromisoformat(raw)
    return kind(raw) if kind is Decimal or issubclass(kind, Enum) else raw


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
