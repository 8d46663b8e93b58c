"""Days as they are keyed or named: whether the year of one can be meant at all."""

from datetime import date

from pxtui.errors import Refused

FIRST_YEAR = 2000
"""No class, voucher or decision that this register knows is older."""
YEARS_AHEAD = 10
"""How far a day may lie ahead of the day in hand."""


def year_fault(day: date, today: date | None = None) -> str:
    """What is wrong with the year of a day, in Chinese without a full stop; empty where nothing is.

    Args:
        today: the day in hand, which bounds the years ahead; None: nobody knows it, and only the past is bounded.
    """
    too_late = today is not None and day.year > today.year + YEARS_AHEAD
    return f"年份{day.year:04}不对，请核对" if day.year < FIRST_YEAR or too_late else ""


def require_possible_year(name: str, day: date | None, today: date) -> None:
    """Refuse a day whose year cannot be meant; None passes.

    Args:
        name: of the day, as the sentence names it: 开班日期.

    Raises:
        PxtuiError: its year cannot be meant.
    """
    if day is not None and (fault := year_fault(day, today)):
        raise Refused(f"{name}{day}的{fault}后改正。")
