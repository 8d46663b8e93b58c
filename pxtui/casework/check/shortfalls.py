"""What an application still lacks or has too much of, told while it is made and not only at the hand-in.

None of it is a rule of the notice: heads that were declared, the amount that was asked, the account of the applicant.
"""

from db.models import Case
from pxtui.casework.check import claim_figures, eligibility
from pxtui.casework.claim.accounts import Account, account_of
from pxtui.casework.lifecycle.moves import CLAIM, CLAIM_ENTRY, OPENING_ENTRY
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.subsidy import yuan
from pxtui.policy.working_days import CalendarMissing


def shortfalls(context: Context, case: Case) -> tuple[str, ...]:
    """What the application that a case is at lacks or has too much of, a sentence each; after its decision nothing."""
    if case.stage in OPENING_ENTRY:
        heads = len(roster_edits.trainees(context, case, ApplicationKind.OPENING))
        return _without_empty(other_heads(case.cover_head_count, heads))
    if case.stage in CLAIM_ENTRY | CLAIM.under_review:
        asked_fen, account = case.asked_total_fen, account_of(context, case)
        most_fen = None if asked_fen is None else _most_fen(context, case)
        return _without_empty(asked_too_much(asked_fen, most_fen), lacking_account(account))
    return ()


def other_heads(declared: int | None, heads: int) -> str:
    """How the heads on the cover of an application differ from its roster; empty where they do not."""
    if declared in (None, heads):
        return ""
    return f"申请表填{declared}人，花名册{heads}人，提交前要核对后改正其中一处。"


def asked_too_much(asked_fen: int | None, most_fen: int | None) -> str:
    """How much more is asked than people and vouchers give; empty where it is not more, or one of both is not known.

    Args:
        asked_fen: the amount written in Attachment 3.
        most_fen: `claim_figures.claimable_fen`.
    """
    if asked_fen is None or not (by_how_much := excess(asked_fen, most_fen)):
        return ""
    return f"申请补贴{yuan(asked_fen)}元，{by_how_much}，多的部分会核减。"


def excess(asked_fen: int, most_fen: int | None) -> str:
    """By how much an amount is more than people and vouchers give; empty where it is not, or they are not known."""
    if most_fen is None or asked_fen <= most_fen:
        return ""
    return f"比按人员和凭证算出的多{yuan(asked_fen - most_fen)}元"


def lacking_account(account: Account) -> str:
    """What an account lacks before it can be paid to; empty where nothing."""
    if account.bank_name and account.number:
        return ""
    return "没有开户银行或账号，拨付前要在补贴申请或拨付页补填。"


def _most_fen(context: Context, case: Case) -> int | None:
    try:
        found = eligibility.overview_of(context, case, ApplicationKind.CLAIM)
    except CalendarMissing:
        return None
    return claim_figures.claimable_fen(found, context.rulebook)


def _without_empty(*sentences: str) -> tuple[str, ...]:
    return tuple(filter(None, sentences))
