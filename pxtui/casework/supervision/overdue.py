"""Cases whose next step is past its day, by office and stage; the day is worked out once for all that share it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, func, select

from db.models import Case, Stage
from pxtui.casework.calendar.due import due_on, waited_for
from pxtui.casework.lifecycle.moves import OPEN
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.office.settings import settings_for
from pxtui.casework.supervision.query import Query

_WHAT_THE_DAY_RESTS_ON: tuple[Any, ...] = (
    Case.office_code,
    Case.stage,
    Case.starts_on,
    Case.ends_on,
    Case.opening_received_on,
    Case.claim_received_on,
    Case.resubmitted_on,
    Case.correction_until,
    Case.stage_since,
)


@dataclass(frozen=True, slots=True)
class Overdue:
    """The cases of an office that wait at a stage."""

    office: str
    stage: Stage
    waits_for: str
    """Who has to act, in Chinese."""
    waiting: int
    overdue: int
    oldest: date | None
    """The due day that is past for longest; None: none is."""
    without_day: int
    """Cases of which no due day is known."""


def overdue(context: Context, query: Query) -> tuple[Overdue, ...]:
    """What waits at each stage before a decision, by the offices that the acting person sees."""
    columns: tuple[Any, ...] = (*_WHAT_THE_DAY_RESTS_ON, func.count())
    wanted = select(*columns).where(col(Case.stage).in_(OPEN), *query.conditions)
    wanted = wanted.where(*roles.of_seen_offices(context, Case.office_code)).group_by(*_WHAT_THE_DAY_RESTS_ON)
    counts: defaultdict[tuple[str, Stage], Counter[str]] = defaultdict(Counter)
    oldest: dict[tuple[str, Stage], date] = {}
    for *facts, cases in context.session.connection().execute(wanted):
        alike = Case(**{column.key: fact for column, fact in zip(_WHAT_THE_DAY_RESTS_ON, facts, strict=True)})
        place = (alike.office_code, alike.stage)
        due = due_on(context, alike, settings_for(context, alike.office_code))
        counts[place].update(waiting=cases)
        if due is None:
            counts[place].update(without_day=cases)
        elif due < context.today:
            counts[place].update(overdue=cases)
            oldest[place] = min(due, oldest.get(place, due))
    order = list(Stage)
    return tuple(
        Overdue(
            *place,
            waited_for(place[1]),
            counts[place]["waiting"],
            counts[place]["overdue"],
            oldest.get(place),
            counts[place]["without_day"],
        )
        for place in sorted(counts, key=lambda place: (place[0], order.index(place[1])))
    )
