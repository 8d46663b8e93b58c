"""Where a setting of the office says so: no approval over signs without a decision, no payment without the calls."""

from db.models import Case
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.signs import decisions, spot_checks
from pxtui.errors import Refused
from pxtui.policy.facts import Application


def require_decided(context: Context, case: Case, application: Application) -> None:
    """Refuse an approval while a sign wants a decision.

    Raises:
        Refused: there is one, and the office's setting says that it stops an approval.
    """
    if not office_settings.settings_for(context, case.office_code).signs_decided:
        return
    found = decisions.open_ones(decisions.of_case(context, case, application))
    if found:
        raise Refused(f"还有{len(found)}条疑点没有处理，请在疑点页逐条处理；第一条：{found[0].sign.message}")


def not_spot_checked(context: Context, case: Case) -> str:
    """Why a claim is not to be paid yet, in Chinese; empty: two officers have called its sample, or need not."""
    if not office_settings.settings_for(context, case.office_code).spot_check_wanted:
        return ""
    sentence = spot_checks.lacking(context, case)
    return f"{case.number}{sentence}" if sentence else ""
