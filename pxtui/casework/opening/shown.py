"""The applications as the forms show them: whole where they are keyed, with masked numbers where they are looked at."""

from collections.abc import Container
from dataclasses import replace

from db.models import Stage
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.claim.filing import ClaimFiling
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY
from pxtui.casework.office.context import Context
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import Filing
from pxtui.casework.staff.sight import Sight, masked_account, require_people, sight
from pxtui.identifiers import phone


def opening(context: Context, number: str) -> Filing:
    """The filed application for an opening.

    Raises:
        PxtuiError: there is no such case, or the acting person sees nothing of people.
    """
    filed = opening_filing.filing(context, number)
    if _is_whole(context, number, OPENING_ENTRY):
        return filed
    details = filed.details
    masked = replace(
        details,
        legal_phone=phone.masked(details.legal_phone),
        contact_phone=phone.masked(details.contact_phone),
        bank_account=masked_account(details.bank_account),
    )
    return replace(filed, details=masked)


def claim(context: Context, number: str) -> ClaimFiling:
    """The filed claim; raises as `opening` does."""
    filed = claim_filing.claim_filing(context, number)
    if _is_whole(context, number, CLAIM_ENTRY):
        return filed
    return replace(filed, account=replace(filed.account, number=masked_account(filed.account.number)))


def _is_whole(context: Context, number: str, open_at: Container[Stage]) -> bool:
    require_people(context)
    return find(context, number).stage in open_at and sight(context) is Sight.FULL
