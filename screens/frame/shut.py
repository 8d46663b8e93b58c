"""Why a form or a sheet is only to be looked at, and what to do instead."""

from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.moves import CLAIM, OPENING, OPENING_GRANTED
from pxtui.casework.lifecycle.stages import Stage

_RETURN = "；要改的先按F10、4退回"
_CORRECT = "；要更正的按F10、4，再按F2"
_BEFORE_DECISION = {
    review.entry: review.under_review | {review.pre_review, review.awaiting_paper} for review in (OPENING, CLAIM)
}


def why_shut(case: CaseSummary, what: str, open_at: frozenset[Stage]) -> str:
    """Why what is keyed of a case is only to be looked at, in a sentence; empty: it may be changed.

    Args:
        what: the form or sheet, in Chinese: 开班申请.
        open_at: the stages at which it may be changed, those of an opening, of a claim or of both.
    """
    if case.stage in open_at:
        return ""
    waiting = frozenset().union(*(stages for entry, stages in _BEFORE_DECISION.items() if entry <= open_at))
    instead = _RETURN if case.stage in waiting else _CORRECT if case.stage in OPENING_GRANTED else ""
    return f"此案“{case.stage_name}”，{what}只能查看，不能改动{instead}。"
