"""Moving a case from stage to stage: checks, journal entry, and the only write of `Case.stage` behind the filing."""

from sqlmodel import col, select

from db.models import Act, Case, JournalEntry
from pxtui.casework.lifecycle import stated_days
from pxtui.casework.lifecycle.moves import Move, move
from pxtui.casework.lifecycle.stages import ACTION_NAMES, STAGE_NAMES, Action, Room, Stage
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA
from pxtui.errors import Refused

_MOVES = tuple(Act.of_move(action) for action in Action)


def permitted(context: Context, case: Case, action: Action, opinion: str, room: Room = Room.CASE) -> Move:
    """The move of `action`, after the checks that need no facts: stage, room, opinion, role and person.

    Args:
        room: the place from which the action is asked for.

    Raises:
        PxtuiError: the stage does not allow the action, it belongs to another room, the opinion is missing, it rests
            on a day that a second person has still to confirm, or, where duties are apart, it is for another role or
            person.
    """
    way = move(case.stage, action)
    if way.room is not room:
        raise Refused(f"{ACTION_NAMES[action]}要在“{way.room or '案件'}”里办理，不能在这里办理。")
    if way.needs_opinion and not opinion.strip():
        raise Refused(f"{ACTION_NAMES[action]}须写明理由，请填写意见后再试。")
    if duties.are_apart(context):
        if way.short:
            raise Refused("本部门岗位分设，请依次受理、初审、复核后再审批。")
        duties.require(context, Act.of_move(action), [case])
        if way.needs_pass or action is Action.REFUSE:
            stated_days.require_confirmed(context, case)
    return way


def take(
    context: Context, case: Case, action: Action, opinion: str = "", room: Room = Room.CASE, *, summary: str = ""
) -> Stage:
    """Write the next stage of a case and its journal entry; returns that stage. The caller has checked the facts.

    Args:
        summary: for the journal, in the place of the stages.

    Raises:
        PxtuiError: see `permitted`.
    """
    before = case.stage
    way = permitted(context, case, action, opinion, room)
    case.stage = way.to
    case.stage_since = context.today
    context.session.add(case)
    journal.record(
        context,
        case,
        Act.of_move(action),
        summary or f"{ACTION_NAMES[action]}：由“{STAGE_NAMES[before]}”到“{STAGE_NAMES[way.to]}”",
        before={"stage": before.value},
        after={"stage": way.to.value, "opinion": opinion},
    )
    return way.to


def passed_through(context: Context, case: Case) -> list[Stage]:
    """The stages of a case's moves by its journal, the oldest first; the last is the present one."""
    passed = context.session.exec(
        select(JournalEntry)
        .where(col(JournalEntry.case_id) == case.id, col(JournalEntry.action).in_(_MOVES))
        .order_by(col(JournalEntry.id))
    )
    found = [after["stage"] for _, after in (journal.values(context, entry) for entry in passed) if "stage" in after]
    return [Stage(stage) for stage in found]


def why_voided(context: Context, case: Case) -> str:
    """By whom, when and why a case was voided, in a sentence; empty where it was not."""
    if case.stage is not Stage.VOIDED:
        return ""
    of_case = select(JournalEntry).where(col(JournalEntry.case_id) == case.id)
    entry = context.session.exec(of_case.where(col(JournalEntry.action) == Act.CASE_VOID)).one()
    _, after = journal.values(context, entry)
    day = entry.at.astimezone(CHINA).date()
    return f"此案由{entry.staff_name}于{day}作废，理由：{after['opinion'].rstrip('。')}。"
