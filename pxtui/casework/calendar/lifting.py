"""The lifting of the epidemic measures (notice 三): announced by one person, in force when another has signed."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Act, Case, Lifting
from pxtui.casework.lifecycle.moves import OPEN, application_of
from pxtui.casework.lifecycle.moving import take
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Action, Room, Stage
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.identifiers.day import require_possible_year
from pxtui.policy.facts import ApplicationKind


@dataclass(frozen=True, slots=True)
class Announcement:
    """The announced lifting: day, document, who entered and who signed it."""

    lifted_on: date
    document: str
    set_by: str
    signed_by: str | None
    """None: not signed, so not in force."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A case affected by the lifting, and the effect in Chinese."""

    number: str
    applicant_name: str
    stage_name: str
    outcome: str
    ends_the_class: bool = False
    resumes_the_class: bool = False
    """Only by a correction: the class was ended by a wrong day."""


def announced(context: Context) -> Announcement | None:
    """The announced lifting, signed or not; None where nothing is announced."""
    row = context.session.get(Lifting, 1)
    return None if row is None else Announcement(row.lifted_on, row.document, row.set_by, row.signed_by)


def in_force(context: Context) -> date | None:
    """The day of the signed lifting; None where it is not announced or not signed."""
    row = context.session.get(Lifting, 1)
    return row.lifted_on if row is not None and row.signed_on is not None else None


def day_for(context: Context, case: Case) -> date | None:
    """The day of the lifting for a case: the signed one, else the one in the case's bundle; None: not lifted."""
    return in_force(context) or case.lifted_on


def announce(context: Context, lifted_on: date, document: str) -> None:
    """Enter the day and the document of the lifting; it can be replaced until it is signed.

    Raises:
        PxtuiError: the lifting is signed, the document is empty, or the person is no administrator where duties are
            apart.
    """
    require_administrator(context)
    if not document.strip():
        raise Refused("请写明宣布疫情解除的文件名称和文号。")
    require_possible_year("解除日期", lifted_on, context.today)
    before = context.session.get(Lifting, 1)
    if before is not None and before.signed_on is not None:
        raise Refused(
            f"疫情解除日{before.lifted_on}已于{before.signed_on}由{before.signed_by}签署，不能再改；"
            "日期有误的，由一人在疫情解除一页（F10、0、6）按F2登记更正，另一人按Enter签署"
            "（命令 pxtui lifting correct、sign-correction）。"
        )
    context.session.merge(
        Lifting(id=1, lifted_on=lifted_on, document=document.strip(), set_on=context.today, set_by=context.clerk)
    )
    journal.record(
        context,
        None,
        Act.LIFTING_ANNOUNCE,
        f"登记疫情解除：{lifted_on}",
        before=None if before is None else {"lifted_on": before.lifted_on, "document": before.document},
        after={"lifted_on": lifted_on, "document": document.strip()},
    )


def touched(context: Context) -> list[Touched]:
    """The open cases affected by the announced day, in the order of their filing.

    Raises:
        PxtuiError: nothing is announced.
    """
    lifted_on = _require_announced(context).lifted_on
    cases = context.session.exec(select(Case).where(col(Case.ends_on) > lifted_on).order_by(col(Case.id)))
    return [found for case in cases if (found := touch(case, lifted_on)) is not None]


def sign(context: Context) -> list[Touched]:
    """Sign the lifting: terminate approved classes that start after its day and release their people's trainings.

    Returns the affected cases.

    Raises:
        PxtuiError: nothing is announced, it is signed, its day is in the future, or the same person announced it, or
            the person is no administrator where duties are apart.
    """
    require_administrator(context)
    row = _require_announced(context)
    if row.signed_on is not None:
        raise Refused(f"疫情解除日{row.lifted_on}已于{row.signed_on}由{row.signed_by}签署。")
    duties.require_another(context, Act.LIFTING_SIGN, row.set_by, f"疫情解除日由{row.set_by}登记，须由另一人签署。")
    if row.lifted_on > context.today:
        raise Refused(f"疫情解除日{row.lifted_on}还没有到，到当天再签署。")
    outcome = touched(context)
    row.signed_on, row.signed_by = context.today, context.clerk
    context.session.add(row)
    journal.record(context, None, Act.LIFTING_SIGN, f"签署疫情解除：{row.lifted_on}，涉及{len(outcome)}件")
    ending = {case.number for case in outcome if case.ends_the_class}
    for case in context.session.exec(select(Case).where(col(Case.stage) == Stage.OPENED)):
        if case.number in ending:
            take(context, case, Action.TERMINATE, f"{row.document}：{row.lifted_on}解除", Room.LIFTING)
    return outcome


def touch(case: Case, lifted_on: date) -> Touched | None:
    """What a lifting does to a case; None: nothing."""
    stage = case.stage
    if stage not in OPEN or case.ends_on <= lifted_on:
        return None
    ends = False
    if case.starts_on <= lifted_on:
        outcome = f"培训至{lifted_on}为止，之后的学时不计"
    elif stage is Stage.OPENED:
        outcome, ends = "开班在解除之后，终止；人员的培训次数释放", True
    elif application_of(stage) is ApplicationKind.CLAIM:
        outcome = "开班在解除之后，不予补贴"
    else:
        outcome = "开班在解除之后，不再同意开班"
    return Touched(case.number, case.applicant_name, STAGE_NAMES[stage], outcome, ends)


def _require_announced(context: Context) -> Lifting:
    row = context.session.get(Lifting, 1)
    if row is None:
        raise Refused("还没有登记疫情解除日，请先登记日期和文件。")
    return row


def require_administrator(context: Context) -> None:
    """Refuse an act of the lifting to anybody else, where duties are apart.

    Raises:
        PxtuiError: the person has another role.
    """
    duties.require_role(context, Act.LIFTING_SIGN)
