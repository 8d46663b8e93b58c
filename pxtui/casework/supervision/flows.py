"""What was received, decided, published, paid and returned by office and month, each counted on its own day."""

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import String, cast, literal, union_all
from sqlmodel import col, func, select

from db.models import (
    Case,
    ItemOutcome,
    PaymentLine,
    PaymentOutcome,
    PublicityBatch,
    PublicityItem,
    Recovery,
    Stage,
)
from pxtui.casework.lifecycle.moves import OPENING_GRANTED, SETTLED
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.supervision.query import Query


class Flow(Enum):
    """What happened; the value is its name in Chinese."""

    RECEIVED = "开班收件"
    OPENED = "同意开班"
    REFUSED = "不予开班"
    CLAIMED = "补贴收件"
    GRANTED = "同意补贴"
    CLAIM_REFUSED = "不予补贴"
    PUBLISHED = "公示"
    PAID = "拨付"
    BOUNCED = "退票"
    RECOVERED = "追回"


HAS_HEADS = frozenset({Flow.GRANTED, Flow.PUBLISHED, Flow.PAID})
HAS_MONEY = frozenset({Flow.CLAIMED, Flow.GRANTED, Flow.PUBLISHED, Flow.PAID, Flow.BOUNCED, Flow.RECOVERED})


@dataclass(slots=True)
class Moved:
    """How many cases, people and fen."""

    cases: int = 0
    heads: int = 0
    fen: int = 0

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(self.cases + other.cases, self.heads + other.heads, self.fen + other.fen)


Flows = dict[tuple[str, str], dict[Flow, Moved]]
"""By office and month (2020-03)."""


def flows(context: Context, query: Query) -> Flows:
    """What happened in each month, as the register says now, of the offices that the acting person sees."""
    found: defaultdict[tuple[str, str], dict[Flow, Moved]] = defaultdict(dict)
    for name, office, month, cases, heads, fen in context.session.connection().execute(_statement(context, query)):
        found[office, month][Flow[name]] = Moved(int(cases), int(heads), int(fen))
    return dict(found)


def _statement(context: Context, query: Query) -> Any:
    seen = (*query.conditions, *roles.of_seen_offices(context, Case.office_code))

    def days(flow: Flow, day: Any, heads: Any, fen: Any, *conditions: Any) -> Any:
        month = func.substr(cast(day, String), 1, 7)
        sums = (func.sum(func.coalesce(column, 0)) for column in (heads, fen))
        counted = select(literal(flow.name), Case.office_code, month, func.count(), *sums)
        return counted.where(col(day).is_not(None), *conditions, *seen).group_by(Case.office_code, month)

    none = literal(0)
    published = days(Flow.PUBLISHED, PublicityBatch.published_on, PublicityItem.heads, PublicityItem.total_fen)
    published = published.join(PublicityItem, col(PublicityItem.case_id) == Case.id)
    published = published.join(PublicityBatch, col(PublicityBatch.id) == PublicityItem.batch_id)

    def answered(flow: Flow, outcome: PaymentOutcome, heads: Any) -> Any:
        lines = days(flow, PaymentLine.answered_on, heads, PaymentLine.amount_fen)
        return lines.join(PaymentLine, col(PaymentLine.case_id) == Case.id).where(col(PaymentLine.outcome) == outcome)

    stage, decided, claimed = col(Case.stage), Case.opening_decided_on, Case.claim_decided_on
    recovered = days(Flow.RECOVERED, Recovery.returned_on, none, Recovery.amount_fen)
    return union_all(
        days(Flow.RECEIVED, Case.opening_received_on, none, none),
        days(Flow.OPENED, decided, none, none, stage.in_(OPENING_GRANTED)),
        days(Flow.REFUSED, decided, none, none, stage == Stage.REFUSED),
        days(Flow.CLAIMED, Case.claim_received_on, none, Case.claimed_total_fen),
        days(Flow.GRANTED, claimed, Case.approved_heads, Case.approved_total_fen, stage.in_(SETTLED)),
        days(Flow.CLAIM_REFUSED, claimed, none, none, stage == Stage.CLAIM_REFUSED),
        published.where(col(PublicityItem.outcome) != ItemOutcome.WITHDRAWN),
        answered(Flow.PAID, PaymentOutcome.PAID, Case.approved_heads),
        answered(Flow.BOUNCED, PaymentOutcome.BOUNCED, none),
        recovered.join(Recovery, col(Recovery.case_id) == Case.id),
    )
