"""Hours of study spread over the days of a class: what no day has room for (notice 二: 45 minutes are 1 学时)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pxtui.policy import words
from pxtui.policy.parameters import Notice


@dataclass(frozen=True, slots=True)
class HoursADay:
    """学时 that were spread evenly over so many days."""

    hours: Decimal
    days: int
    minutes: Fraction
    """Of all days together."""

    def is_more_than(self, minutes_a_day: int) -> bool:
        """Whether a day would have more minutes."""
        return self.minutes > minutes_a_day * self.days

    @property
    def sentence(self) -> str:
        """In Chinese, without a full stop; rounded up, for what is over a limit must not look like the limit."""
        tenths = -(-self.minutes / self.days // 6)
        return f"{words.hours(self.hours)}学时分在{self.days}天，每天{words.hours(Decimal(int(tenths)) / 10)}小时"


def spread(hours: Decimal, first: date, last: date, notice: Notice) -> HoursADay:
    """Hours over the days from `first` to `last`, both counted; one day where they are reversed."""
    # Exact: the default context of Decimal would round at 28 digits.
    return HoursADay(hours, max(1, (last - first).days + 1), Fraction(hours) * notice.minutes_per_hour)


def impossible_hours(completed: Decimal | None, first: date, last: date, notice: Notice) -> str:
    """That the days of a class have no room for what somebody is said to have studied, in Chinese; empty if they have.

    A remark of the register beside the check: the contract has no finding for it.
    """
    if completed is None or not (spent := spread(completed, first, last, notice)).is_more_than(
        notice.impossible_minutes_per_day
    ):
        return ""
    return f"完成{spent.sentence}，一天只有24小时，请核对完成学时。"
