"""The one place where the clock is read. Everything below the commands and the app is told what day it is."""

import os
from datetime import date, datetime, time, timedelta, timezone

from pxtui.errors import PxtuiError

# Legal days are China's days wherever the machine stands. A fixed offset: China has no summer time, and the
# old PCs have no time-zone database.
CHINA = timezone(timedelta(hours=8))

PRACTICE_DAY = "PXTUI_TODAY"


def now() -> datetime:
    """The time in China; on the practice day that `PXTUI_TODAY` names, at the present hour."""
    present = datetime.now(CHINA)
    named = os.environ.get(PRACTICE_DAY, "")
    if not named:
        return present
    try:
        day = date.fromisoformat(named)
    except ValueError:
        raise PxtuiError(f"环境变量{PRACTICE_DAY}“{named}”不是日期，请写成2020-03-16的形式或去掉。") from None
    return datetime.combine(day, time(present.hour, present.minute, present.second), CHINA)


def is_practice_day() -> bool:
    """Whether the day is a named one; screens say so."""
    return bool(os.environ.get(PRACTICE_DAY))
