"""Strict reading of JSON: every value knows its path, and what does not fit is refused by that path."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from pxtui.errors import Refused

Code = TypeVar("Code", bound=StrEnum)
Read = TypeVar("Read")

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONEY = re.compile(r"(-?)([0-9]+)(?:\.([0-9]{1,2}))?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters but for tab and line ends, which are blanks like any other."""
_LONGEST_AMOUNT = 1000
_MOST_PLACES = 400
"""Farther from 1 no number of hours is meant; exact arithmetic with more would fill the memory."""


class InputFault(Refused):
    """A value that does not fit; the sentence names its path."""


class _Object(dict[str, Any]):
    """An object of the file with the keys that stand in it twice."""

    repeated: tuple[str, ...] = ()


def parse(text: str) -> "Value":
    """The root of a JSON text; numbers with a fraction are Decimal.

    Raises:
        InputFault: the text is not JSON.
    """
    try:
        root = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_object,
            parse_float=Decimal,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as fault:
        raise InputFault(f"不是有效的JSON（第{fault.lineno}行第{fault.colno}列），请重新导出文件。") from None
    except (ValueError, ArithmeticError, RecursionError):
        raise InputFault("不是有效的JSON（数字过大、嵌套过深或含NaN），请重新导出文件。") from None
    return Value(root, "")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the file and the path that leads to it."""

    raw: Any
    path: str

    def wrong(self, expected: str) -> InputFault:
        """The fault that this value is not what is expected."""
        return InputFault(f"{self.path or '文件'}：应为{expected}，现为{_kind(self.raw)}，请改正后再试。")

    def object(self, required: set[str], optional: frozenset[str] | set[str] = frozenset()) -> "Members":
        """The members of an object that has all `required` keys and none beyond the `optional`."""
        if not isinstance(self.raw, _Object):
            raise self.wrong("对象")
        for key in self.raw.repeated:
            raise InputFault(f"{self._below(key)}：这个键写了两次，请删去一个。")
        for key in self.raw:
            if key not in required and key not in optional:
                raise InputFault(f"{self._below(key)}：没有这个键，请删去或改正键名。")
        for key in sorted(required - self.raw.keys()):
            raise InputFault(f"{self._below(key)}：缺少这个键，请补上。")
        return Members({key: Value(raw, self._below(key)) for key, raw in self.raw.items()})

    def items(self) -> Iterator["Value"]:
        """The values of a list."""
        if not isinstance(self.raw, list):
            raise self.wrong("列表")
        for index, raw in enumerate(self.raw):
            yield Value(raw, f"{self.path}[{index}]")

    def text(self) -> str:
        """A text, as it stands."""
        if not isinstance(self.raw, str):
            raise self.wrong("文本")
        if _SURROGATE.search(self.raw):
            raise InputFault(f"{self.path}：含有无法识别的字符，请重新填写。")
        if control := _CONTROL.search(self.raw):
            raise InputFault(f"{self.path}：含有控制字符（U+{ord(control[0]):04X}），请删去后重新填写。")
        return self.raw

    def whole_number(self, *, least: int | None = None) -> int:
        """An integer written without a fraction."""
        if type(self.raw) is not int:
            raise self.wrong("整数")
        if least is not None and self.raw < least:
            raise InputFault(f"{self.path}：不能小于{least}，现为{self.raw}，请改正。")
        return self.raw

    def hours(self, *, positive: bool = False) -> Decimal:
        """A number of 学时, not negative; with `positive` more than 0."""
        if type(self.raw) not in (int, Decimal):
            raise self.wrong("数字")
        number = Decimal(self.raw)
        if number and number.adjusted() < -_MOST_PLACES:
            number = Decimal(0)
        if number < 0 or (positive and number == 0):
            raise InputFault(f"{self.path}：学时{'应大于0' if positive else '不能为负'}，请改正。")
        if number and number.adjusted() > _MOST_PLACES:
            raise InputFault(f"{self.path}：学时过大，请改正。")
        return number

    def boolean(self) -> bool:
        """True or false."""
        if type(self.raw) is not bool:
            raise self.wrong("true或false")
        return self.raw

    def day(self) -> date:
        """A date written YYYY-MM-DD."""
        if not isinstance(self.raw, str) or not _DATE.fullmatch(self.raw):
            raise self.wrong("YYYY-MM-DD形式的日期")
        try:
            return date.fromisoformat(self.raw)
        except ValueError:
            raise InputFault(f"{self.path}：没有{self.raw}这一天，请改正。") from None

    def fen(self) -> int:
        """Money in yuan as text, in fen."""
        match = _MONEY.fullmatch(self.raw) if isinstance(self.raw, str) else None
        if match is None or len(match[0]) > _LONGEST_AMOUNT:
            raise self.wrong('最多两位小数的金额文本，如"600.00"')
        sign, whole, fraction = match.groups()
        amount = int(whole) * 100 + int((fraction or "").ljust(2, "0"))
        return -amount if sign else amount

    def code(self, codes: type[Code]) -> Code:
        """One of a set of codes."""
        if not isinstance(self.raw, str) or self.raw not in [code.value for code in codes]:
            raise self.wrong("、".join(code.value for code in codes) + "之一")
        return codes(self.raw)

    def one_of(self, known: tuple[str, ...]) -> str:
        """One of a set of texts."""
        if not isinstance(self.raw, str) or self.raw not in known:
            raise self.wrong("、".join(known) + ("之一" if len(known) > 1 else ""))
        return self.raw

    def or_null(self, read: Callable[["Value"], Read]) -> Read | None:
        """What `read` makes of the value, None for null."""
        return None if self.raw is None else read(self)

    def _below(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an object."""

    values: dict[str, Value]

    def __getitem__(self, key: str) -> Value:
        return self.values[key]

    def __contains__(self, key: str) -> bool:
        return key in self.values


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        made.repeated = tuple(dict.fromkeys(key for key in keys if keys.count(key) > 1))
    return made


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _kind(raw: object) -> str:
    if raw is None:
        return "null"
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, str):
        return f"文本“{raw[:30]}”"
    if isinstance(raw, int | Decimal):
        return f"数字{str(raw)[:30]}"
    return "列表" if isinstance(raw, list) else "对象"
