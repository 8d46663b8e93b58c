"""The State Council's calendar as a value: which days offices work, holidays and make-up workdays counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import chinese_calendar

from pxtui.errors import Refused

_SATURDAY = 5
_FIRST_YEAR = 2020
"""The year of the notice: no class is older."""


class CalendarMissing(Refused):
    """No holiday calendar is known for a year that the count runs into; the sentence names the year."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The years that come with the program and those that were entered into a register since."""

    years: frozenset[int] = frozenset()
    """The years that were entered whole."""
    entered: Mapping[date, bool] = field(default_factory=dict)
    """Whether offices work, of the days that were entered; they go before what comes with the program."""

    def is_working_day(self, day: date) -> bool:
        """Whether offices work in China on `day`, holidays and make-up workdays counted.

        Raises:
            CalendarMissing: the year is neither shipped nor entered; a guess would move a deadline.
        """
        if (works := self.entered.get(day)) is not None:
            return works
        if day.year in self.years:
            return day.weekday() < _SATURDAY
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            raise CalendarMissing(
                f"没有{day.year}年的放假调休安排，无法推算到{day}；"
                "国务院公布后，请在放假安排一页（F10、0、8）或用 pxtui calendar import 录入。"
            ) from None

    def knows(self, year: int) -> bool:
        """Whether the days of a year can be counted."""
        return year in self.years or _is_shipped(year)

    def with_days(self, year: int, days: Mapping[date, bool]) -> "WorkingDays":
        """The same with a year entered whole over it; `days`: those that the announcement names."""
        kept = {day: works for day, works in self.entered.items() if day.year != year}
        return WorkingDays(self.years | {year}, kept | dict(days))


SHIPPED = WorkingDays()
"""Nothing but the years that come with the program."""


def last_shipped_year() -> int:
    """The last of the years that come with the program, without a gap before it."""
    year = _FIRST_YEAR
    while _is_shipped(year + 1):
        year += 1
    return year


def _is_shipped(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
