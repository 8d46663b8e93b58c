"""The calendars of 2020 to 2027 as a policy officer types them from the announcements; 2027 is made up."""

import csv
from datetime import date, timedelta
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data"
NOTICE_2027 = _DATA / "notice_2027.txt"
"""A made-up notice in the words of the State Council's."""


def typed() -> dict[date, str]:
    """休 or 班 of every day that the table names."""
    days = {}
    with (_DATA / "working_days_2020_2027.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, _, last = row["days"].partition("-")
            for day in range(int(first), int(last or first) + 1):
                days[date(int(row["year"]), int(row["month"]), day)] = row["off_or_work"]
    return days


class Almanac:
    """Working days counted on the typed table, one after the other."""

    def __init__(self) -> None:
        self._named = typed()

    def works(self, day: date) -> bool:
        """Whether offices work."""
        return self._named.get(day, "休" if day.isoweekday() in (6, 7) else "班") == "班"

    def working_day(self, day: date) -> date:
        """The day itself or the next on which offices work."""
        return day if self.works(day) else self.working_day(day + timedelta(days=1))

    def after(self, day: date, count: int) -> date:
        """So many working days later."""
        for _ in range(count):
            day = self.working_day(day + timedelta(days=1))
        return day
