"""Citizens' identity numbers, GB 11643-1999, and the 18-digit permits that are built alike.

Ours and not a library's: county codes are given when a number is issued and abolished later, so a table of
today's counties refuses real people.
"""

import re
from dataclasses import dataclass
from datetime import date

from pxtui.identifiers.text import canonical_code

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_SHAPE = re.compile("[0-9]{17}[0-9X]")
_OLD_SHAPE = re.compile("[0-9]{15}")
_TAIL_SHAPE = re.compile("[0-9]{3}[0-9X]")
_EARLIEST_BIRTH = date(1900, 1, 1)

# 81 to 83 stand in the residence permits of Hong Kong, Macao and Taiwan residents.
_PROVINCES = frozenset(
    f"{code}"
    for span in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in span
) | {"71", "81", "82", "83"}


@dataclass(frozen=True, slots=True)
class IdNumber:
    """What a valid number says of its holder."""

    number: str
    birth: date
    sex: str
    """男 or 女."""

    def age_on(self, day: date) -> int:
        """Full years on `day`; who was born on 29 February is a year older on 1 March of a common year."""
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


class InvalidIdNumber(ValueError):
    """The number cannot belong to anybody; the text says which part is wrong, in Chinese."""


def check_character(first_17_digits: str) -> str:
    """The 18th character that belongs to the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17_digits, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def tail(text: str) -> str:
    """The last four characters of a number, by which a counter tells people apart."""
    return canonical_code(text)[-4:]


def is_tail(text: str) -> bool:
    """Whether a canonical text looks like the end of a number."""
    return _TAIL_SHAPE.fullmatch(text) is not None


def parse(text: str, *, today: date) -> IdNumber:
    """Read an 18-digit number, its blanks, full-width digits and lower-case x forgiven.

    Raises:
        InvalidIdNumber: length, alphabet, province, date of birth (1900 to `today`) or check character.
    """
    number = canonical_code(text)
    if not number:
        raise InvalidIdNumber("未填身份证号")
    if not _SHAPE.fullmatch(number):
        raise InvalidIdNumber(_shape_fault(number))
    province = number[1:3] if number[0] == "9" else number[:2]
    if province not in _PROVINCES:
        raise InvalidIdNumber(f"前两位{number[:2]}不是省级代码")
    birth = _birth(number[6:14], today)
    expected = check_character(number[:17])
    if number[17] != expected:
        raise InvalidIdNumber(f"校验码应为{expected}，现为{number[17]}，请逐位核对")
    return IdNumber(number, birth, "男" if int(number[16]) % 2 else "女")


def has_check_character(text: str) -> bool:
    """Whether 18 characters end in the right check character: good enough to know a person again by."""
    number = canonical_code(text)
    return _SHAPE.fullmatch(number) is not None and check_character(number[:17]) == number[17]


def with_century(text: str) -> str:
    """The canonical number; a 15-digit one of before 1999 as the 18-digit one of the same person."""
    number = canonical_code(text)
    if not _OLD_SHAPE.fullmatch(number):
        return number
    first_17 = f"{number[:6]}19{number[6:]}"
    return first_17 + check_character(first_17)


def masked(text: str) -> str:
    """The number as it may be shown: first 6 and last 4 of 18, first 6 and last 3 of 15, else a quarter."""
    number = canonical_code(text)
    if len(number) not in (15, 18):
        shown = len(number) // 4
        return number[:shown] + "*" * (len(number) - shown)
    tail = 4 if len(number) == 18 else 3
    return number[:6] + "*" * (len(number) - 6 - tail) + number[-tail:]


def _shape_fault(number: str) -> str:
    if _OLD_SHAPE.fullmatch(number):
        return "是15位旧证号，2013年起已停用，请按现用身份证填18位"
    if len(number) != 18:
        return f"应为18位，现为{len(number)}位"
    return "前17位应为数字，末位应为数字或X"


def _birth(digits: str, today: date) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise InvalidIdNumber(f"出生日期{digits}不存在") from None
    if not _EARLIEST_BIRTH <= birth <= today:
        raise InvalidIdNumber(f"出生日期{birth}不在1900年至{today}之间")
    return birth
