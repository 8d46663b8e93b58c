"""A class is changed after its approval (R48): its days, its platform, its people; judged again before it counts.

The notice does not speak of changes. Read here: until the class has ended it may be changed as it was opened. Where
duties are apart a change is proposed by one and comes into force by another, who may approve.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from db.models import Act, Case, ProposedChange
from pxtui.casework.check import roster_import
from pxtui.casework.decision import proposals
from pxtui.casework.decision.changed_class import ChangedClass as ChangedClass
from pxtui.casework.decision.changed_class import ClassChange as ClassChange
from pxtui.casework.decision.changed_class import changed, judged, put_in_force
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.casework.office.roles import Role
from pxtui.casework.opening.filing import training_facts
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff.sight import require_people
from pxtui.errors import Damaged, Refused
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.id_number import InvalidIdNumber
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.papers.reading.roster_cells import read_name
from pxtui.papers.reading.rosters import read_roster
from pxtui.policy import codec
from pxtui.policy.facts import ApplicationKind, Trainee, Training

_APPROVAL = by("变更的批准", Role.HEAD)
_NOTHING = "无"
_PARTS_OF_A_PERSON = 3


@dataclass(frozen=True, slots=True)
class ClassAsItIs:
    """The changeable facts of an approved class."""

    starts_on: date
    ends_on: date
    platform: str
    people: tuple[tuple[int, str], ...]
    """Whoever is approved: `seq` and name."""
    proposal: "Proposal | None" = None
    """The change that waits for whoever may approve."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that waits."""

    on: date
    staff_name: str
    reason: str
    changes: tuple[str, ...]
    """What would be otherwise, item by item."""
    points: tuple[str, ...]
    """Warnings to be answered by whoever approves it; or the one sentence why it cannot come into force."""

    @property
    def sentence(self) -> str:
        """Who proposes what."""
        return f"{self.on} {self.staff_name}提出变更，等待批准：{'；'.join(self.changes)}（{self.reason}）。"


def as_it_is(context: Context, number: str, today: date) -> ClassAsItIs:
    """The changeable facts of an approved class.

    Raises:
        PxtuiError: the class is not approved, or has ended.
    """
    require_people(context)
    case = _changeable(context, number, today)
    approved = roster_edits.approved_seqs(context, case, ApplicationKind.OPENING)
    people = roster_edits.trainees(context, case, ApplicationKind.OPENING)
    training = training_facts(case)
    return ClassAsItIs(
        training.starts_on,
        training.ends_on,
        training.platform or "",
        tuple((person.seq, person.name) for person in people if person.seq in approved),
        _proposal(context, case),
    )


def proposal(context: Context, number: str) -> Proposal | None:
    """The change of a class that waits; None: none does.

    Raises:
        PxtuiError: there is no such case.
    """
    case = find(context, number)
    return _proposal(context, case) if case.stage is Stage.OPENED else None


def people_in(path: Path) -> list[Trainee]:
    """The people in a roster's file, to be added to a class.

    Raises:
        PxtuiError: the file or one of its rows cannot be read.
    """
    reading = read_roster(path)
    if reading.refused:
        raise Refused(f"“{path}”有{len(reading.refused)}行读不出（{reading.refused[0].reason}），没有变更。")
    return roster_import.people_of(reading)


def people_keyed(lines: Sequence[str], today: date) -> list[Trainee]:
    """The people of lines 姓名,身份证号,电话, to be added to a class; sex and age follow from the number.

    Raises:
        PxtuiError: a line names nobody, or its number or phone is not one.
    """
    return [_person_keyed(line, today) for line in lines]


def _person_keyed(line: str, today: date) -> Trainee:
    parts = re.split("[,，]", line)
    if len(parts) != _PARTS_OF_A_PERSON or not all(map(canonical, parts)):
        raise Refused(f"“{line}”要写成“姓名,身份证号,电话”，多人写多次，没有变更。")
    name, number, phone_number = read_name(parts[0]), canonical_code(parts[1]), phone.digits(parts[2])
    try:
        identity = id_number.parse(number, today=today)
    except InvalidIdNumber as invalid:
        raise Refused(f"{name}的身份证号：{invalid}，没有变更。") from invalid
    if not phone.is_valid(phone_number):
        raise Refused(f"{name}的电话“{parts[2]}”不是手机号也不是带区号的座机号，没有变更。")
    return Trainee(0, name, identity.sex, identity.age_on(today), number, phone_number, "")


def change(context: Context, number: str, wanted: ClassChange, reason: str, opinion: str = "") -> bool:
    """Change an approved class, or where duties are apart propose it; whether it is in force.

    Args:
        opinion: the answer to the warnings that come with the change.

    Raises:
        PxtuiError: the class is not running, no reason is given, a change waits already, the check finds what stands
            against it, or a warning is not answered.
    """
    case = _changeable(context, number, context.today)
    if not reason.strip():
        raise Refused("变更开班须写明理由，请填写后再试。")
    if (waiting := proposals.waiting(context, ProposedChange, case)) is not None:
        raise Refused(f"{waiting.proposed_by}于{waiting.proposed_on}提出的变更还没有批准，请先批准或撤销。")
    if not duties.are_apart(context):
        put_in_force(context, case, wanted, reason.strip(), opinion)
        return True
    after = changed(context, case, wanted)
    judged(context, case, after)
    row = ProposedChange(case_id=case.id, proposed_on=context.today, proposed_by=context.clerk)
    # Nobody's password is kept longer than the roster has it.
    joining = tuple(replace(person, password="") for person in wanted.joining)
    row.seal(
        context.vault,
        wanted=codec.dump_text(ClassChange, replace(wanted, joining=joining)),
        reason=reason.strip(),
    )
    context.session.add(row)
    proposed = {"changes": differences(training_facts(case), after)}
    journal.record(context, case, Act.CASE_CHANGE_PROPOSE, f"提出变更开班（{reason.strip()}）", after=proposed)
    return False


def approve(context: Context, number: str, opinion: str = "") -> None:
    """Let the change that waits come into force.

    Raises:
        PxtuiError: none waits, it was proposed by the same person, or as `put_in_force` says.
    """
    case = _changeable(context, number, context.today)
    row = proposals.require_waiting(context, ProposedChange, case)
    duties.require_role(context, _APPROVAL)
    duties.require_another(context, _APPROVAL, row.proposed_by, f"此项变更由{row.proposed_by}提出，须由另一人批准。")
    put_in_force(context, case, _wanted(context, row), row.unseal(context.vault, "reason"), opinion)
    proposals.close(context, row, in_force=True)


def drop(context: Context, number: str, reason: str) -> None:
    """Take the change that waits back, or turn it down.

    Raises:
        PxtuiError: none waits, no reason is given, or it is not for this person.
    """
    case, row = proposals.take_back(context, ProposedChange, number, reason)
    summary = f"撤销{row.proposed_by}提出的变更（{reason.strip()}）"
    journal.record(context, case, Act.CASE_CHANGE_DROP, summary)


def differences(before: Training, after: ChangedClass) -> tuple[str, ...]:
    """What a change makes otherwise, item by item; ID numbers masked."""
    now = after.training
    items = (
        ("开班日期", before.starts_on, now.starts_on),
        ("结束日期", before.ends_on, now.ends_on),
        ("线上平台", before.platform or _NOTHING, now.platform or _NOTHING),
    )
    sentences = [f"{item}由{was}改为{is_now}" for item, was, is_now in items if was != is_now]
    sentences += [f"第{person.seq}号{person.name}退出" for person in after.left]
    sentences += [f"{person.name}（{id_number.masked(person.id_number)}）加入" for person in after.joined]
    return (*sentences, *(f"第{was.seq}号{was.name}更正为{now.name}" for was, now in after.corrected))


def _changeable(context: Context, number: str, today: date) -> Case:
    case = find(context, number)
    require_stage(case, frozenset({Stage.OPENED}), "变更开班")
    if today > case.ends_on:
        raise Refused(f"此班已于{case.ends_on}结束，不能再变更；请按实际情况申请补贴。")
    return case


def _wanted(context: Context, row: ProposedChange) -> ClassChange:
    try:
        return codec.load_text(ClassChange, row.unseal(context.vault, "wanted"))
    except ValueError as fault:
        raise Damaged("这项变更的底稿已损坏，请撤销后重新提出。") from fault


def _proposal(context: Context, case: Case) -> Proposal | None:
    row = proposals.waiting(context, ProposedChange, case)
    if row is None:
        return None
    reason = row.unseal(context.vault, "reason")
    try:
        after = changed(context, case, _wanted(context, row))
        changes = differences(training_facts(case), after)
        _, _, points = judged(context, case, after)
    except Refused as fault:
        # The register may have learned since what stands against it: it is still to be seen, and dropped.
        return Proposal(row.proposed_on, row.proposed_by, reason, (), (fault.sentence,))
    return Proposal(row.proposed_on, row.proposed_by, reason, changes, points)
