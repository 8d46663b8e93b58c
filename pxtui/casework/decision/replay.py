"""Replay: past decisions judged again from their frozen facts; preview: open cases judged by newer rules."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter

from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from db.models import Act, Case, Decision, JournalEntry, PaymentLine, PublicityItem
from pxtui.casework.check.eligibility import CaseFacts, facts_of
from pxtui.casework.check.frozen import Verdict, thawed
from pxtui.casework.lifecycle.moves import CLAIM_DECIDED, CLAIM_TURNED_DOWN, OPEN, OPENING_GRANTED
from pxtui.casework.lifecycle.stages import ACTION_NAMES, STAGE_NAMES, Action
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import Damaged, Refused
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.parameters import Rulebook, rulebook, with_file

_CASES_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class ChangedDecision:
    """A decision, or an open case, with another outcome than before."""

    number: str
    applicant_name: str
    what: str
    """The day and action of the decision, or the stage of the open case, in Chinese."""
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """The outcome of a replay: how many decisions, and those that differ."""

    decisions: int
    differences: tuple[ChangedDecision, ...]


@dataclass(frozen=True, slots=True)
class RulesPreview:
    """The outcome of a preview: how many open cases, and those that differ between present and newer rules."""

    cases: int
    effective_from: date
    differences: tuple[ChangedDecision, ...]


def replay(context: Context, name: str = "", text: str = "") -> Replay:
    """Judge every past decision again, by its own parameter files.

    Args:
        name: of a parameter file to add, or to replace the one of the same day; empty: none.
        text: of that file, TOML.

    Raises:
        PxtuiError: the file does not hold what a notice needs.
    """
    if name:
        with_file({}, name, text)
    count = 0
    judged: list[tuple[int, ChangedDecision]] = []
    kept: list[tuple[int, ChangedDecision]] = []
    for rows in _by_cases(context):
        newest: dict[tuple[int, str, str], tuple[Decision, Case, Verdict | None]] = {}
        for row, case in rows:
            count += 1
            outcome, changes = _replayed(context, row, case, name, text)
            if changes:
                judged.append((row.id, _difference(row, case, changes)))
            newest[case.id, row.application, row.action] = (row, case, outcome)
        for row, case, outcome in newest.values():
            if not name and outcome and (changes := _kept_otherwise(context, row, case, outcome)):
                kept.append((row.id, _difference(row, case, changes)))
    in_order = (*sorted(judged, key=itemgetter(0)), *sorted(kept, key=itemgetter(0)))
    return Replay(count, tuple(difference for _, difference in in_order))


def _by_cases(context: Context) -> Iterator[Sequence[tuple[Decision, Case]]]:
    """All decisions with their cases, those of some cases at a time: no more than these are held in memory."""
    last = 0
    case_id = col(Decision.case_id)
    while ids := context.session.exec(
        select(case_id).where(case_id > last).distinct().order_by(case_id).limit(_CASES_AT_ONCE)
    ).all():
        last = ids[-1]
        every = select(Decision, Case).join(Case, col(Case.id) == case_id)
        of_cases = every.where(case_id.in_(ids), col(Decision.facts) != b"")
        yield context.session.exec(of_cases.order_by(col(Decision.id))).all()


def preview(context: Context, name: str, text: str) -> RulesPreview:
    """Judge every open case by the rules in force and by those with one more parameter file.

    Raises:
        PxtuiError: the file does not hold what a notice needs.
    """
    newer = rulebook(with_file(context.rulebook.texts, name, text))
    alone = rulebook({name: text})
    found = []
    cases = context.session.exec(select(Case).where(col(Case.stage).in_(OPEN)).order_by(col(Case.id)))
    count = 0
    for case in cases:
        count += 1
        facts = facts_of(context, case)
        changes = _changes(_judged(context, facts, context.rulebook), _judged(context, facts, newer), newer)
        if changes:
            found.append(ChangedDecision(case.number, case.applicant_name, STAGE_NAMES[case.stage], changes))
    return RulesPreview(count, alone.first_effective_day, tuple(found))


def _replayed(
    context: Context, row: Decision, case: Case, name: str, text: str
) -> tuple[Verdict | None, tuple[str, ...]]:
    """The frozen verdict of a decision, None where it cannot be read, and the changes in a new judgement."""
    try:
        decision = thawed(context, row, case)
    except Damaged as fault:
        return None, (fault.sentence,)
    texts = with_file(decision.texts, name, text) if name else decision.texts
    now = _judged(context, decision.facts, _rulebook(json.dumps(dict(texts), sort_keys=True)))
    return decision.outcome, _changes(decision.outcome, now, context.rulebook)


def _judged(context: Context, facts: CaseFacts, rules: Rulebook) -> Verdict | str:
    """The verdict, or the sentence of the refusal to judge.

    The register's present calendar serves for decisions of before: no day that was ever counted is changed, and a year
    that was not known when a decision was made decided nothing in it.
    """
    try:
        return Verdict.of(facts.judged(rules, context.working_days))
    except Refused as fault:
        return fault.sentence


def _changes(before: Verdict | str, after: Verdict | str, names: Rulebook) -> tuple[str, ...]:
    """The differences of two verdicts, a Chinese sentence each; `names` gives the names of offices."""
    if before == after:
        return ()
    if isinstance(after, str):
        return (after,)
    return before.changes_to(after, names) if isinstance(before, Verdict) else ("现在可以审查",)


def _kept_otherwise(context: Context, row: Decision, case: Case, outcome: Verdict) -> tuple[str, ...]:
    """What the register keeps of a step and is not what the step came to."""
    if row.action in (Action.APPROVE, Action.CHANGE):
        return _approved_otherwise(context, row, case, outcome)
    if row.action == Action.PUBLISH:
        kept, what = _newest(context, col(PublicityItem.total_fen), PublicityItem, case), "公示"
    elif row.action == Action.ORDER_PAYMENT:
        kept, what = _newest(context, col(PaymentLine.amount_fen), PaymentLine, case), "拨付"
    else:
        return ()
    return () if kept == outcome.total_fen else (f"批次里的{what}金额与底稿不一致",)


def _newest(
    context: Context, column: Mapped[int], table: type[PublicityItem] | type[PaymentLine], case: Case
) -> int | None:
    """A figure of a case's row in its last batch; None: it was in none."""
    return context.session.exec(
        select(column).where(col(table.case_id) == case.id).order_by(col(table.id).desc())
    ).first()


def _approved_otherwise(context: Context, row: Decision, case: Case, outcome: Verdict) -> tuple[str, ...]:
    stage, application = case.stage, ApplicationKind(row.application)
    approved = roster_edits.approved_seqs(context, case, application)
    is_claim = application is ApplicationKind.CLAIM
    if stage not in (CLAIM_DECIDED - CLAIM_TURNED_DOWN if is_claim else OPENING_GRANTED):
        return ()
    changes = []
    # After a change of the class the decision about the last one says who is approved.
    is_past = row.action == Action.APPROVE and not is_claim and _was_changed(context, case)
    if approved != {*outcome.eligible} and not is_past:
        changes.append(f"批准{len(outcome.eligible)}人，台账现为{len(approved)}人")
    if is_claim and case.approved_heads != (None if outcome.total_fen is None else len(outcome.eligible)):
        changes.append(f"核定{len(outcome.eligible)}人，台账现为{case.approved_heads}人")
    if is_claim and case.approved_total_fen != outcome.total_fen:
        changes.append("台账中的核定金额与审批时不一致")
    return tuple(changes)


def _was_changed(context: Context, case: Case) -> bool:
    """Whether the class's people were changed after the approval (`class_changes`)."""
    changed = select(JournalEntry.id).where(
        col(JournalEntry.case_id) == case.id, col(JournalEntry.action) == Act.CASE_PEOPLE
    )
    return context.session.exec(changed.limit(1)).first() is not None


def _difference(row: Decision, case: Case, changes: tuple[str, ...]) -> ChangedDecision:
    # A damaged row may bear any text.
    names = {action.value: name for action, name in ACTION_NAMES.items()}
    what = f"{row.decided_on} {names.get(row.action, row.action)}"
    return ChangedDecision(case.number, case.applicant_name, what, changes)


@lru_cache(maxsize=64)
def _rulebook(texts: str) -> Rulebook:
    """The rulebook of parameter files in JSON; cached, because many decisions share few sets of files."""
    texts_by_name: Mapping[str, str] = json.loads(texts)
    return rulebook(texts_by_name)
