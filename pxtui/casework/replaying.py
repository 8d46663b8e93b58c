"""Past decisions judged again from their frozen facts, and what newer rules would change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlmodel import Session, col, select

from db.models import Case, JournalEntry
from pxtui.casework import changing, roster
from pxtui.casework.decisions import FrozenDecision, Outcome, decisions
from pxtui.casework.eligibility import facts_of
from pxtui.casework.stages import (
    ACTION_NAMES,
    CLAIM_DECIDED,
    CLAIM_TURNED_DOWN,
    OPEN,
    OPENING_GRANTED,
    STAGE_NAMES,
    Action,
    Stage,
)
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Stage as ApplicationStage
from pxtui.policy.parameters import Rulebook, rulebook, shipped_rulebook, shipped_texts, with_file


@dataclass(frozen=True, slots=True)
class Difference:
    """A decision or a case that would come out otherwise."""

    number: str
    applicant_name: str
    what: str
    """The step with its day, or the stage."""
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """Every decision judged again."""

    decisions: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Every open case judged by newer rules beside the present ones."""

    cases: int
    effective_from: date
    differences: tuple[Difference, ...]


def replay(session: Session, name: str = "", text: str = "") -> Replay:
    """Judge every past decision again, by its own parameters.

    Args:
        name: of a parameter file that shall stand beside them, or in the place of that of the same day; empty: none.
        text: what it says.

    Raises:
        PxtuiError: the file does not hold what a notice needs.
    """
    past = decisions(session)
    found = []
    for decision in past:
        texts = with_file(decision.texts, name, text) if name else decision.texts
        changes = _judged_again(decision, _rulebook(json.dumps(dict(texts), sort_keys=True)))
        if changes:
            found.append(_difference(decision, changes))
    if not name:
        newest = {(one.case.id, one.application): one for one in past if one.action is Action.APPROVE}
        found += [_difference(one, told) for one in newest.values() if (told := _kept_otherwise(session, one))]
    return Replay(len(past), tuple(found))


def preview(session: Session, name: str, text: str) -> Preview:
    """Judge every open case as it is now by the rules in force and by those with one more file.

    Raises:
        PxtuiError: the file does not hold what a notice needs.
    """
    newer = rulebook(with_file(shipped_texts(), name, text))
    alone = rulebook({name: text})
    found = []
    cases = session.exec(
        select(Case).where(col(Case.stage).in_([stage.value for stage in OPEN])).order_by(col(Case.id))
    )
    count = 0
    for case in cases:
        count += 1
        facts = facts_of(session, case)
        try:
            before, after = (Outcome.of(facts.judged(rules)) for rules in (shipped_rulebook(), newer))
            changes = before.changes_to(after)
        except PxtuiError as fault:
            changes = (fault.sentence,)
        if changes:
            found.append(Difference(case.number, case.applicant_name, STAGE_NAMES[Stage(case.stage)], changes))
    return Preview(count, alone.first_effective_day, tuple(found))


def _judged_again(decision: FrozenDecision, rules: Rulebook) -> tuple[str, ...]:
    try:
        now = Outcome.of(decision.facts.judged(rules))
    except PxtuiError as fault:
        return (fault.sentence,)
    return decision.outcome.changes_to(now)


def _kept_otherwise(session: Session, decision: FrozenDecision) -> tuple[str, ...]:
    """What the case keeps of its approval and is not what was approved."""
    case, outcome = decision.case, decision.outcome
    stage = Stage(case.stage)
    approved = roster.approved_seqs(session, case, decision.application)
    is_claim = decision.application is ApplicationStage.CLAIM
    if stage not in (CLAIM_DECIDED - CLAIM_TURNED_DOWN if is_claim else OPENING_GRANTED):
        return ()
    told = []
    if approved != {*outcome.eligible} and not (not is_claim and _was_changed(session, case)):
        told.append(f"批准{len(outcome.eligible)}人，台账现为{len(approved)}人")
    if is_claim and case.approved_total_fen != outcome.total_fen:
        told.append("台账中的核定金额与审批时不一致")
    return tuple(told)


def _was_changed(session: Session, case: Case) -> bool:
    """Whether people joined or left after the approval, which is a step of its own."""
    changed = select(JournalEntry.id).where(
        col(JournalEntry.case_id) == case.id, col(JournalEntry.action) == changing.PEOPLE_CHANGED
    )
    return session.exec(changed.limit(1)).first() is not None


def _difference(decision: FrozenDecision, changes: tuple[str, ...]) -> Difference:
    what = f"{decision.decided_on} {ACTION_NAMES[decision.action]}"
    return Difference(decision.case.number, decision.case.applicant_name, what, changes)


@lru_cache(maxsize=64)
def _rulebook(texts: str) -> Rulebook:
    """Decisions of many years share few sets of parameter files."""
    told: Mapping[str, str] = json.loads(texts)
    return rulebook(told)
