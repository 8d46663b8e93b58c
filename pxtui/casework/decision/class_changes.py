"""A class is changed after its approval (R48): its days, its platform, its people; checked again before it counts.

The notice does not speak of changes. Read here: until the class has ended it may be changed as it was opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import col, select

from db.models import Act, Case, Enrolment
from pxtui.casework.check import eligibility, roster_import
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import Refused
from pxtui.identifiers import id_number
from pxtui.papers.reading.rosters import read_roster
from pxtui.policy.facts import ApplicationKind, Trainee
from pxtui.policy.judgement import Judgement


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
class ClassAsItIs:
    """What of an approved class can be changed."""

    starts_on: date
    ends_on: date
    platform: str
    people: tuple[tuple[int, str], ...]
    """Whoever is approved: `seq` and name."""


def as_it_is(context: Context, number: str, today: date) -> ClassAsItIs:
    """An approved class before it is changed.

    Raises:
        PxtuiError: it can no longer be changed, or not yet.
    """
    case = _changeable(context, number, today)
    approved = roster_edits.approved_seqs(context, case, ApplicationKind.OPENING)
    people = roster_edits.trainees(context, case, ApplicationKind.OPENING)
    training = opening_filing.filing_of(context, case).training
    return ClassAsItIs(
        training.starts_on,
        training.ends_on,
        training.platform or "",
        tuple((person.seq, person.name) for person in people if person.seq in approved),
    )


def people_in(path: Path) -> list[Trainee]:
    """Those who join, from a roster's file.

    Raises:
        PxtuiError: it cannot be read, or not whole.
    """
    reading = read_roster(path)
    if reading.refused:
        raise Refused(f"“{path}”有{len(reading.refused)}行读不出（{reading.refused[0].reason}），没有变更。")
    return roster_import.people_of(reading)


def change(context: Context, number: str, wanted: ClassChange, reason: str) -> None:
    """Change an approved class; every approved person must still pass, and so must those who join.

    Raises:
        PxtuiError: the class is not running, no reason is given, or the check finds what stands against it.
    """
    case = _changeable(context, number, context.today)
    if not reason.strip():
        raise Refused("变更开班须写明理由，请填写后再试。")
    kept = roster_edits.approved_seqs(context, case, ApplicationKind.OPENING)
    strangers = wanted.leaving - kept
    if strangers:
        raise Refused(f"批准名单里没有第{'、'.join(map(str, sorted(strangers)))}号，请核对序号。")
    _change_filing(context, case, wanted, reason)
    staying = kept - wanted.leaving
    joined = _join(context, case, wanted.joining, staying)
    approved = staying | joined
    _require_sound(eligibility.overview_of(context, case, ApplicationKind.OPENING).judgement, approved)
    _approve(context, case, approved)
    if joined or wanted.leaving:
        journal.record(
            context,
            case,
            Act.CASE_PEOPLE,
            f"变更参训人员：加{len(joined)}人，减{len(wanted.leaving)}人（{reason.strip()}）",
            before={"approved": sorted(kept)},
            after={"approved": sorted(approved)},
        )


def _changeable(context: Context, number: str, today: date) -> Case:
    case = find(context, number)
    require_stage(case, frozenset({Stage.OPENED}), "变更开班")
    if today > case.ends_on:
        raise Refused(f"此班已于{case.ends_on}结束，不能再变更；请按实际情况申请补贴。")
    return case


def _change_filing(context: Context, case: Case, wanted: ClassChange, reason: str) -> None:
    filing = opening_filing.filing_of(context, case)
    training = replace(
        filing.training,
        starts_on=wanted.starts_on or filing.training.starts_on,
        ends_on=wanted.ends_on or filing.training.ends_on,
        platform=filing.training.platform if wanted.platform is None else wanted.platform,
    )
    if training != filing.training:
        summary = f"变更开班（{reason.strip()}）"
        opening_filing.put_filing(context, case, replace(filing, training=training), summary)


def _join(context: Context, case: Case, joining: Sequence[Trainee], staying: frozenset[int]) -> frozenset[int]:
    """Write those who join; their numbers. Whoever is no longer in the class has the old row back, as told now."""
    present = roster_edits.trainees(context, case, ApplicationKind.OPENING)
    gone = {id_number.with_century(row.id_number): row.seq for row in present if row.seq not in staying}
    back = {
        gone[number]: trainee for trainee in joining if (number := id_number.with_century(trainee.id_number)) in gone
    }
    for row in _rows(context, case):
        if row.seq in back:
            person = back[row.seq]
            row.name, row.sex, row.age, row.remark = person.name, person.sex, person.age, person.remark
            row.seal(context.vault, phone=person.phone)
    new = [trainee for trainee in joining if id_number.with_century(trainee.id_number) not in gone]
    first = max((row.seq for row in present), default=0) + 1
    added = [replace(person, seq=seq) for seq, person in enumerate(new, first)]
    roster_edits.enrol(context, case, ApplicationKind.OPENING, added, first_position=len(present))
    return frozenset(back) | {person.seq for person in added}


def _require_sound(judgement: Judgement, approved: frozenset[int]) -> None:
    against = [
        finding for finding in judgement.findings if finding.blocks and (finding.seq is None or finding.seq in approved)
    ]
    if against:
        who = "" if against[0].seq is None else f"第{against[0].seq}号："
        raise Refused(f"变更后审查不符（共{len(against)}项），没有变更：{who}{against[0].message}")
    if not approved:
        raise Refused("变更后没有一名参训人员，没有变更；要取消此班请撤回。")


def _approve(context: Context, case: Case, approved: frozenset[int]) -> None:
    for row in _rows(context, case):
        row.approved = row.seq in approved
        context.session.add(row)


def _rows(context: Context, case: Case) -> Sequence[Enrolment]:
    of_case = col(Enrolment.case_id) == case.id
    return context.session.exec(
        select(Enrolment).where(of_case, col(Enrolment.application) == ApplicationKind.OPENING.value)
    ).all()
