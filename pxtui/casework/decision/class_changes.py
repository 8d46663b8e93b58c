"""Changes of an approved class (R48): days, platform, people; judged again before they are stored.

The notice is silent on changes. Interpretation: an approved class may be changed until it has ended.
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
    """The wanted changes of a class; None and empty: unchanged."""

    starts_on: date | None = None
    ends_on: date | None = None
    platform: str | None = None
    joining: Sequence[Trainee] = ()
    """Added people; their `seq` is set behind the last one."""
    leaving: frozenset[int] = frozenset()
    """The `seq` of removed people, whose rows stay but are no longer approved."""


@dataclass(frozen=True, slots=True)
class ClassAsItIs:
    """The changeable facts of an approved class."""

    starts_on: date
    ends_on: date
    platform: str
    people: tuple[tuple[int, str], ...]
    """`seq` and name of each approved person."""


def as_it_is(context: Context, number: str, today: date) -> ClassAsItIs:
    """The changeable facts of an approved class.

    Raises:
        PxtuiError: the class is not approved, or has ended.
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
    """The people in a roster's file, to be added to a class.

    Raises:
        PxtuiError: the file or one of its rows cannot be read.
    """
    reading = read_roster(path)
    if reading.refused:
        raise Refused(f"“{path}”有{len(reading.refused)}行读不出（{reading.refused[0].reason}），没有变更。")
    return roster_import.people_of(reading)


def change(context: Context, number: str, wanted: ClassChange, reason: str) -> None:
    """Change an approved class, where the class and all its approved and added people pass the check.

    Raises:
        PxtuiError: the class is not approved or has ended, the reason is empty, a removed person is not approved, or
            the check finds a block.
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
    """Write the added people; returns their 序号. A person who had left gets the old row back, with the new facts."""
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
