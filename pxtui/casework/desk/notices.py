"""What the desk says first: a wrong clock, a year without a calendar, what waits, a backup that is missing."""

from pxtui.casework.calendar import year_calendar
from pxtui.casework.desk import backup_notice
from pxtui.casework.exchange import source_changes
from pxtui.casework.office import clock_check
from pxtui.casework.office.context import Context


def sentence(context: Context) -> str:
    """The most pressing of them in a Chinese sentence, behind it whether backups are missing; empty: there is nothing.

    A calendar may be missing for two months, and backups must not be forgotten over it.
    """
    if fault := clock_check.fault(context):
        return fault
    return (year_calendar.missing(context) or source_changes.notice(context)) + backup_notice.sentence(context)
