"""What stands open before an approval and is answered in writing: warnings and steps back.

Domain practice: a warning is answered in writing by whoever goes on over it. The answer is frozen with the decision.
"""

from dataclasses import dataclass, replace

from sqlmodel import col, select

from db.models import Case, Correction, ProposedChange
from pxtui.casework.check import eligibility
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.eligibility import facts_of
from pxtui.casework.check.setbacks import Setback, setbacks
from pxtui.casework.check.shortfalls import shortfalls
from pxtui.casework.lifecycle import moving
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import UNDER_DECISION
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Context
from pxtui.casework.opening import filed_twice
from pxtui.casework.outside_lists import comparing
from pxtui.errors import Refused
from pxtui.policy.judgement import Judgement
from pxtui.policy.working_days import CalendarMissing


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands open in an application; each is one sentence for the clerk."""

    steps_back: tuple[str, ...] = ()
    """Why it came back, who said so and when, and behind them what has changed since."""
    notes: tuple[str, ...] = ()
    """What the register knows beyond the rules: told, not answered."""
    points: tuple[str, ...] = ()
    """All that an approval answers in its opinion."""


def standing(context: Context, number: str) -> Standing:
    """What stands open in the application that a case is at; after its decision only the steps back.

    Raises:
        PxtuiError: there is no such case.
    """
    case = find(context, number)
    notes = (*_notes(context, case), *shortfalls(context, case))
    if case.stage not in UNDER_DECISION:
        return Standing(*_steps_back(context, case)[:1], notes=notes)
    try:
        judgement = facts_of(context, case).judged(context.rulebook, context.working_days)
    except CalendarMissing:
        return Standing(tuple(setback.sentence for setback in setbacks(context, case)), notes)
    return replace(standing_of(context, case, judgement), notes=notes)


def standing_of(context: Context, case: Case, judgement: Judgement) -> Standing:
    """What stands open in an application that is under review and was judged like this."""
    steps_back, unanswered = _steps_back(context, case)
    notes = _notes(context, case)
    return Standing(steps_back, notes, (*unanswered, *warnings(judgement), *_hits(context, case, judgement)))


def warnings(judgement: Judgement) -> tuple[str, ...]:
    """The warnings of a judgement, those of its rows with their 序号; a row that falls out needs no answer."""
    eligible = {*judgement.eligible}
    return tuple(
        finding.message if finding.seq is None else f"第{finding.seq}号：{finding.message}"
        for finding in judgement.findings
        if not finding.blocks and (finding.seq is None or finding.seq in eligible)
    )


def _hits(context: Context, case: Case, judgement: Judgement) -> tuple[str, ...]:
    """Hits in lists from elsewhere that nobody has decided on; a row that falls out needs no answer."""
    eligible = {*judgement.eligible}
    staying = [person for person in comparing.people(context, case) if person.seq in eligible]
    return comparing.compared(context, case, staying).points


def require_answer(points: tuple[str, ...], opinion: str) -> None:
    """Refuse to go on over what stands open without a word.

    Raises:
        PxtuiError: something stands open and the opinion is empty.
    """
    if points and not opinion.strip():
        raise Refused(f"还有{len(points)}项要在意见里书面答复，第一项：{points[0].rstrip('。')}。")


def _steps_back(context: Context, case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All steps back with what has changed since, and those that still wait for an answer."""
    found = setbacks(context, case)
    if not found:
        return (), ()
    changes, sentence = check_frozen.since_setback(context, case)
    sentences = (*(setback.sentence for setback in found), *([sentence] if sentence else []))
    return sentences, tuple(setback.sentence for setback in found if not _is_answered(setback, changed=bool(changes)))


def _is_answered(setback: Setback, *, changed: bool) -> bool:
    """What was returned to be corrected and was corrected is answered by that; an office's own step back is not."""
    return setback.action is Action.RETURN and changed


def _notes(context: Context, case: Case) -> tuple[str, ...]:
    found = (
        moving.why_voided(context, case),
        _waiting(context, case, Correction, "更正"),
        _waiting(context, case, ProposedChange, "变更"),
        *eligibility.notes(context, case.number),
        filed_twice.note(context, case),
    )
    return tuple(filter(None, found))


def _waiting(context: Context, case: Case, table: type[Correction] | type[ProposedChange], name: str) -> str:
    """That something proposed for a decided case waits for whoever may approve; empty: nothing does."""
    waiting = select(table.id).where(col(table.case_id) == case.id, col(table.decided_on).is_(None))
    if context.session.exec(waiting.limit(1)).first() is None:
        return ""
    return f"有{name}等待负责人批准，在审批页按F2查看。"
