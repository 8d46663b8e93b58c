"""The one place where the clock is read. Everything below the commands and the app is told what day it is."""

import os
from datetime import date, datetime, time, timedelta, timezone

from pxtui.errors import Refused
from pxtui.program_settings import TODAY

# Legal days are China's days wherever the machine stands. A fixed offset: China has no summer time, and the
# old PCs have no time-zone database.
CHINA = timezone(timedelta(hours=8))

PRACTICE_DAY = TODAY.variable


def now(day: date | None = None) -> datetime:
    """The time in China; with `day` the present hour on that day, for practice."""
    present = datetime.now(CHINA)
    if day is None:
        return present
    return datetime.combine(day, time(present.hour, present.minute, present.second), CHINA)


def practice_day(default: date | None = None) -> date | None:
    """The day that `PXTUI_TODAY` names for practice, else `default`.

    Raises:
        PxtuiError: what it names is no day.
    """
    named = os.environ.get(PRACTICE_DAY, "")
    if not named:
        return default
    try:
        return date.fromisoformat(named)
    except ValueError:
        raise Refused(f"环境变量{PRACTICE_DAY}“{named}”不是日期，请写成2020-03-16的形式或去掉。") from None
