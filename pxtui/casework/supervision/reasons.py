"""For what claims were deducted and applications returned, read from the frozen decisions: a pass over the register."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, func, select

from db.models import Case, Decision
from pxtui.casework.check import frozen
from pxtui.casework.check.claim_figures import figures_of
from pxtui.casework.check.eligibility import Overview
from pxtui.casework.check.frozen import Verdict
from pxtui.casework.lifecycle.moves import SETTLED
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.supervision.query import Query
from pxtui.errors import Damaged, Refused
from pxtui.policy import codec
from pxtui.policy.deductions import OTHER, reason_of
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.judgement import Finding
from pxtui.policy.rules.rule import Severity
from pxtui.policy.words import MATERIALS
from pxtui.progress import Watch

_AT_ONCE = 100
_UNREADABLE = "底稿已到期删去或读不出"
_BY_OPINION = "其他（见审批意见）"
_KINDS = {
    "material": "材料不齐",
    "evidence": "过程证明不全",
    "platform": "平台不在名单",
    "office": "受理部门不对",
    "applicant": "单位资料不全或有误",
    "class": "班级内容不符",
    "claim": "申请内容不符",
    "voucher": "凭证不符",
    "roster": "名单空白",
    "person": "人员不符",
}
"""What is told of a finding without a reason of its own, by the beginning of its code."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What happened for one reason."""

    name: str
    cases: int
    heads: int
    fen: int
    """What was deducted; 0 of returns."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Deductions from granted claims, and returns of applications; a return for several reasons counts under each."""

    deductions: tuple[Reason, ...]
    returns: tuple[Reason, ...]


def reasons(context: Context, query: Query, watch: Watch) -> Reasons:
    """The reasons of the cases that a query means, decision by decision.

    Raises:
        Cancelled: `watch` says so.
    """
    watch.check()
    granted, returned = _granted(context, query), _returned(context, query)
    watch.done, watch.total = 0, len(granted) + len(returned)
    taken: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for start in range(0, len(granted), _AT_ONCE):
        watch.check()
        for row, case in _rows(context, granted[start : start + _AT_ONCE]):
            for name, heads, fen in _taken_off(context, row, case):
                taken[name] = [before + more for before, more in zip(taken[name], (1, heads, fen), strict=True)]
            watch.done += 1
    back: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for start in range(0, len(returned), _AT_ONCE):
        watch.check()
        for row, _ in _rows(context, returned[start : start + _AT_ONCE]):
            for name, heads in _returned_for(context, row).items():
                back[name] = [before + more for before, more in zip(back[name], (1, heads, 0), strict=True)]
            watch.done += 1
    return Reasons(_sorted(taken), _sorted(back))


def _granted(context: Context, query: Query) -> list[int]:
    """The newest grant of each claim that got less than it asked for, by the decisions' ids."""
    grants = (
        select(func.max(Decision.id))
        .join(Case, col(Case.id) == col(Decision.case_id))
        .where(
            col(Case.stage).in_(SETTLED),
            col(Case.claimed_total_fen) > col(Case.approved_total_fen),
            col(Decision.action) == Action.APPROVE.value,
            col(Decision.application) == ApplicationKind.CLAIM.value,
            *query.conditions,
            *roles.of_seen_offices(context, Case.office_code),
        )
        .group_by(col(Decision.case_id))
    )
    return sorted(context.session.exec(grants))


def _returned(context: Context, query: Query) -> list[int]:
    seen = roles.of_seen_offices(context, Case.office_code)
    returns = select(Decision.id).join(Case, col(Case.id) == col(Decision.case_id))
    returns = returns.where(col(Decision.action) == Action.RETURN.value, *query.conditions, *seen)
    return sorted(context.session.exec(returns))


def _rows(context: Context, ids: list[int]) -> list[tuple[Decision, Case]]:
    rows = select(Decision, Case).join(Case, col(Case.id) == col(Decision.case_id)).where(col(Decision.id).in_(ids))
    return list(context.session.exec(rows.order_by(col(Decision.id))))


def _taken_off(context: Context, row: Decision, case: Case) -> list[tuple[str, int, int]]:
    """By reason the heads and the fen that a grant left out; together what was claimed less what was granted."""
    whole = (case.claimed_total_fen or 0) - (case.approved_total_fen or 0)
    try:
        facts = frozen.thawed(context, row, case).facts
        judgement = facts.judged(context.rulebook, context.working_days)
    except (Refused, Damaged):
        return [(_UNREADABLE, 0, whole)]
    found = figures_of(context, case, Overview(facts.application, judgement, frozenset()))
    named = (
        []
        if found is None
        else [(_named(d.reason.code, d.reason.text), d.heads, d.amount_fen) for d in found.deductions]
    )
    # What the applicant wrote in Attachment 3 may differ from what its rows and vouchers give.
    rest = whole - sum(fen for _, _, fen in named)
    return [*named, (_named(*OTHER), 0, rest)] if rest else named


def _returned_for(context: Context, row: Decision) -> Mapping[str, int]:
    """By reason, how many rows of the roster it was about."""
    try:
        verdict = codec.load_text(Verdict, row.unseal(context.vault, "outcome"))
    except (ValueError, Damaged):
        return {_UNREADABLE: 0}
    found: dict[str, set[int]] = {}
    for code, seq, item, blocks in verdict.findings:
        if blocks:
            found.setdefault(_told(code, item), set()).update(() if seq is None else (seq,))
    return {name: len(rows) for name, rows in found.items()} or {_BY_OPINION: 0}


def _told(code: str, item: str | None) -> str:
    if code == "material.missing" and item:
        names = {material.value: name for material, name in MATERIALS.items()}
        return f"缺{names.get(item, item)}"
    reason = reason_of(Finding(code, Severity.BLOCK, None, item, "", ""))
    if (reason.code, reason.text) != OTHER:
        return _named(reason.code, reason.text)
    return _KINDS.get(code.partition(".")[0], _BY_OPINION)


def _named(code: str, text: str) -> str:
    return f"{code} {text}"


def _sorted(found: Mapping[str, list[int]]) -> tuple[Reason, ...]:
    return tuple(Reason(name, *found[name]) for name in sorted(found, key=lambda name: (-found[name][0], name)))
