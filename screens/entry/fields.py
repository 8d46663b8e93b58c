"""What a field takes, as data: one description serves the forms, the sheets and the F1 page."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pxtui.identifiers.day import FIRST_YEAR, year_fault
from pxtui.identifiers.text import shapes_of
from screens.entry.choices import Choice

Values = Mapping[str, str]
"""A row: the text of each field by its key."""


class Alphabet(StrEnum):
    """The characters that a field takes."""

    TEXT = "text"
    DIGITS = "digits"
    ID_NUMBER = "id-number"
    CODE = "code"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"
    SEVERAL = "several"
    """Any number of a field's choices: their codes with a blank between them."""


_KEYPAD_X = "*./xX"
_DATE_MARKS = "-./年月"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form or column of a sheet."""

    key: str
    label: str
    width: int
    """Cells that the text may take on the screen."""
    alphabet: Alphabet = Alphabet.TEXT
    length: int | None = None
    """The field moves on by itself when it is this long and has no fault."""
    derived: Callable[[Values], str] | None = None
    """Works the value out; such a field is shown and never visited."""
    applies: Callable[[Values], bool] | None = None
    """Whether the other answers leave anything to ask here; where not, the field is shown so and never visited."""
    on_path: bool = True
    """Enter and a full field lead to it; off the path only Tab and the arrows do."""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    """Codes and their labels; of a text what is usual there, offered while something else may be typed."""
    aliases: tuple[Choice, ...] = ()
    """Codes with further names that find them: a number, a domain."""
    carry: bool = False
    """A new row of a sheet begins with the value of the row above."""
    check: Callable[[str], str] | None = None
    """Says what is wrong with a value that is not empty, in Chinese; empty where nothing is."""
    agrees: Callable[[Values], str] | None = None
    """Says, as `check` does, how a value that is right by itself goes against the other fields."""
    base_day: date | None = None
    """The day whose year completes a date keyed without one."""
    spelt: Callable[[str], str] | None = None
    """A text as it is written whichever way it was keyed, such as a dot that has many forms."""
    suggests: bool = False
    """While it is keyed, the screen looks up what is on file and offers it."""
    is_secret: bool = False
    """What is keyed is not shown."""
    help: str = ""
    """F1: what it means, its form, an example, its clause."""

    def accepted(self, text: str) -> str:
        """What of typed or pasted text the field takes, in half width where it takes codes."""
        if self.alphabet is Alphabet.TEXT:
            return self._spelt(shapes_of(text))
        return "".join(filter(None, map(self._accepted_character, unicodedata.normalize("NFKC", text))))

    def completed(self, text: str) -> str:
        """The value as it is kept when the field is left: a date in full, a text without blanks at its ends."""
        if self.alphabet is Alphabet.DATE:
            return _full_date(text, self.base_day)
        if self.alphabet is Alphabet.DECIMAL:
            return _without_leading_zeros(text)
        return self._spelt(text.strip())

    def is_full(self, text: str) -> bool:
        """Whether nothing more can be keyed."""
        return self.length is not None and len(text) >= self.length

    def overrun(self, text: str, longer: str) -> str:
        """Says that a day is whole as it stands, where what was typed behind it makes no day; empty elsewhere.

        No year that is meant begins like a month and a day: who goes on typing means the next field.
        """
        if self.alphabet is not Alphabet.DATE or not longer.startswith(text):
            return ""
        is_short = len(text) == 4 < len(longer) and text.isdigit() and int(text) < FIRST_YEAR
        is_long = text.isdigit() and len(text) == 8 < len(longer)
        return f"{self.label}已是“{text}”，先按Enter到下一栏；改正请退格。" if is_short or is_long else ""

    def fault(self, text: str) -> str:
        """What is wrong with a value, in Chinese; empty where nothing is."""
        if not text:
            return f"请填写{self.label}。" if self.required else ""
        if self.alphabet is Alphabet.DATE and not _is_date(text):
            return f"{self.label}“{text}”不是日期，请写成{day_example(self.base_day)}。"
        if self.alphabet is Alphabet.DATE and (wrong := year_fault(date.fromisoformat(text), self.base_day)):
            return f"{self.label}“{text}”的{wrong}。"
        if self.alphabet is Alphabet.DECIMAL and not _is_decimal(text):
            return f"{self.label}“{text}”不是数字，请改正。"
        if self.alphabet is Alphabet.CHOICE and text not in dict(self.choices):
            return f"{self.label}请按编号选择。"
        if self.alphabet is Alphabet.SEVERAL and not set(text.split()) <= set(dict(self.choices)):
            return f"{self.label}请按编号选择，可选几项。"
        return self.check(text) if self.check is not None else ""

    def fault_in(self, values: Values) -> str:
        """What is wrong with the field's value among the others, in Chinese; empty where nothing is."""
        fault = self.fault(values.get(self.key, ""))
        return fault or (self.agrees(values) if self.agrees is not None else "")

    def shown(self, text: str) -> str:
        """The value as it stands on the screen: the label of a code."""
        if self.alphabet is Alphabet.SEVERAL:
            return "、".join(label for code, label in self.choices if code in text.split())
        return dict(self.choices).get(text, text) if self.choices else text

    def is_asked(self, values: Values) -> bool:
        """Whether the cursor may come here: the value is keyed, and the other answers leave something to ask."""
        return self.derived is None and (self.applies is None or self.applies(values))

    def stepped(self, text: str, step: int) -> str:
        """The code that stands `step` places on from the one chosen."""
        codes = [code for code, _ in self.choices]
        if text not in codes:
            return codes[0 if step > 0 else -1]
        return codes[(codes.index(text) + step) % len(codes)]

    def _spelt(self, text: str) -> str:
        return self.spelt(text) if self.spelt is not None else text

    def _accepted_character(self, character: str) -> str:
        ascii_digit = character.isascii() and character.isdigit()
        if self.alphabet is Alphabet.ID_NUMBER:
            return "X" if character in _KEYPAD_X else character if ascii_digit else ""
        if self.alphabet is Alphabet.CODE:
            return character.upper() if character.isascii() and character.isalnum() else ""
        if self.alphabet is Alphabet.DECIMAL:
            return character if ascii_digit or character in ".-" else ""
        if self.alphabet is Alphabet.DATE:
            return character if ascii_digit else "-" if character in _DATE_MARKS else ""
        return character if ascii_digit else ""


def not_after(today: date, text: str) -> str:
    """What is wrong with a day on which something was handed in, in Chinese; empty where nothing is."""
    return f"{text}还没有到，请填实际收到的日期。" if date.fromisoformat(text) > today else ""


def day_example(base_day: date | None) -> str:
    """How a date may be keyed, in the year that a clerk has in mind: "20200316或0316"."""
    return f"{base_day:%Y}0316或0316" if base_day is not None else "年月日8位"


def _full_date(text: str, base_day: date | None) -> str:
    parts = text.strip("-").split("-")
    if len(parts) == 1 and len(text) in (4, 8):
        parts = [text[:-4], text[-4:-2], text[-2:]]
    year, month, day = ["", *parts][-3:] if len(parts) in (2, 3) else ("", "", "")
    year = year or (str(base_day.year) if base_day is not None else "")
    return f"{year}-{month:0>2}-{day:0>2}" if len(year) == 4 and month and day else text


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _without_leading_zeros(text: str) -> str:
    """A number as it is written: "040.5" is 40.5, and "0.5" stays."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    kept = digits.lstrip("0")
    return sign + (kept if kept[:1].isdigit() else f"0{kept}") if digits.startswith("0") else text


def _is_decimal(text: str) -> bool:
    whole, _, fraction = text.removeprefix("-").partition(".")
    return whole.isdigit() and (fraction.isdigit() or "." not in text)
