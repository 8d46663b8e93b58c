"""What the desk says first: an altered register, a wrong clock, a missing calendar or backup, what waits."""

from db.models import Act
from pxtui.casework.calendar import year_calendar
from pxtui.casework.desk import backup_notice, waiting_payments
from pxtui.casework.exchange import source_changes
from pxtui.casework.office import clock_check, duties
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import PERMISSIONS
from pxtui.casework.office.roles import role_of
from pxtui.casework.staff import changes as staff_changes
from pxtui.casework.verifying import notices as chain_notices


def sentence(context: Context) -> str:
    """The most pressing of them in Chinese; empty where there is none.

    A calendar may be missing for two months, and backups must not be forgotten over it: that they are missing comes
    before it in a few words, and what to do about it behind.
    """
    if fault := chain_notices.sentence(context) or clock_check.fault(context):
        return fault
    wrong, how = backup_notice.notice(context)
    return wrong + (year_calendar.missing(context) or _waiting(context)) + how


def why_files_nothing(context: Context) -> str:
    """Why the acting person files no application, in Chinese; empty where he may."""
    if duties.may(context, Act.CASE_FILE, context.clerk):
        return ""
    permission = PERMISSIONS[Act.CASE_FILE]
    return f"{permission.name}由{permission.who}办理，您的岗位是{role_of(context, context.clerk).value}。"


def _waiting(context: Context) -> str:
    """All that waits for the acting person and that no case in the list shows; what is behind the line F1 tells."""
    return staff_changes.notice(context) + source_changes.notice(context) + waiting_payments.notice(context)
