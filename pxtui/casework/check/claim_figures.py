"""Figures of a claim: asked for, deducted by reason code, granted (notice 四(二))."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from db.models import Case
from pxtui.casework.check import eligibility
from pxtui.casework.check.eligibility import Overview
from pxtui.casework.lifecycle.moves import CLAIM_DECIDED, CLAIM_TURNED_DOWN
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.policy import facts
from pxtui.policy.deductions import Deduction, Reason, claimed, deductions, first_reason
from pxtui.policy.facts import Trainee
from pxtui.policy.judgement import Finding
from pxtui.policy.parameters import Rulebook
from pxtui.policy.subsidy import Subsidy
from pxtui.policy.working_days import CalendarMissing

ASKED_TOO_MUCH = Reason("21", "其他（申报金额多算）", "三")


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """The figures of a claim: as decided, before the decision as the check finds them. Money in fen."""

    asked: Subsidy
    """Of all rows and vouchers; `total_fen` is the amount that the applicant wrote where that is more."""
    checked: Subsidy
    heads: int
    total_fen: int
    deductions: tuple[Deduction, ...]
    """The deductions from `asked.total_fen` to `total_fen`."""
    is_decided: bool


def figures_of(context: Context, case: Case, overview: Overview) -> ClaimFigures | None:
    """The figures of a claim by a check; None: no subsidy is paid for the class."""
    stage = case.stage
    application, judgement = overview.application, overview.judgement
    checked, notice = judgement.subsidy, context.rulebook.for_class_starting(case.starts_on)
    if checked is None:
        return None
    total = checked.total_fen
    if stage in CLAIM_DECIDED:
        total = 0 if stage in CLAIM_TURNED_DOWN else case.approved_total_fen or 0
    out = rows_not_granted(context, case, overview)
    asked = claimed(application, checked, notice)
    taken_off = deductions(application, asked, _reasons(stage, judgement.findings, out), total, notice)
    if (too_much := (case.asked_total_fen or 0) - asked.total_fen) > 0:
        asked = replace(asked, total_fen=asked.total_fen + too_much)
        taken_off = tuple(
            sorted((*taken_off, Deduction(ASKED_TOO_MUCH, 0, too_much)), key=lambda deduction: deduction.reason)
        )
    heads = len(application.roster) - len(out)
    return ClaimFigures(asked, checked, heads, total, taken_off, stage in CLAIM_DECIDED)


def rows_not_granted(context: Context, case: Case, overview: Overview) -> list[Trainee]:
    """The rows of a claim without a subsidy: as decided, before the decision as the check finds them."""
    stage, people = case.stage, overview.application.roster
    if stage in CLAIM_TURNED_DOWN:
        return list(people)
    kept = frozenset(overview.judgement.eligible)
    if stage in CLAIM_DECIDED:
        kept = roster_edits.approved_seqs(context, case, facts.ApplicationKind.CLAIM)
    return [row for row in people if row.seq not in kept]


def by_row(findings: Iterable[Finding]) -> defaultdict[int | None, list[Finding]]:
    """Findings by the 序号 of their row; under None those about the application itself."""
    found: defaultdict[int | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.seq].append(finding)
    return found


def whole_reason(stage: Stage, findings: Iterable[Finding]) -> Reason:
    """The reason under which rows are counted that have none of their own; the refusal's opinion where nothing else."""
    whole = [finding for finding in findings if finding.seq is None and finding.blocks]
    if stage in CLAIM_TURNED_DOWN and not whole:
        return replace(first_reason(()), text="其他（见审批意见）")
    return first_reason(whole)


def claimed_when_submitted(context: Context, case: Case) -> int | None:
    """The amount asked for at the hand-in of a claim, in fen: as written in Attachment 3, else by rows and vouchers.

    None: no subsidy is paid for the class, or its year has no calendar yet.
    """
    if case.asked_total_fen is not None:
        return case.asked_total_fen
    try:
        found = eligibility.overview_of(context, case, facts.ApplicationKind.CLAIM)
    except CalendarMissing:
        return None
    return claimable_fen(found, context.rulebook)


def claimable_fen(overview: Overview, rulebook: Rulebook) -> int | None:
    """What all rows and vouchers of a claim give, in fen, before anything is deducted; None: no subsidy is paid."""
    checked = overview.judgement.subsidy
    if checked is None:
        return None
    notice = rulebook.for_class_starting(overview.application.training.starts_on)
    return claimed(overview.application, checked, notice).total_fen


def _reasons(stage: Stage, findings: Iterable[Finding], out: Iterable[Trainee]) -> list[Reason]:
    found = by_row(findings)
    # A row with nothing against it falls with the whole claim.
    wider = whole_reason(stage, found[None])
    return [first_reason(found[row.seq]) if _blocks(found[row.seq]) else wider for row in out]


def _blocks(findings: Iterable[Finding]) -> bool:
    return any(finding.blocks for finding in findings)
