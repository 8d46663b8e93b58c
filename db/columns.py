"""Column types that give back exactly what was put in."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import BigInteger, Dialect, Text, TypeDecorator
from sqlalchemy.exc import DontWrapMixin
from sqlmodel.sql.sqltypes import AutoString

from pxtui.errors import Damaged, Refused

Code = TypeVar("Code", bound=StrEnum)


class NumberTooLarge(DontWrapMixin, Refused):
    """A whole number that needs more than 64 bits; raised before the database sees it."""


class UnknownCode(DontWrapMixin, Damaged):
    """A text in the register that is no member of its enumeration: a newer program wrote it, or it was altered."""


class Integer64(TypeDecorator[int]):
    """A whole number of an application, money in fen included."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Refuse what SQLite cannot hold."""
        if value is not None and not -(2**63) <= value < 2**63:
            raise NumberTooLarge("有一个整数超过台账能保存的19位，没有保存，请核对人数、年龄、序号和金额。")
        return value


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal as text: SQLite's own numbers are binary floats. Not to be compared or summed in SQL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """`40.0` stays `40.0`."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """The decimal that was put in."""
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
        """The value; what is no member is a mistake of the program."""
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


class CodeList(TypeDecorator[tuple[str, ...]]):
    """Codes in their order, as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """A JSON list of strings."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """A tuple, so that nobody changes a row by changing its list."""
        return None if value is None else tuple(json.loads(value))


class UtcMoment(TypeDecorator[datetime]):
    """A moment with its zone, as ISO 8601 text in UTC of one length: it sorts as it happened."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Refuse a moment without a zone: it is a mistake of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The moment, in UTC."""
        return None if value is None else datetime.fromisoformat(value)
