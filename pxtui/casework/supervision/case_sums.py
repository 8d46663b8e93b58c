"""Cases, people, hours and money by seven dimensions, summed by the database in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import String, cast, literal, union_all
from sqlalchemy import case as where
from sqlmodel import col, func, select

from db.models import Case, Enrolment, ItemOutcome, PaymentLine, PaymentOutcome, PublicityItem, Recovery, Stage
from pxtui.casework.lifecycle.moves import SETTLED
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.supervision.query import Dimension, Query
from pxtui.policy.facts import ApplicationKind, Level, Size

_ALL = "all"
_ORDERS: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.STAGE: tuple(stage.value for stage in Stage),
    Dimension.LEVEL: tuple(level.value for level in Level),
    Dimension.SIZE: tuple(size.value for size in Size),
}
_BY_VALUE = frozenset({Dimension.OFFICE, Dimension.MONTH})


@dataclass(slots=True)
class Sums:
    """What some cases come to; money in fen."""

    cases: int = 0
    enrolled: int = 0
    """Rows of the rosters of their openings."""
    heads: int = 0
    """People for whom a claim was granted."""
    hours: Decimal = Decimal(0)
    """Hours of the course, for each person for whom it was granted (人·学时)."""
    asked_fen: int = 0
    """As claimed at the hand-in."""
    deducted_fen: int = 0
    """From what was claimed to what was granted, of granted claims."""
    approved_fen: int = 0
    published_fen: int = 0
    """By the newest publication of a claim that was not withdrawn."""
    paid_fen: int = 0
    bounced_fen: int = 0
    recovered_fen: int = 0

    def add(self, numbers: Mapping[str, int], hours: Decimal) -> None:
        """Add what cases of one length of course come to."""
        for name, number in numbers.items():
            setattr(self, name, getattr(self, name) + number)
        self.hours += hours * numbers["heads"]


COUNTED = tuple(field.name for field in fields(Sums) if field.name != "hours")
"""The integers among them."""


@dataclass(frozen=True, slots=True)
class Group:
    """The cases that have one value of a dimension; empty: it is not stated."""

    value: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class CaseSums:
    """All cases that were asked for, whole and by each dimension."""

    total: Sums
    by: Mapping[Dimension, tuple[Group, ...]]


def case_sums(context: Context, query: Query) -> CaseSums:
    """The sums of the cases that a query means, of the offices that the acting person sees."""
    facts = _facts(context, query)
    parts: list[Any] = [_grouped(facts, _ALL, literal(""))]
    parts += [_grouped(facts, dimension.name, facts.c[dimension.name]) for dimension in Dimension]
    found: defaultdict[str, defaultdict[str, Sums]] = defaultdict(lambda: defaultdict(Sums))
    for name, value, hours, *numbers in context.session.connection().execute(union_all(*parts)):
        # A sum comes from PostgreSQL as a Decimal.
        counted = dict(zip(COUNTED, map(int, numbers), strict=True))
        found[name][value or ""].add(counted, Decimal(hours))
    by = {dimension: tuple(_in_order(dimension, found[dimension.name])) for dimension in Dimension}
    return CaseSums(found[_ALL][""], by)


def _facts(context: Context, query: Query) -> Any:
    """A row a case: its value of each dimension, the hours of its course, and what it adds to each sum."""
    paid, published, recovered, enrolled = _payments(), _publications(), _recoveries(), _rosters()
    is_granted = col(Case.stage).in_(SETTLED)
    claimed, approved = (func.coalesce(column, 0) for column in (Case.claimed_total_fen, Case.approved_total_fen))
    granted = where((is_granted, approved), else_=0)
    by = {
        Dimension.OFFICE: Case.office_code,
        Dimension.MONTH: func.substr(cast(col(Case.opening_received_on), String), 1, 7),
        Dimension.STAGE: cast(col(Case.stage), String),
        Dimension.OCCUPATION: Case.occupation,
        Dimension.LEVEL: Case.level,
        Dimension.PLATFORM: Case.platform,
        Dimension.SIZE: Case.size,
    }
    sums = {
        "cases": literal(1),
        "enrolled": func.coalesce(enrolled.c.heads, 0),
        "heads": where((is_granted, func.coalesce(Case.approved_heads, 0)), else_=0),
        "asked_fen": claimed,
        "deducted_fen": where((is_granted & col(Case.claimed_total_fen).is_not(None), claimed - approved), else_=0),
        "approved_fen": granted,
        "published_fen": func.coalesce(published.c.fen, 0),
        "paid_fen": func.coalesce(paid.c.paid, 0),
        "bounced_fen": func.coalesce(paid.c.bounced, 0),
        "recovered_fen": func.coalesce(recovered.c.fen, 0),
    }
    columns: list[Any] = [cast(column, String).label(dimension.name) for dimension, column in by.items()]
    columns += [cast(col(Case.course_hours), String).label("course_hours")]
    columns += [column.label(name) for name, column in sums.items()]
    of_cases = select(*columns).select_from(Case)
    for joined in (paid, published, recovered, enrolled):
        of_cases = of_cases.outerjoin(joined, joined.c.case_id == Case.id)
    seen = roles.of_seen_offices(context, Case.office_code)
    return of_cases.where(*query.conditions, *seen).cte("facts")


def _grouped(facts: Any, name: str, value: Any) -> Any:
    sums = (func.sum(facts.c[name_of_sum]) for name_of_sum in COUNTED)
    grouped = select(literal(name), value.label("value"), facts.c.course_hours, *sums)
    by = (facts.c.course_hours,) if name == _ALL else (value, facts.c.course_hours)
    return grouped.group_by(*by)


def _payments() -> Any:
    def answered(outcome: PaymentOutcome) -> Any:
        return func.sum(where((col(PaymentLine.outcome) == outcome, PaymentLine.amount_fen), else_=0))

    paid, bounced = answered(PaymentOutcome.PAID).label("paid"), answered(PaymentOutcome.BOUNCED).label("bounced")
    return select(PaymentLine.case_id, paid, bounced).group_by(col(PaymentLine.case_id)).subquery("payments")


def _publications() -> Any:
    newest = select(func.max(PublicityItem.id)).group_by(col(PublicityItem.case_id))
    return (
        select(PublicityItem.case_id, col(PublicityItem.total_fen).label("fen"))
        .where(col(PublicityItem.id).in_(newest), col(PublicityItem.outcome) != ItemOutcome.WITHDRAWN)
        .subquery("publications")
    )


def _recoveries() -> Any:
    fen = func.sum(Recovery.amount_fen).label("fen")
    returned = select(Recovery.case_id, fen).where(col(Recovery.returned_on).is_not(None))
    return returned.group_by(col(Recovery.case_id)).subquery("recoveries")


def _rosters() -> Any:
    rows = select(Enrolment.case_id, func.count().label("heads"))
    of_openings = rows.where(col(Enrolment.application) == ApplicationKind.OPENING.value)
    return of_openings.group_by(col(Enrolment.case_id)).subquery("rosters")


def _in_order(dimension: Dimension, found: Mapping[str, Sums]) -> Iterable[Group]:
    """Offices and months by their codes, what has an order of its own in that, all else by its weight."""

    def place(value: str) -> tuple[int, int, str]:
        order = _ORDERS.get(dimension, ())
        if dimension in _BY_VALUE or not value:
            return int(not value), 0, value
        return 0, order.index(value) if value in order else len(order) - (0 if order else found[value].cases), value

    return [Group(value, found[value]) for value in sorted(found, key=place)]
