"""The trainings of a person, a line each: cases of this register at any stage, and what lists and offices tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select as selected
from sqlmodel import col, select

from db.models import Case, Enrolment, OfflineResult, PaymentLine, PaymentOutcome, Recovery, Stage
from pxtui.casework.exchange.told_trainings import ToldTraining
from pxtui.casework.lifecycle.cases import CaseSummary, summary
from pxtui.casework.lifecycle.moves import COUNTS_AS_PAID, HOLDING, OPEN, OPENING_GRANTED, SETTLED
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.profiles.places import NOBODY_KNOWS, PlacesOfYear
from pxtui.policy.facts import Delivery
from pxtui.policy.subsidy import yuan

_CLAIM = "claim"
UNKNOWN_MONEY = "不详"
"""Of money that another one paid: a list says that, not how much."""


@dataclass(frozen=True, slots=True)
class EnrolledRow:
    """A row of a roster with its case. Number and phone are in clear."""

    case: Case
    application: str
    name: str
    phone: str
    phone_key: bytes | None
    approved: bool | None
    left_on: date | None
    offline: OfflineResult | None
    is_seen: bool
    """The acting person sees the case; of others it shows the days, the occupation and the office."""


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """A training. Both days are inclusive."""

    source: str
    """The case as printed, the list, or the other office."""
    number: str
    """Of the case, to be opened; empty: there is none that the acting person sees."""
    stage: Stage | None
    what: str
    """Occupation and level: 焊工五级."""
    starts_on: date
    ends_on: date | None
    """None: not ended."""
    manner: str
    """线上 or 线下."""
    firm: str
    """Of a case that is not seen the office."""
    state: str
    """What became of it, for this person: 已拨付, 录入中, 未获批准."""
    money: str
    """What was paid for this person, in yuan, with the day; 不详 where a list says that it was; else empty."""
    takes_place: bool
    """It takes one of the places of its year."""
    is_open: bool = False
    """Nobody has decided yet whether it will take one."""
    freed_by: str = ""
    """What would free that place, in Chinese."""

    @property
    def place(self) -> str:
        """占用, 待定 where nobody has decided, or empty."""
        return "占用" if self.takes_place else "待定" if self.is_open else ""


def rows_of(context: Context, keys: Sequence[bytes]) -> list[EnrolledRow]:
    """The rows under these look-up keys in the rosters of all offices, the newest case first."""
    wanted = (
        selected(Enrolment, Case, OfflineResult)
        .join(Case, col(Case.id) == col(Enrolment.case_id))
        .outerjoin(OfflineResult, col(OfflineResult.enrolment_id) == col(Enrolment.id))
        .where(col(Enrolment.id_key).in_(keys))
        .order_by(col(Case.starts_on).desc(), col(Case.id).desc(), col(Enrolment.id).desc())
    )
    return [
        EnrolledRow(
            case=case,
            application=row.application,
            name=row.name,
            phone=row.unseal(context.vault, "phone"),
            phone_key=row.phone_key,
            approved=row.approved,
            left_on=row.left_on,
            offline=offline,
            is_seen=sees(context, case.office_code),
        )
        for row, case, offline in context.session.execute(wanted)
    ]


def sees(context: Context, office_code: str) -> bool:
    """Whether the acting person sees the cases of an office."""
    return not roles.is_of_another_office(context, office_code) or roles.sees_all_offices(context)


def training_lines(
    context: Context, rows: Sequence[EnrolledRow], told: Iterable[ToldTraining], years: Iterable[PlacesOfYear]
) -> tuple[TrainingLine, ...]:
    """A line a case and a line a telling, the newest first.

    Args:
        told: what is known of the person, the own cases that count among it.
        years: the places that they take.
    """
    freed_by = {
        (place.starts_on, source): place.freed_by for year in years for place in year.taken for source in place.sources
    }
    told = list(told)
    counted = {training.source for training in told if training.is_own_case}
    money = _Money.of(context, {row.case.id for row in rows})
    by_case: dict[int, EnrolledRow] = {}
    for row in rows:
        if row.case.id not in by_case or _tells_more(row, by_case[row.case.id]):
            by_case[row.case.id] = row
    lines = [_of_case(context, row, money, counted) for row in by_case.values()]
    lines += [_of_telling(training) for training in told if not training.is_own_case]
    lines = [replace(line, freed_by=freed_by.get((line.starts_on, line.source), "")) for line in lines]
    return tuple(sorted(lines, key=lambda line: (line.starts_on, line.source), reverse=True))


def _tells_more(row: EnrolledRow, other: EnrolledRow) -> bool:
    """The claim's roster where it was decided on, else the opening's, says what became of a person."""
    is_decided = row.case.stage in SETTLED or not row.case.opening_roster_known
    return (row.application == _CLAIM) is is_decided and row.application != other.application


@dataclass(frozen=True, slots=True)
class _Money:
    """When the claims were paid, and which have money back."""

    paid_on: dict[int, date | None]
    returned: set[int]

    @classmethod
    def of(cls, context: Context, case_ids: set[int]) -> "_Money":
        lines = selected(col(PaymentLine.case_id), col(PaymentLine.answered_on)).where(
            col(PaymentLine.case_id).in_(case_ids), col(PaymentLine.outcome) == PaymentOutcome.PAID
        )
        back = select(Recovery.case_id).where(
            col(Recovery.case_id).in_(case_ids), col(Recovery.returned_on).is_not(None)
        )
        paid_on: dict[int, date | None] = {}
        paid_on.update((case_id, day) for case_id, day in context.session.execute(lines))
        return cls(paid_on, set(context.session.exec(back)))


def _of_case(context: Context, row: EnrolledRow, money: _Money, counted: set[str]) -> TrainingLine:
    case, told = row.case, summary(context, row.case)
    is_offline = row.offline is not None or case.stage is Stage.TRANSFERRED
    return TrainingLine(
        source=case.display_number,
        number=case.number if row.is_seen else "",
        stage=case.stage if row.is_seen else None,
        what=told.occupation,
        starts_on=case.starts_on,
        ends_on=case.ends_on,
        manner="转线下" if is_offline else "线上",
        firm=case.applicant_name if row.is_seen else told.office,
        state=_state(context, row, told) if row.is_seen else "",
        money=_paid(row, money) if row.is_seen else "",
        takes_place=case.display_number in counted,
        is_open=case.stage in OPEN - HOLDING,
    )


def _state(context: Context, row: EnrolledRow, told: CaseSummary) -> str:
    if row.left_on is not None:
        return f"{row.left_on:%m-%d}退出"
    is_decided = row.case.stage in OPENING_GRANTED | SETTLED
    if is_decided and row.approved is False:
        return "未获批准"
    return told.stage_name_on(context.today)


def _paid(row: EnrolledRow, money: _Money) -> str:
    """In yuan: every person of a claim gets the same."""
    case, offline = row.case, row.offline
    if offline is not None and offline.paid_on is not None:
        return (
            f"{yuan(offline.amount_fen)} {offline.paid_on:%m-%d}" if offline.amount_fen is not None else UNKNOWN_MONEY
        )
    if case.id not in money.paid_on or not row.approved or not case.approved_heads:
        return "拨付中" if case.stage in COUNTS_AS_PAID and row.approved else ""
    day = money.paid_on[case.id]
    each = yuan((case.approved_total_fen or 0) // case.approved_heads)
    back = "（有退回）" if case.id in money.returned else ""
    return f"{each}{f' {day:%Y-%m-%d}' if day else ''}{back}"


def _of_telling(told: ToldTraining) -> TrainingLine:
    return TrainingLine(
        source=told.source or NOBODY_KNOWS,
        number="",
        stage=None,
        what=f"{told.occupation}{told.level_name if told.level else ''}",
        starts_on=told.starts_on,
        ends_on=told.ends_on,
        manner="线上" if told.delivery == Delivery.ONLINE else "线下",
        firm="",
        state="没有补贴" if not told.subsidised else "已拨付" if told.paid else "没有拨付",
        money=UNKNOWN_MONEY if told.subsidised and told.paid else "",
        takes_place=told.subsidised and not told.is_for_one_case,
    )
