"""A lifting that was signed with a wrong day is corrected: announced by one person, in force once another has signed.

Who signs sees case by case what the other day changes; classes that the wrong day ended go on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from db.models import Act, Case, Lifting, LiftingCorrection
from pxtui.casework.calendar import lifting
from pxtui.casework.calendar.lifting import Announcement, Touched, require_administrator
from pxtui.casework.lifecycle.moves import CLAIM_TURNED_DOWN, OPENING_TURNED_DOWN, PAYABLE, SETTLED
from pxtui.casework.lifecycle.moving import take
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Action, Room, Stage
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.errors import Refused

_TURNED_DOWN = OPENING_TURNED_DOWN | CLAIM_TURNED_DOWN
_NO_LONGER = "不再受解除影响"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as the register has it."""

    before_on: date
    """The day in whose place the other comes."""
    lifted_on: date
    document: str
    reason: str
    set_by: str
    signed_by: str | None
    """None: not in force yet."""


@dataclass(frozen=True, slots=True)
class LiftingState:
    """The lifting as the register has it, with its corrections and with what waits for a signature."""

    announced: Announcement | None
    """As it stands: with the day and the signatures of the last correction in force. None: nothing is announced."""
    corrections: tuple[Correction, ...]
    """The oldest first."""
    cases: tuple[Touched, ...]
    """What the announced day does to open cases; while a correction waits, what that one changes."""

    @property
    def waiting(self) -> Correction | None:
        """The correction that waits for its signature."""
        return next((correction for correction in self.corrections if correction.signed_by is None), None)


def state(context: Context) -> LiftingState:
    """The lifting, its corrections, and the cases that they concern."""
    announced = lifting.announced(context)
    found = LiftingState(announced, corrections(context), ())
    if announced is None:
        return found
    cases = lifting.touched(context) if found.waiting is None else changed(context)
    return replace(found, cases=tuple(cases))


def corrections(context: Context) -> tuple[Correction, ...]:
    """Every correction, the oldest first; only the last can be unsigned."""
    return tuple(
        Correction(row.before_on, row.lifted_on, row.document, row.reason, row.set_by, row.signed_by)
        for row in context.session.exec(select(LiftingCorrection).order_by(col(LiftingCorrection.id)))
    )


def announce(context: Context, lifted_on: date, document: str, reason: str) -> list[Touched]:
    """Enter the right day of a signed lifting; what it would change. Until it is signed it can be entered again.

    Raises:
        PxtuiError: no lifting is in force or it has this day, document or reason are not given, or it is not for this
            person.
    """
    require_administrator(context)
    signed = _require_signed(context)
    if not document.strip() or not reason.strip():
        raise Refused("更正疫情解除日须写明依据的文件和更正的原因。")
    if lifted_on == signed.lifted_on:
        raise Refused(f"疫情解除日已经是{lifted_on}，没有要更正的。")
    row = _unsigned(context) or LiftingCorrection(
        before_on=signed.lifted_on, lifted_on=lifted_on, document="", reason="", set_on=context.today, set_by=""
    )
    row.lifted_on, row.document, row.reason = lifted_on, document.strip(), reason.strip()
    row.set_on, row.set_by = context.today, context.clerk
    context.session.add(row)
    context.session.flush()
    journal.record(
        context,
        None,
        Act.LIFTING_CORRECT,
        f"登记更正疫情解除日：{signed.lifted_on}改为{lifted_on}",
        before={"lifted_on": signed.lifted_on, "document": signed.document},
        after={"lifted_on": lifted_on, "document": row.document, "reason": row.reason},
    )
    return changed(context)


def changed(context: Context) -> list[Touched]:
    """Every case that the announced correction changes, in the order of their filing.

    Raises:
        PxtuiError: no correction waits for its signature.
    """
    row = _require_unsigned(context)
    return [found for _, found in _changed(context, row)]


def sign(context: Context) -> list[Touched]:
    """Put the correction into force: classes that the wrong day ended go on, those that the right day ends end.

    Raises:
        PxtuiError: none waits, its day has not come, or the same person announced it.
    """
    require_administrator(context)
    signed, row = _require_signed(context), _require_unsigned(context)
    duties.require_another(
        context, Act.LIFTING_SIGN_CORRECTION, row.set_by, f"解除日的更正由{row.set_by}登记，须由另一人签署。"
    )
    if row.lifted_on > context.today:
        raise Refused(f"疫情解除日{row.lifted_on}还没有到，到当天再签署。")
    found = list(_changed(context, row))
    before = {"lifted_on": signed.lifted_on, "document": signed.document, "signed_by": signed.signed_by}
    signed.lifted_on, signed.document = row.lifted_on, row.document
    signed.signed_on = row.signed_on = context.today
    signed.signed_by = row.signed_by = context.clerk
    signed.set_on, signed.set_by = row.set_on, row.set_by
    context.session.add(signed)
    context.session.add(row)
    journal.record(
        context,
        None,
        Act.LIFTING_SIGN_CORRECTION,
        f"签署更正疫情解除日：{row.before_on}改为{row.lifted_on}，涉及{len(found)}件",
        before=before,
        after={
            "lifted_on": row.lifted_on,
            "document": row.document,
            "reason": row.reason,
            "changes": [f"{touched.number} {touched.outcome}" for _, touched in found],
        },
    )
    why = f"{row.document}：解除日{row.before_on}更正为{row.lifted_on}"
    for case, touched in found:
        if touched.resumes_the_class:
            take(context, case, Action.REINSTATE, why, Room.LIFTING)
        elif touched.ends_the_class:
            take(context, case, Action.TERMINATE, why, Room.LIFTING)
    return [touched for _, touched in found]


def _changed(context: Context, row: LiftingCorrection) -> Iterator[tuple[Case, Touched]]:
    # A class that is over on the earlier of the days is touched by neither.
    concerned = col(Case.ends_on) > min(row.before_on, row.lifted_on)
    for case in context.session.exec(select(Case).where(concerned).order_by(col(Case.id))).all():
        if (touched := _change(case, row)) is not None:
            yield case, touched


def _change(case: Case, row: LiftingCorrection) -> Touched | None:
    before, after = lifting.touch(case, row.before_on), lifting.touch(case, row.lifted_on)
    if before != after:
        return after or Touched(case.number, case.applicant_name, STAGE_NAMES[case.stage], _NO_LONGER)
    was_late, is_late = case.starts_on > row.before_on, case.starts_on > row.lifted_on
    outcome = _of_what_is_done(case.stage, was_late, is_late)
    if not outcome:
        return None
    resumes = case.stage is Stage.TERMINATED
    return Touched(case.number, case.applicant_name, STAGE_NAMES[case.stage], outcome, resumes_the_class=resumes)


def _of_what_is_done(stage: Stage, was_late: bool, is_late: bool) -> str:
    """What becomes of a case that no lifting moves any more; empty: nothing."""
    if was_late == is_late:
        return ""
    if is_late:
        if stage in PAYABLE:
            return "开班在解除之后，请核查已公示期满的补贴，已拨付的责令退回"
        return "开班在解除之后，公示和拨付前复核不通过，须退回复审" if stage in SETTLED else ""
    if stage is Stage.TERMINATED:
        return "恢复培训中；其间另有培训的人员，申请补贴时再审"
    return "开班不在解除之后；因此不予的，请通知单位重新申请" if stage in _TURNED_DOWN else ""


def _unsigned(context: Context) -> LiftingCorrection | None:
    waiting = select(LiftingCorrection).where(col(LiftingCorrection.signed_on).is_(None))
    return context.session.exec(waiting).first()


def _require_unsigned(context: Context) -> LiftingCorrection:
    row = _unsigned(context)
    if row is None:
        raise Refused("没有等待签署的解除日更正，请先在疫情解除一页（F10、0、6）按F2或用 pxtui lifting correct 登记。")
    return row


def _require_signed(context: Context) -> Lifting:
    row = context.session.get(Lifting, 1)
    if row is None or row.signed_on is None:
        raise Refused(
            "疫情解除还没有签署；签署前请在疫情解除一页（F10、0、6）按Ins或用 pxtui lifting announce 重新登记。"
        )
    return row
