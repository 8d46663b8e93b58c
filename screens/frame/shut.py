"""Why a form or a sheet is only to be looked at, and what to do instead."""

from dataclasses import dataclass
from datetime import date

from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.moves import CLAIM, MOVES, OPENING
from pxtui.casework.lifecycle.stages import Action, Stage
from screens.frame.app import Standing

_LOOKING_ROLES = ("审计员", "管理员")
_RETURN = "要改的先按{}退回"
_REVIEW_ANEW = "要改的先按{}退回复审"
DECISION_ON_OPENING, DECISION_ON_CLAIM = "4", "S"
"""The keys of the menu that lead to the decision."""
_BEFORE_DECISION = {
    review.entry: review.under_review | {review.pre_review, review.awaiting_paper} for review in (OPENING, CLAIM)
}


@dataclass(frozen=True, slots=True)
class Instead:
    """What may be done where a form or a sheet is shut."""

    at: frozenset[Stage] = frozenset()
    sentence: str = ""
    """In Chinese, with a place for the keys that lead to the decision: 要更正的按{}，再按F2."""
    until_the_end: bool = False
    """Whether it may be done no later than on the last day of the class."""


CHANGE_OF_PEOPLE = Instead(frozenset({Stage.OPENED}), "要变更的按{}、F2、Ctrl+N", until_the_end=True)


def why_role_looks_only(standing: Standing | None) -> str:
    """Why the person who sits there keys into nothing, in a sentence; empty: his role does."""
    if standing is None or standing.role not in _LOOKING_ROLES:
        return ""
    return f"您的岗位是{standing.role}，只能查看，不能改动。"


def why_shut(case: CaseSummary, today: date, what: str, open_at: frozenset[Stage], instead: Instead = Instead()) -> str:
    """Why what is keyed of a case is only to be looked at, in a sentence; empty: it may be changed.

    Args:
        what: the form or sheet, in Chinese: 开班申请.
        open_at: the stages at which it may be changed, those of an opening, of a claim or of both.
        instead: what of it may be put right after the decision.
    """
    if case.stage in open_at:
        return ""
    waiting = frozenset().union(*(stages for entry, stages in _BEFORE_DECISION.items() if entry <= open_at))
    way = ""
    if case.stage in waiting:
        way = _RETURN
    elif case.stage in instead.at and not (instead.until_the_end and today > case.ends_on):
        way = instead.sentence
    elif (case.stage, Action.REOPEN) in MOVES:
        way = _REVIEW_ANEW
    to_the_decision = f"F10、{DECISION_ON_CLAIM if case.is_claim else DECISION_ON_OPENING}"
    what_to_do = f"；{way.format(to_the_decision)}" if way else ""
    return f"此案“{case.stage_name_on(today)}”，{what}只能查看，不能改动{what_to_do}。"
