"""Everything that the page, the command and the workbook of the supervision show, asked for in one go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlmodel import col, func, select

from db.models import Case, PaymentLine, PaymentOutcome
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.payment import funds
from pxtui.casework.payment.funds import Source
from pxtui.casework.supervision.case_sums import CaseSums, case_sums
from pxtui.casework.supervision.flows import Flows, flows
from pxtui.casework.supervision.overdue import Overdue, overdue
from pxtui.casework.supervision.query import Query, require_look
from pxtui.casework.supervision.step_days import StepDays, step_days
from pxtui.progress import Watch

Part = TypeVar("Part")

_MOST_BOUNCES = 30
_PARTS = 6


@dataclass(frozen=True, slots=True)
class Bounces:
    """Payments that the bank sent back for one reason, in its words."""

    reason: str
    payments: int
    fen: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of a query as the register says on a day."""

    query: Query
    query_in_words: str
    asked_on: date
    office: str
    """Who asks: the acting person's office."""
    sums: CaseSums
    flows: Flows
    days: tuple[StepDays, ...]
    overdue: tuple[Overdue, ...]
    bounces: tuple[Bounces, ...]
    """The most frequent ones."""
    funds: tuple[Source, ...]
    """Of the whole register, whatever is asked for: a fund pays for all offices."""


def statistics(context: Context, query: Query, watch: Watch) -> Statistics:
    """The statistics, in a fixed number of statements, each of them a sum by the database.

    Raises:
        NotAllowed: where duties are apart, the acting person neither answers for the office nor looks on.
        Cancelled: `watch` says so.
    """
    require_look(context)
    watch.done, watch.total = 0, _PARTS

    def part(asked: Callable[[], Part]) -> Part:
        watch.check()
        found = asked()
        watch.done += 1
        return found

    notice = context.rulebook.latest
    return Statistics(
        query,
        query.in_words(notice),
        context.today,
        notice.office(context.office).short_name,
        part(lambda: case_sums(context, query)),
        part(lambda: flows(context, query)),
        part(lambda: step_days(context, query)),
        part(lambda: overdue(context, query)),
        part(lambda: _bounces(context, query)),
        part(lambda: funds.funds(context)),
    )


def _bounces(context: Context, query: Query) -> tuple[Bounces, ...]:
    count, fen = func.count(), func.sum(PaymentLine.amount_fen)
    wanted = (
        select(PaymentLine.reference, count, fen)
        .join(Case, col(Case.id) == col(PaymentLine.case_id))
        .where(col(PaymentLine.outcome) == PaymentOutcome.BOUNCED, *query.conditions)
        .where(*roles.of_seen_offices(context, Case.office_code))
        .group_by(col(PaymentLine.reference))
        .order_by(count.desc(), col(PaymentLine.reference))
        .limit(_MOST_BOUNCES)
    )
    return tuple(
        Bounces(reason or "未填", int(many), int(total)) for reason, many, total in context.session.exec(wanted)
    )
