"""Working days from step to step, against those that the office promised; counted in the database by pairs of days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import literal, union_all
from sqlmodel import col, func, select

from db.models import Case, ItemOutcome, PaymentBatch, PaymentLine, PaymentOutcome, PublicityBatch, PublicityItem
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.office.settings import settings_for
from pxtui.casework.supervision.query import Query
from pxtui.policy.working_days import CalendarMissing, WorkingDays

_NINE_OF_TEN = 90
_ONE_DAY = timedelta(days=1)


class Way(Enum):
    """From which day to which; the value is its name in Chinese."""

    OPENING = "开班：收件到决定"
    CLAIMING = "企业：结束到申请"
    CLAIM = "补贴：收件到决定"
    PUBLISHING = "决定到公示"
    ORDERING = "公示到编制拨付"
    PAYING = "编制拨付到银行付讫"


_PROMISED = {Way.OPENING: "opening_days", Way.CLAIM: "claim_days"}


@dataclass(frozen=True, slots=True)
class StepDays:
    """How long a way took, in working days; a correction by the applicant counts along."""

    way: Way
    cases: int
    typical: int
    """Half of the cases took at most so long; `most` the longest."""
    nine_of_ten: int
    most: int
    promised: int | None
    """What the offices promise, where all of them promise the same; None: nobody promises it, or they differ."""
    longer: int | None
    """How many took longer than their office promises; None: nobody promises it."""
    uncounted: int
    """Cases whose days fall into a year without a calendar, or lie the wrong way round."""


def step_days(context: Context, query: Query) -> tuple[StepDays, ...]:
    """How long each way took, of the offices that the acting person sees; ways that no case went are left out."""
    pairs: defaultdict[Way, list[tuple[str, date, date, int]]] = defaultdict(list)
    for name, office, began, ended, cases in context.session.connection().execute(_statement(context, query)):
        pairs[Way[name]].append((office, began, ended, int(cases)))
    found = [*(pair for many in pairs.values() for pair in many)]
    count = WorkingDayCount(context.working_days, (day for pair in found for day in pair[1:3]))
    offices = {pair[0] for pair in found}
    promises = {office: settings_for(context, office) for office in offices}
    return tuple(
        _of_way(way, pairs[way], count, {o: getattr(promises[o], _PROMISED[way]) for o in offices})
        if way in _PROMISED
        else _of_way(way, pairs[way], count, {})
        for way in Way
        if way in pairs
    )


class WorkingDayCount:
    """Working days between two days, each year of the calendar read once."""

    def __init__(self, calendar: WorkingDays, days: Iterable[date]) -> None:
        """`days`: those that will be asked for."""
        wanted = set(days)
        self._before: dict[date, int] = {}
        self._unknown = {day.year for day in wanted if not calendar.knows(day.year)}
        counted = sorted(wanted)
        if not counted:
            return
        day, number = counted[0], 0
        while day <= counted[-1]:
            try:
                number += calendar.is_working_day(day)
            except CalendarMissing:
                self._unknown.add(day.year)
            self._before[day] = number
            day += _ONE_DAY

    def between(self, began: date, ended: date) -> int | None:
        """The working days after `began` up to `ended`; None: a year between has no calendar, or it ended before."""
        if ended < began or any(began.year <= year <= ended.year for year in self._unknown):
            return None
        return self._before[ended] - self._before[began]


def _of_way(
    way: Way,
    pairs: Iterable[tuple[str, date, date, int]],
    count: WorkingDayCount,
    promises: Mapping[str, int],
) -> StepDays:
    days: Counter[int] = Counter()
    longer = uncounted = 0
    for office, began, ended, cases in pairs:
        took = count.between(began, ended)
        if took is None:
            uncounted += cases
            continue
        days[took] += cases
        longer += cases if promises and took > promises[office] else 0
    promised = next(iter(promises.values())) if len(set(promises.values())) == 1 else None
    at = _places(days)
    return StepDays(way, days.total(), *at, promised, longer if promises else None, uncounted)


def _places(days: Counter[int]) -> tuple[int, int, int]:
    """The median, the ninth tenth and the most."""
    total, seen = days.total(), 0
    wanted = {-(-total // 2): 0, -(-total * _NINE_OF_TEN // 100): 0}
    for number in sorted(days):
        for place in wanted:
            if seen < place <= seen + days[number]:
                wanted[place] = number
        seen += days[number]
    typical, nine_of_ten = wanted[-(-total // 2)], wanted[-(-total * _NINE_OF_TEN // 100)]
    return typical, nine_of_ten, max(days, default=0)


def _statement(context: Context, query: Query) -> Any:
    seen = (*query.conditions, *roles.of_seen_offices(context, Case.office_code))

    def ways(way: Way, began: Any, ended: Any, source: Any) -> Any:
        columns: tuple[Any, ...] = (literal(way.name), Case.office_code, began, ended, func.count())
        days: Any = select(*columns)
        known = (col(began).is_not(None), col(ended).is_not(None))
        return days.select_from(source).where(*known, *seen).group_by(Case.office_code, began, ended)

    case = Case.__table__  # type: ignore[attr-defined]
    published = case.join(PublicityItem, col(PublicityItem.case_id) == Case.id).join(
        PublicityBatch, col(PublicityBatch.id) == PublicityItem.batch_id
    )
    stands = col(PublicityItem.outcome) != ItemOutcome.WITHDRAWN
    lines = case.join(PaymentLine, col(PaymentLine.case_id) == Case.id)
    paid = lines.join(PaymentBatch, col(PaymentBatch.id) == PaymentLine.batch_id)
    newest = select(PublicityItem.case_id, func.max(PublicityBatch.published_on).label("published_on"))
    newest = newest.join(PublicityBatch, col(PublicityBatch.id) == PublicityItem.batch_id).where(stands)
    last = newest.group_by(col(PublicityItem.case_id)).subquery("last_published")
    ordered = paid.join(last, last.c.case_id == Case.id)
    arrived = col(PaymentLine.outcome) == PaymentOutcome.PAID
    return union_all(
        ways(Way.OPENING, Case.opening_received_on, Case.opening_decided_on, case),
        ways(Way.CLAIMING, Case.ends_on, Case.claim_received_on, case),
        ways(Way.CLAIM, Case.claim_received_on, Case.claim_decided_on, case),
        ways(Way.PUBLISHING, Case.claim_decided_on, PublicityBatch.published_on, published).where(stands),
        ways(Way.ORDERING, last.c.published_on, PaymentBatch.prepared_on, ordered).where(arrived),
        ways(Way.PAYING, PaymentBatch.prepared_on, PaymentLine.answered_on, paid).where(arrived),
    )
