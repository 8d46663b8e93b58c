"""A class that a list told before it was filed here: recognised, and struck from the list in one step.

The same person, occupation, level and first day is one training; whether the list means this class or another one, the
clerk finds out.
"""

from collections.abc import Iterator

from sqlmodel import col, select

from db.models import Act, Case, EarlierTraining
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.id_number import masked, with_century
from pxtui.identifiers.text import same

_KEYS_A_QUERY = 500


def told_before(context: Context, number: str) -> tuple[str, ...]:
    """A sentence where lists tell of a case's own class, with the lists and how to strike it; empty: none does.

    Raises:
        PxtuiError: there is no such case.
    """
    rows = list(_rows(context, find(context, number)))
    if not rows:
        return ()
    sources = "、".join(dict.fromkeys(row.source or "来源不明" for row in rows))
    return (
        f"以往培训（{sources}）里有{len(rows)}人次与本班同职业、同等级、同日开班；查明就是本班的，"
        f"在以往培训一页（F10、0、2）按Del逐条删去，或用 pxtui history strike-class {number} --reason 理由 一次删去。",
    )


def who_told(context: Context, number: str) -> tuple[str, ...]:
    """Whom lists name with a case's own class, and which list does, a Chinese sentence each.

    Raises:
        PxtuiError: there is no such case.
    """
    rows = _rows(context, find(context, number))
    return tuple(
        f"{row.source or '来源不明'}：{row.name} {masked(row.unseal(context.vault, 'id_number'))} "
        f"{row.occupation}，{row.starts_on}开始。"
        for row in rows
    )


def strike(context: Context, number: str, reason: str) -> int:
    """Take a case's own class out of the lists of earlier trainings; how many rows.

    Whoever may do it, and with whom, is for `source_changes` to say.

    Raises:
        PxtuiError: no list tells of it, or no reason is given.
    """
    if not reason.strip():
        raise Refused("删去以往培训须写明理由，请填写后再试。")
    case = find(context, number)
    rows = list(_rows(context, case))
    if not rows:
        raise NotFound(f"以往培训里没有与案件{case.number}同一班的，请核对编号。")
    sources = sorted({row.source for row in rows})
    for row in rows:
        context.session.delete(row)
    summary = f"以往培训里与本班同一班的{len(rows)}人次已删去（{reason.strip()}）"
    journal.record(context, case, Act.HISTORY_STRIKE, summary, before={"sources": sources})
    context.session.flush()
    return len(rows)


def _rows(context: Context, case: Case) -> Iterator[EarlierTraining]:
    people = roster_edits.trainees(context, case, application_of(case.stage))
    numbers = {with_century(row.id_number) for row in people} - {""}
    keys = sorted(context.vault.look_up_key(ID_NUMBER, number) for number in numbers)
    for start in range(0, len(keys), _KEYS_A_QUERY):
        trainings = context.session.exec(
            select(EarlierTraining)
            .where(col(EarlierTraining.id_key).in_(keys[start : start + _KEYS_A_QUERY]))
            .where(col(EarlierTraining.starts_on) == case.starts_on)
        )
        yield from (row for row in trainings if row.level == case.level and same(row.occupation, case.occupation))
