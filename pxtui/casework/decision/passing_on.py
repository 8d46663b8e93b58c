"""A case that was handed in at the wrong office is passed on (转办) to the one that decides (notice 四(一)).

It goes with its roster, papers and journal, and the day of its receipt stays. It gets the next number of the office
that takes it; the number that it had stays used where it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Case, PassedCase, RosterLease
from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle.cases import find, next_serial
from pxtui.casework.lifecycle.moves import move
from pxtui.casework.lifecycle.moving import take
from pxtui.casework.lifecycle.stages import Action, Room
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.policy import jurisdiction
from pxtui.policy.jurisdiction import Jurisdiction


@dataclass(frozen=True, slots=True)
class Passed:
    """A case that was passed on."""

    number: str
    """At the office that passed it on."""
    new_number: str
    office: str
    """The short name of the office that it was passed on to."""
    applicant_name: str
    passed_on: date
    passed_by: str
    reason: str

    @property
    def sentence(self) -> str:
        """What became of it, in Chinese."""
        return f"{self.number}已转{self.office}，现编号{self.new_number}，收件日期不变。"


@dataclass(frozen=True, slots=True)
class Target:
    """The office to which a case would go, and why, in Chinese."""

    office: str
    """Its code."""
    name: str
    reason: str


def target(context: Context, number: str) -> Target:
    """The office that a case of the acting person's office would be passed on to.

    Raises:
        PxtuiError: it is at a stage at which nothing is passed on, its own office decides on it, or the office in
            charge keeps no cases in this register.
    """
    return _target(context, find(context, number))


def pass_on(context: Context, number: str, reason: str) -> Passed:
    """Pass a case on to the office that decides on it, before anything is decided.

    Raises:
        PxtuiError: as `target`; or no reason is given, or it is not for this person.
    """
    case = find(context, number)
    to = _target(context, case)
    taker, giver = context.rulebook.latest.office(to.office), context.rulebook.latest.office(case.office_code)
    serial, before = next_serial(context, to.office, case.year), case.number
    now = f"{case.year:04}-{taker.letters}-{serial:04}"
    row = PassedCase(
        case_id=case.id,
        office_code=case.office_code,
        letter=case.letter,
        year=case.year,
        serial=case.serial,
        to_office=to.office,
        passed_on=context.today,
        passed_by=context.clerk,
        reason=reason.strip(),
    )
    summary = f"转办：由{giver.short_name}（{before}）转{taker.short_name}（{now}），{reason.strip()}"
    take(context, case, Action.PASS_ON, reason.strip(), Room.MENU, summary=summary)
    if (lease := context.session.get(RosterLease, case.id)) is not None:
        context.session.delete(lease)
    case.office_code, case.letter, case.serial = to.office, taker.letters, serial
    case.paper_place = f"{giver.short_name}转出"
    context.session.add_all((case, row))
    context.session.flush()
    return _shown(context, row, case)


def listed(context: Context, since: date | None = None) -> tuple[Passed, ...]:
    """What the acting person's office passed on, the newest first; `since`: from a day on."""
    wanted = select(PassedCase, Case).join(Case, col(Case.id) == col(PassedCase.case_id))
    wanted = wanted.where(*roles.of_seen_offices(context, PassedCase.office_code))
    if since is not None:
        wanted = wanted.where(col(PassedCase.passed_on) >= since)
    rows: Sequence[tuple[PassedCase, Case]] = context.session.exec(wanted.order_by(col(PassedCase.id).desc())).all()
    return tuple(_shown(context, row, case) for row, case in rows)


def _target(context: Context, case: Case) -> Target:
    move(case.stage, Action.PASS_ON)
    right = _right_office(context, case)
    here = roles.offices_here(context.session)
    # The committee collects what is the zone's, where it keeps its cases here (notice 四(一)).
    via = right.via if right.via in here and right.via != case.office_code else None
    code = via or right.office
    if code == case.office_code:
        raise Refused(
            f"{case.number}按申请内容由本部门办理（{right.reason}），不用转办；单位所在地等有误的请先改申请。"
        )
    office = context.rulebook.latest.office(code)
    if code not in here:
        raise Refused(
            f"{case.number}应由{office.name}办理（{right.reason}），该部门不在本台账，不能转办；"
            "请出具不予受理通知书，写明该部门，材料按交接单移交。"
        )
    return Target(code, office.name, right.reason)


def _right_office(context: Context, case: Case) -> Jurisdiction:
    notice = context.rulebook.for_class_starting(case.starts_on)
    return jurisdiction.right_office(eligibility.application(context, case), notice)


def _shown(context: Context, row: PassedCase, case: Case) -> Passed:
    office = context.rulebook.latest.office(row.to_office).short_name
    return Passed(row.number, case.number, office, case.applicant_name, row.passed_on, row.passed_by, row.reason)
