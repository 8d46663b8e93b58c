"""Column types: 64-bit integers, exact decimals, enumeration codes, lists of codes, moments in UTC."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import BigInteger, Dialect, Text, TypeDecorator
from sqlalchemy.exc import DontWrapMixin
from sqlmodel.sql.sqltypes import AutoString

from pxtui.errors import Damaged, Refused

Code = TypeVar("Code", bound=StrEnum)


class NumberTooLarge(DontWrapMixin, Refused):
    """The fault of an integer beyond 64 bits, raised before the statement."""


class UnknownCode(DontWrapMixin, Damaged):
    """The fault of a stored text that is no member of its enumeration: of a newer program, or altered."""


class Integer64(TypeDecorator[int]):
    """An integer of 64 bits, such as money in fen."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """The integer, refused with `NumberTooLarge` where SQLite cannot hold it."""
        if value is not None and not -(2**63) <= value < 2**63:
            raise NumberTooLarge("有一个整数超过台账能保存的19位，没有保存，请核对人数、年龄、序号和金额。")
        return value


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal stored as text, because SQLite's numbers are binary floats. Not to be compared or summed in SQL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """The decimal's text, trailing zeros included: `40.0`."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """The decimal as it was stored."""
        return None if value is None else Decimal(value)


class Coded(TypeDecorator[Code]):
    """A member of an enumeration as the text of its value."""

    impl = AutoString
    cache_ok = True

    def __init__(self, kind: type[Code]) -> None:
        """`kind`: the enumeration."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Code | str | None, dialect: Dialect) -> str | None:
        """The member's value.

        Raises:
            ValueError: the value is no member.
        """
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Code | None:
        """The member.

        Raises:
            UnknownCode: the register holds a text that this program does not know.
        """
        if value is None:
            return None
        try:
            return self.kind(value)
        except ValueError:
            raise UnknownCode(f"台账里有本程序不认识的代码“{value}”，请核对程序版本，或联系管理员核对备份。") from None


@lru_cache(maxsize=1024)
def _codes(text: str) -> tuple[str, ...]:
    # A list of cases has five of these in every row, and few that differ.
    return tuple(json.loads(text))


class CodeList(TypeDecorator[tuple[str, ...]]):
    """Codes in their order, as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """A JSON list of strings."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """The codes as a tuple, which cannot be changed in place."""
        return None if value is None else _codes(value)


class UtcMoment(TypeDecorator[datetime]):
    """A moment with its zone, stored as ISO 8601 text in UTC of constant length, so that text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The moment's text in UTC.

        Raises:
            ValueError: the moment has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The moment, in UTC."""
        return None if value is None else datetime.fromisoformat(value)
