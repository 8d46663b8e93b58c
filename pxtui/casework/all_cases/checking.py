"""`pxtui check-all`: every open case judged again and held against its last verdict.

It goes through the cases by their numbers of the register, 500 at a time: each time a transaction that reads by a
fixed number of statements, and where verdicts are new or others one that writes. So memory does not grow with the
register, and nobody waits at a counter for longer than these take.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import col, func, select

from db.models import Act, Case, KeptVerdict
from pxtui.casework.all_cases.facts import facts_of_many
from pxtui.casework.check.eligibility import CaseFacts
from pxtui.casework.check.frozen import Verdict
from pxtui.casework.lifecycle.moves import UNDECIDED, application_of
from pxtui.casework.lifecycle.stages import STAGE_NAMES
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register
from pxtui.errors import Damaged
from pxtui.policy import codec
from pxtui.policy.working_days import CalendarMissing
from pxtui.progress import Watch

CASES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Change:
    """A case whose verdict is otherwise than at the last check of all."""

    number: str
    applicant_name: str
    stage_name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict to be kept; `changes` empty: none of this application was kept before."""

    case_id: int
    application: str
    outcome: str
    changes: str


@dataclass(slots=True)
class Outcome:
    """What a check of all came to."""

    cases: int = 0
    new: int = 0
    not_judged: int = 0
    """Those for which a year without a holiday calendar decides."""
    changed: int = 0


def check_all(register: Register, acting: Acting, outcome: Outcome, watch: Watch | None = None) -> Iterator[Change]:
    """Judge every case that is not decided; yields those whose verdict changed, as they are found.

    What is found is kept: the next check tells what is otherwise than today.

    Args:
        outcome: is counted up.
        watch: hears of the progress and may cancel between two lots; what is done is kept.

    Raises:
        Cancelled: `watch` says so.
        PxtuiError: the register cannot be written.
    """
    watch = watch or Watch()
    last = 0
    with register.reading(acting) as context:
        watch.total = context.session.exec(select(func.count()).where(col(Case.stage).in_(UNDECIDED))).one()
    while True:
        watch.check()
        with register.reading(acting) as context:
            cases = context.session.exec(
                select(Case)
                .where(col(Case.stage).in_(UNDECIDED), col(Case.id) > last)
                .order_by(col(Case.id))
                .limit(CASES_AT_ONCE)
            ).all()
            if not cases:
                break
            last = cases[-1].id
            found, changed = _lot(context, cases, outcome)
        if found:
            with register.writing(acting) as context:
                keep(context, found)
        outcome.cases += len(cases)
        watch.done = outcome.cases
        yield from changed
    with register.writing(acting) as context:
        note(context, outcome)


def keep(context: Context, found: Sequence[Checked]) -> None:
    """Keep verdicts that are new or others."""
    ids = [checked.case_id for checked in found]
    kept = {
        row.case_id: row for row in context.session.exec(select(KeptVerdict).where(col(KeptVerdict.case_id).in_(ids)))
    }
    for checked in found:
        row = kept.get(checked.case_id) or KeptVerdict(
            case_id=checked.case_id, application=checked.application, checked_at=context.at
        )
        row.application, row.checked_at = checked.application, context.at
        row.changed_on = context.today if checked.changes else None
        row.seal(context.vault, outcome=checked.outcome, changes=checked.changes)
        context.session.add(row)
    changed = sum(bool(checked.changes) for checked in found)
    summary = f"全部复查：存下{len(found)}件的结论，{changed}件与上次不同"
    journal.record(context, None, Act.CHECK_ALL, summary, after={"kept": len(found), "changed": changed})


def note(context: Context, outcome: Outcome) -> None:
    """That a check of all was made, whatever it found."""
    values = {name: getattr(outcome, name) for name in Outcome.__slots__}
    summary = f"全部复查完成：{outcome.cases}件，{outcome.changed}件有变化"
    journal.record(context, None, Act.CHECK_ALL, summary, after=values)


def _lot(context: Context, cases: Sequence[Case], outcome: Outcome) -> tuple[list[Checked], list[Change]]:
    kept = {
        row.case_id: row
        for row in context.session.exec(
            select(KeptVerdict).where(col(KeptVerdict.case_id).in_([case.id for case in cases]))
        )
    }
    found, changed = [], []
    for case, facts in facts_of_many(context, cases):
        verdict = _verdict(context, facts)
        if verdict is None:
            outcome.not_judged += 1
            continue
        application = application_of(case.stage).value
        before = _before(context, kept.get(case.id), application)
        if before == verdict:
            continue
        sentences = () if before is None else before.told_to(verdict, context.rulebook)
        found.append(Checked(case.id, application, codec.dump_text(Verdict, verdict), "；".join(sentences)))
        if sentences:
            outcome.changed += 1
            changed.append(Change(case.number, case.applicant_name, STAGE_NAMES[case.stage], sentences))
        else:
            outcome.new += 1
    return found, changed


def _verdict(context: Context, facts: CaseFacts) -> Verdict | None:
    try:
        return Verdict.of(facts.judged(context.rulebook, context.working_days))
    except CalendarMissing:
        return None


def _before(context: Context, row: KeptVerdict | None, application: str) -> Verdict | None:
    """What was kept of the same application; a damaged text is none, and is kept anew."""
    if row is None or row.application != application:
        return None
    try:
        text = row.unseal(context.vault, "outcome")
        return codec.load_text(Verdict, text) if text else None
    except (ValueError, Damaged):
        return None
