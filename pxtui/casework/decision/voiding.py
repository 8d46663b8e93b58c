"""A case filed by mistake is voided (作废) by whoever filed it: nothing was issued, nobody was told anything.

What the applicant does not want any more is withdrawn instead, whatever stands in its file.
"""

from sqlmodel import col, select

from db.models import Act, Case, JournalEntry, PaperIssued, RosterLease
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import CLAIM, OPENING, move
from pxtui.casework.lifecycle.moving import passed_through, permitted, take, why_voided
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Action, Room
from pxtui.casework.office.context import Context
from pxtui.errors import Refused

_FILED = (Act.CASE_FILE, Act.CASE_IMPORT)
_UNANSWERED = {OPENING.draft, OPENING.pre_review, OPENING.awaiting_paper, OPENING.received, CLAIM.received}
"""Stages through which a case goes before the office has said anything to the applicant."""
_INSTEAD = "请办理撤回，并写明理由"


def why(context: Context, number: str) -> str:
    """By whom, when and why a case was voided, in a sentence; empty where it was not."""
    return why_voided(context, find(context, number))


def void(context: Context, number: str, reason: str) -> None:
    """Void a case that was filed by mistake: it waits for nobody, and its vouchers are free for another case.

    Its number stays used, and its roster and journal stay as they were.

    Raises:
        PxtuiError: it was filed by somebody else, a paper with a number was issued, it was answered or decided on, or
            no reason is given.
    """
    case = find(context, number)
    permitted(context, case, Action.VOID, reason, Room.MENU)
    _require_own_mistake(context, case)
    claim_filing.release_vouchers(context, case, "作废案件，凭证退出")
    if (lease := context.session.get(RosterLease, case.id)) is not None:
        context.session.delete(lease)
    take(context, case, Action.VOID, reason.strip(), Room.MENU)


def require_voidable(context: Context, number: str) -> None:
    """Refuse before a reason is asked for what `void` would refuse.

    Raises:
        PxtuiError: as `void`, but for the reason.
    """
    case = find(context, number)
    move(case.stage, Action.VOID)
    _require_own_mistake(context, case)


def _require_own_mistake(context: Context, case: Case) -> None:
    of_case = select(JournalEntry.staff_name).where(col(JournalEntry.case_id) == case.id)
    filed = of_case.where(col(JournalEntry.action).in_(_FILED)).order_by(col(JournalEntry.id))
    filer = context.session.exec(filed.limit(1)).first()
    if filer != context.clerk:
        raise Refused(f"{case.number}由{filer or '别处'}登记，只能由登记人作废；登记人不在的，{_INSTEAD}。")
    numbered = select(PaperIssued.number).where(
        col(PaperIssued.case_id) == case.id, col(PaperIssued.serial).is_not(None)
    )
    if (paper := context.session.exec(numbered.order_by(col(PaperIssued.id)).limit(1)).first()) is not None:
        raise Refused(f"{case.number}已出具{paper}，不能作废；{_INSTEAD}。")
    answered = next((stage for stage in passed_through(context, case) if stage not in _UNANSWERED), None)
    if answered is not None:
        raise Refused(f"{case.number}办理中曾到“{STAGE_NAMES[answered]}”，不能作废；{_INSTEAD}。")
