"""What the desk says first: a wrong clock, a year without a calendar, what waits for whoever sits down."""

from pxtui.casework.calendar import year_calendar
from pxtui.casework.exchange import source_changes
from pxtui.casework.office import clock_check
from pxtui.casework.office.context import Context


def sentence(context: Context) -> str:
    """The most pressing of them in one Chinese sentence; empty where there is none."""
    return clock_check.fault(context) or year_calendar.missing(context) or source_changes.notice(context)
