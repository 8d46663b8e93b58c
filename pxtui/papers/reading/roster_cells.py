"""One cell of a roster, as text, into the value that it says: what is put right here, and what is left alone.

Each function takes the cell's text and returns the value; a text that says nothing readable gives None.
"""

import re
from decimal import Decimal
from functools import lru_cache

from pxtui.identifiers.text import canonical
from pxtui.papers.reading.grid import without_controls

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u2e80-\u2fdf\U00020000-\U0003347f"
_PLAIN_HAN = re.compile("[\u4e00-\u9fff]+")
_HAN_NAME = re.compile(f"[{_HAN}·]+")
_BLANKS = re.compile(r"\s+")
_DOTS = re.compile("[•・．‧]")
_HYPHENS = re.compile("[-\u2010-\u2015\u2212]")
_APOSTROPHES = "'’‘`"
_PLAIN_ID_NUMBER = re.compile("[0-9]{17}[0-9X]")
_ID_NUMBER_LIKE = re.compile("[0-9]{14,18}[0-9X]", re.IGNORECASE)
_DIGITS_LOST = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+|[0-9]{16,}\.[0-9]+", re.IGNORECASE)
_AGE = re.compile(r"([0-9]{1,3})(\.[0-9]+)?周?岁?")
_HOURS = re.compile(r"([0-9]{1,5}(\.[0-9]+)?)(个?(学时|课时))?")
_SEQ = re.compile(r"(?:NO\.?)?([0-9]{1,6})[.、]?", re.IGNORECASE)

# A column of sexes, ages, hours or verdicts holds few different texts, each thousands of times.
_DIFFERENT_TEXTS = 256

_SEXES = {"男": "男", "男性": "男", "M": "男", "女": "女", "女性": "女", "F": "女"}
_VERDICTS = {
    **dict.fromkeys(("合格", "是", "√", "1"), True),
    **dict.fromkeys(("不合格", "否", "×", "0"), False),
}


def read_seq(text: str) -> int | None:
    """序号, with or without the dot of a list."""
    match = _SEQ.fullmatch(_bare(text))
    return int(match[1]) if match else None


def read_name(text: str) -> str:
    """A Han name without any blank and with the middle dot U+00B7; another with its inner blanks."""
    if _PLAIN_HAN.fullmatch(text):
        return text
    name = read_text(text)
    han = _DOTS.sub("·", _BLANKS.sub("", name))
    return han if _HAN_NAME.fullmatch(han) else name


@lru_cache(_DIFFERENT_TEXTS)
def read_sex(text: str) -> str | None:
    """男 or 女."""
    return _SEXES.get(_bare(text).upper())


@lru_cache(_DIFFERENT_TEXTS)
def read_age(text: str) -> int | None:
    """Full years, 周岁."""
    match = _AGE.fullmatch(_bare(text))
    return int(match[1]) if match else None


def read_id_number(text: str) -> str:
    """Half-width, without blanks and hyphens, a final x in upper case; else as it stands, right or wrong."""
    if _PLAIN_ID_NUMBER.fullmatch(text):
        return text
    number = _HYPHENS.sub("", _bare(text))
    return number[:-1] + "X" if number.endswith("x") else number


def read_phone(text: str) -> str:
    """Half-width, without blanks and hyphens."""
    if text.isascii() and text.isdigit():
        return text
    return _HYPHENS.sub("", _bare(text))


@lru_cache(_DIFFERENT_TEXTS)
def read_hours(text: str) -> Decimal | None:
    """学时."""
    match = _HOURS.fullmatch(_bare(text))
    return Decimal(match[1]) if match else None


def read_account(text: str) -> str:
    """The account as it stands; empty where it has lost digits, for two people would seem to share one."""
    return "" if has_lost_digits(text) else read_text(text).lstrip(_APOSTROPHES)


def read_password(text: str) -> str:
    """The password as it stands, but for the blanks around it."""
    return "" if has_lost_digits(text) else read_text(text)


@lru_cache(_DIFFERENT_TEXTS)
def read_verdict(text: str) -> bool | None:
    """Whether the person passed; a score is no verdict."""
    return _VERDICTS.get(_bare(text))


def read_text(text: str) -> str:
    """The text without control characters and outer blanks, in one line."""
    if text.isprintable():
        return text.strip()
    return re.sub(r"[^\S \u3000]+", " ", without_controls(text).strip())


def has_lost_digits(text: str) -> bool:
    """Whether the text is that of a number of more digits than a spreadsheet keeps (15)."""
    return not text.isalnum() and _DIGITS_LOST.fullmatch(_bare(text)) is not None


def looks_like_id_number(text: str) -> bool:
    """Whether somebody meant an ID number, right or wrong, lost digits included."""
    number = read_id_number(text)
    return _ID_NUMBER_LIKE.fullmatch(number) is not None or has_lost_digits(number)


def _bare(text: str) -> str:
    """Half-width, without blanks, control characters and the apostrophe that marks a text in Excel."""
    if text.isascii() and text.isalnum():
        return text
    return canonical(without_controls(text)).lstrip(_APOSTROPHES)
