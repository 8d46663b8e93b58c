"""An approved class as a change would make it: judged like an opening, and then written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import col, select

from db.models import Act, Case, Enrolment
from pxtui.casework.check import eligibility, standing
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.eligibility import CaseFacts
from pxtui.casework.check.frozen import Answer
from pxtui.casework.lifecycle.moving import permitted, take
from pxtui.casework.lifecycle.stages import Action, Room
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.cell_changes import CELLS, CellChange, cell_changes
from pxtui.casework.roster.rows import with_those_who_left
from pxtui.errors import Refused
from pxtui.identifiers import id_number
from pxtui.policy import codec
from pxtui.policy.facts import ApplicationKind, Trainee, Training
from pxtui.policy.judgement import Judgement

_APPROVALS = frozenset({Action.APPROVE, Action.CHANGE})


@dataclass(frozen=True, slots=True)
class ClassChange:
    """What shall be otherwise; None and empty: as it was."""

    starts_on: date | None = None
    ends_on: date | None = None
    platform: str | None = None
    joining: Sequence[Trainee] = ()
    """Their `seq` is given anew, behind the last one."""
    leaving: frozenset[int] = frozenset()
    """By `seq`. Their rows stay, no longer approved."""


@dataclass(frozen=True, slots=True)
class ChangedClass:
    """A class as it would be."""

    training: Training
    people: tuple[Trainee, ...]
    """Whoever would be approved."""
    back: tuple[Trainee, ...]
    """Of them those who have their old row again, as they are told now."""
    new: tuple[Trainee, ...]
    """Of them those who have no row yet."""
    before: tuple[Trainee, ...]
    """Whoever is approved now."""

    @property
    def left(self) -> tuple[Trainee, ...]:
        """Whoever would be approved no more."""
        staying = {person.seq for person in self.people}
        return tuple(person for person in self.before if person.seq not in staying)

    @property
    def joined(self) -> tuple[Trainee, ...]:
        """Whoever would be approved and is not."""
        present = {person.seq for person in self.before}
        return tuple(person for person in self.people if person.seq not in present)

    @property
    def corrected(self) -> tuple[tuple[Trainee, Trainee], ...]:
        """Whoever leaves and joins at one stroke: as the row was and as it would be."""
        present = {person.seq: person for person in self.before}
        return tuple((present[person.seq], person) for person in self.back if person.seq in present)


def changed(context: Context, case: Case, wanted: ClassChange) -> ChangedClass:
    """What an approved class would be with a change.

    Raises:
        PxtuiError: somebody leaves who is not in it, nobody would be left in it, or nothing changes.
    """
    kept = roster_edits.approved_seqs(context, case, ApplicationKind.OPENING)
    if strangers := wanted.leaving - kept:
        raise Refused(f"批准名单里没有第{'、'.join(map(str, sorted(strangers)))}号，请核对序号。")
    everybody = with_those_who_left(context, case)
    staying = kept - wanted.leaving
    # Whoever is no longer in the class has the old row back: a second one would be a second person.
    gone = {id_number.with_century(row.id_number): row.seq for row in everybody if row.seq not in staying}
    back: dict[int, Trainee] = {}
    new: list[Trainee] = []
    for person in wanted.joining:
        seq = gone.get(id_number.with_century(person.id_number))
        if seq is not None and seq not in back:
            back[seq] = replace(person, seq=seq)
        else:
            new.append(person)
    first = max((row.seq for row in everybody), default=0) + 1
    numbered = tuple(replace(person, seq=seq) for seq, person in enumerate(new, first))
    old = tuple(back.get(row.seq, row) for row in everybody if row.seq in staying | back.keys())
    before = tuple(row for row in everybody if row.seq in kept)
    after = ChangedClass(_training(case, wanted), (*old, *numbered), tuple(back.values()), numbered, before)
    if not after.people:
        raise Refused("变更后没有一名参训人员，没有变更；要取消此班请撤回。")
    if after.people == before and after.training == opening_filing.training_facts(case):
        raise Refused("没有要变更的内容，请填写与批准内容不同的日期、平台或人员。")
    return after


def judged(context: Context, case: Case, after: ChangedClass) -> tuple[CaseFacts, Judgement, tuple[str, ...]]:
    """A changed class judged like an opening: its facts, the outcome, and the warnings that nobody has answered.

    Raises:
        PxtuiError: the check finds what stands against it.
    """
    facts = eligibility.opening_as(context, case, after.training, after.people)
    judgement = facts.judged(context.rulebook, context.working_days)
    against = [finding for finding in judgement.findings if finding.blocks]
    if against:
        who = "" if against[0].seq is None else f"第{against[0].seq}号："
        raise Refused(f"变更后审查不符（共{len(against)}项），没有变更：{who}{against[0].message}")
    approval = check_frozen.newest(context, case, _APPROVALS, ApplicationKind.OPENING)
    answered = check_frozen.answer_of(context, approval).points
    return facts, judgement, tuple(point for point in standing.warnings(judgement) if point not in answered)


def put_in_force(context: Context, case: Case, wanted: ClassChange, reason: str, opinion: str) -> None:
    """Change an approved class; everybody in it must pass, and what was decided is frozen.

    Args:
        opinion: the answer to the warnings that nobody has answered yet.

    Raises:
        PxtuiError: it is not for this person, the check finds what stands against it, or a warning is not answered.
    """
    permitted(context, case, Action.CHANGE, reason, Room.CHANGE)
    after = changed(context, case, wanted)
    facts, judgement, points = judged(context, case, after)
    standing.require_answer(points, opinion)
    _write(context, case, after, reason)
    # What was answered before stays answered: the next change compares with this one.
    answer = Answer(standing.warnings(judgement), opinion.strip())
    check_frozen.freeze(context, case, Action.CHANGE, facts, judgement, answer)
    take(context, case, Action.CHANGE, reason, Room.CHANGE)


def _training(case: Case, wanted: ClassChange) -> Training:
    training = opening_filing.training_facts(case)
    platform = training.platform if wanted.platform is None else wanted.platform or None
    return replace(
        training,
        starts_on=wanted.starts_on or training.starts_on,
        ends_on=wanted.ends_on or training.ends_on,
        platform=platform,
    )


def _write(context: Context, case: Case, after: ChangedClass, reason: str) -> None:
    filing = opening_filing.filing_of(context, case)
    if after.training != filing.training:
        opening_filing.put_filing(context, case, replace(filing, training=after.training), f"变更开班（{reason}）")
    everybody = with_those_who_left(context, case)
    _write_rows(context, case, after)
    roster_edits.enrol(context, case, ApplicationKind.OPENING, after.new, first_position=len(everybody), approved=True)
    if after.people == after.before:
        return
    coming, going = len(after.new) + len(after.back), len(after.left) + len(after.corrected)
    journal.record(
        context,
        case,
        Act.CASE_PEOPLE,
        f"变更参训人员：加{coming}人，减{going}人（{reason}）",
        before={"approved": _seqs(after.before), "people": [_named(was) for was, _ in after.corrected]},
        after={"approved": _seqs(after.people), "people": [_put_right(was, now) for was, now in after.corrected]},
    )


def _write_rows(context: Context, case: Case, after: ChangedClass) -> None:
    """Those who stay, leave and come back; a row that was never approved stays as it is."""
    approved = {person.seq for person in after.people}
    left = {person.seq for person in after.left}
    back = {person.seq: person for person in after.back}
    of_opening = col(Enrolment.application) == ApplicationKind.OPENING.value
    for row in context.session.exec(select(Enrolment).where(col(Enrolment.case_id) == case.id, of_opening)):
        if (person := back.get(row.seq)) is not None:
            row.name, row.sex, row.age, row.remark = person.name, person.sex, person.age, person.remark
            row.seal(context.vault, phone=person.phone)
            row.left_on = None
        elif row.seq in left:
            row.left_on = context.today
        row.approved = row.seq in approved
        context.session.add(row)
    context.session.flush()


def _seqs(people: Iterable[Trainee]) -> list[int]:
    return sorted(person.seq for person in people)


def _named(person: Trainee) -> dict[str, Any]:
    return {"seq": person.seq, "name": person.name}


def _put_right(was: Trainee, now: Trainee) -> dict[str, Any]:
    """For the notice of change, which tells what was put right of a row: its cells, old and new, the number masked."""
    # The number stays as it was written: it may be the same one with 15 digits.
    cells = cell_changes(was, replace(now, id_number=was.id_number))
    return _named(now) | {CELLS: codec.dump(tuple[CellChange, ...], cells)}
