"""Fields that several of the office's forms have."""

from collections.abc import Iterable
from datetime import date

from pxtui.casework.payment import funds
from pxtui.errors import Refused
from pxtui.policy import words
from screens.entry.fields import Alphabet, Field, day_example

YES, NO, UNKNOWN = "yes", "no", "unknown"
_NO_LEVEL = "none"
# In the order in which the digit that picks a level is its own: 5五级.
_LEVELS = (*sorted((level.value, name) for level, name in words.LEVELS.items()), (_NO_LEVEL, "不分等级"))


def level_field() -> Field:
    """The skill level, or none."""
    return Field("level", "技能等级", 8, Alphabet.CHOICE, required=True, choices=_LEVELS)


def level_in(code: str) -> str | None:
    """The level that was chosen, 5 to 1; None: the training has none."""
    return None if code == _NO_LEVEL else code


def day_field(key: str, label: str, today: date, *, required: bool = True, help_text: str = "") -> Field:
    """A day, keyed with or without its year."""
    return Field(
        key, label, 10, Alphabet.DATE, required=required, base_day=today, help=help_text or f"如{day_example(today)}。"
    )


def day_in(text: str) -> date | None:
    """A day of a form; None: it was left empty."""
    return date.fromisoformat(text) if text else None


def amount_field(key: str, label: str, help_text: str = "") -> Field:
    """An amount in yuan."""
    return Field(key, label, 16, required=True, check=_amount_fault, help=help_text)


def file_field(help_text: str, offered: Iterable[str] = ()) -> Field:
    """The name of a file; `offered`: those that wait in the inbox."""
    return Field("file", "文件", 60, required=True, choices=tuple((name, name) for name in offered), help=help_text)


def reason_field() -> Field:
    """Why it is done; casework says so where it is missing."""
    return Field("reason", "理由", 60, required=True, help="写明理由，记入台账；按Enter办理。")


def known_or_not(key: str, label: str, yes: str, no: str, help_text: str = "") -> Field:
    """One of two that may be unknown."""
    choices: Iterable[tuple[str, str]] = ((YES, yes), (NO, no), (UNKNOWN, "不清楚"))
    return Field(key, label, 8, Alphabet.CHOICE, required=True, choices=tuple(choices), help=help_text)


def known_in(code: str) -> bool | None:
    """Whether; None: nobody knows."""
    return {YES: True, NO: False}.get(code)


def _amount_fault(text: str) -> str:
    try:
        funds.fen_of(text)
    except Refused as fault:
        return fault.sentence
    return ""
