"""The days of a public notice in words (notice 四(二)): which of them count, and why the others do not."""

from datetime import date, timedelta
from itertools import groupby

from pxtui.policy.deadlines import PublicityDays
from pxtui.policy.working_days import WorkingDays

_WEEKDAYS = "一二三四五六日"
_SATURDAY = 5


def day_lines(published_on: date, days: PublicityDays, calendar: WorkingDays) -> tuple[str, ...]:
    """Every day from the publication to the first on which the money may be paid, a line each; days off together.

    Raises:
        CalendarMissing: a year has no published calendar.
    """
    every = [published_on + timedelta(days=count) for count in range((days.payable_from - published_on).days + 1)]
    lines, counted = [], 0
    for works, run in groupby(every, key=lambda day: calendar.is_working_day(day) or day == published_on):
        if not works:
            lines.append(_days_off(list(run), calendar))
            continue
        for day in run:
            counted += published_on < day <= days.ends_on
            lines.append(f"{_named(day)} {_word(day, calendar)}{_role(day, published_on, days, counted)}")
    return tuple(lines)


def _named(day: date) -> str:
    return f"{day:%m-%d} 周{_WEEKDAYS[day.weekday()]}"


def _word(day: date, calendar: WorkingDays) -> str:
    is_weekend = day.weekday() >= _SATURDAY
    if calendar.is_working_day(day):
        return "调休上班" if is_weekend else "工作日"
    return "周末" if is_weekend else "节假日"


def _role(day: date, published_on: date, days: PublicityDays, counted: int) -> str:
    if day == published_on:
        return "，公示当日不计"
    if day == days.payable_from:
        return "，可以拨付"
    return f"，第{counted}个工作日{'，公示期满' if day == days.ends_on else ''}"


def _days_off(run: list[date], calendar: WorkingDays) -> str:
    if len(run) == 1:
        return f"{_named(run[0])} {_word(run[0], calendar)}，不计"
    words = "、".join(dict.fromkeys(_word(day, calendar) for day in run))
    return f"{_named(run[0])}至{_named(run[-1])} {words}，不计"
