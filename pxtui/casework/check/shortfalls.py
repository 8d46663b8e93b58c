"""What an application still lacks or has too much of, told while it is made and not only at the hand-in.

None of it is a rule of the notice: heads that were declared, the amount that was asked, the account of the applicant.
"""

from collections.abc import Iterator

from db.models import Case
from pxtui.casework.check import claim_figures, eligibility
from pxtui.casework.check.claim_figures import ASKED_TOO_MUCH
from pxtui.casework.claim.accounts import account_of
from pxtui.casework.lifecycle.moves import CLAIM, CLAIM_ENTRY, OPENING_ENTRY
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.subsidy import yuan
from pxtui.policy.working_days import CalendarMissing


def shortfalls(context: Context, case: Case) -> tuple[str, ...]:
    """What the application that a case is at lacks or has too much of, a sentence each; after its decision nothing."""
    if case.stage in OPENING_ENTRY:
        return tuple(_of_opening(context, case))
    if case.stage in CLAIM_ENTRY | CLAIM.under_review:
        return tuple(_of_claim(context, case))
    return ()


def _of_opening(context: Context, case: Case) -> Iterator[str]:
    heads = len(roster_edits.trainees(context, case, ApplicationKind.OPENING))
    if case.cover_head_count not in (None, heads):
        yield f"申请表填{case.cover_head_count}人，花名册{heads}人，提交前要核对后改正其中一处。"


def _of_claim(context: Context, case: Case) -> Iterator[str]:
    if case.asked_total_fen is not None and (too_much := _asked_too_much(context, case)):
        yield f"申请补贴{yuan(case.asked_total_fen)}元，比按人员和凭证算出的多{yuan(too_much)}元，多的部分会核减。"
    account = account_of(context, case)
    if not (account.bank_name and account.number):
        yield "没有开户银行或账号，拨付前要在补贴申请或拨付页补填。"


def _asked_too_much(context: Context, case: Case) -> int:
    """In fen; 0 where it is not, or the figures are not known yet."""
    try:
        found = eligibility.overview_of(context, case, ApplicationKind.CLAIM)
    except CalendarMissing:
        return 0
    figures = claim_figures.figures_of(context, case, found)
    if figures is None:
        return 0
    return sum(deduction.amount_fen for deduction in figures.deductions if deduction.reason == ASKED_TOO_MUCH)
