"""Daily and monthly ledgers (日报, 月报): a line for each case that the office handled in the period, and sums."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlmodel import col, func, or_, select

from db.models import Act, Case, DayOf, Fund, JournalEntry, PaymentBatch, PaymentLine, StatedDay
from pxtui.casework.lifecycle.decided import claim_decided_on, opening_decided_on
from pxtui.casework.lifecycle.moves import CLAIM_TURNED_DOWN, OPENING_TURNED_DOWN
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.lifecycle.stated_days import MARK
from pxtui.casework.office.context import Context
from pxtui.casework.printed.asking import Content, letter
from pxtui.clock import CHINA
from pxtui.papers.writing.capital_numerals import in_capitals
from pxtui.papers.writing.wording import Filling
from pxtui.policy import facts, words
from pxtui.policy.subsidy import yuan

_COUNTS = (
    "cases",
    "received",
    "returned",
    "opened",
    "opening_refused",
    "claimed",
    "granted",
    "claim_refused",
    "withdrawn",
    "heads",
)
_NO_SIZE = "未填规模"
_NO_FUND = "未核定补贴"

_Line = dict[str, Filling]


@dataclass(frozen=True)
class OfficeAsking:
    """A request for a paper about the whole office and a period, both days included."""

    context: Context
    first: date
    last: date
    case: None = None
    """None, because the paper is about no single case."""


@dataclass(frozen=True, slots=True)
class _Touched:
    """The events of a case in the period; days are None and counts 0 for events outside it."""

    case: Case
    received_on: date | None
    opening_decided_on: date | None
    claimed_on: date | None
    claim_decided_on: date | None
    returns: int
    withdrawals: int
    stated_days: frozenset[DayOf] = frozenset()
    """The days of it that were stated afterwards."""

    @property
    def counts(self) -> dict[str, int]:
        """The case's contribution to the sums, by name; `fen` is the granted amount."""
        opening_refused = self.opening_decided_on is not None and self.case.stage in OPENING_TURNED_DOWN
        claim_refused = self.claim_decided_on is not None and self.case.stage in CLAIM_TURNED_DOWN
        granted = self.claim_decided_on is not None and not claim_refused
        return {
            "received": int(self.received_on is not None),
            "returned": self.returns,
            "opened": int(self.opening_decided_on is not None and not opening_refused),
            "opening_refused": int(opening_refused),
            "claimed": int(self.claimed_on is not None),
            "granted": int(granted),
            "claim_refused": int(claim_refused),
            "withdrawn": self.withdrawals,
            "heads": (self.case.approved_heads or 0) if granted else 0,
            "fen": (self.case.approved_total_fen or 0) if granted else 0,
        }


def one_day(day: date) -> tuple[date, date]:
    """The first and last day of a daily ledger."""
    return day, day


def one_month(day: date) -> tuple[date, date]:
    """The first and last day of the month in which `day` lies."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def ledger(form: str, asking: OfficeAsking) -> Content:
    """The 日报 or 月报 (`form`) of the period that is asked for."""
    touched = _touched(asking.context, asking.first, asking.last)
    sums = _sums(touched)
    funds = _funds(asking.context, touched)
    values = _shown(sums) | {
        "capitals": in_capitals(sums["fen"]),
        "ledger_day": asking.first,
        "month": f"{asking.first.year}年{asking.first.month}月",
        "office_name": asking.context.rulebook.latest.offices[asking.context.office].name,
        "officer": asking.context.clerk,
    }
    groups = [
        *_grouped(touched, "受理部门", partial(_office, asking.context)),
        *_grouped(touched, "职业（工种）", lambda case: case.occupation),
        *_grouped(touched, "企业规模", _size),
        *_grouped(touched, "资金来源", lambda case: funds.get(case.id, _NO_FUND)),
        {"group": "合计", **_shown(sums)},
    ]
    return letter(
        form, values, cases=[_line(asking.context, seq, item) for seq, item in enumerate(touched, start=1)], sums=groups
    )


def _touched(context: Context, first: date, last: date) -> list[_Touched]:
    """The cases with an event in the period, in the order of their numbers."""
    # By queries over sets: a register of years has thousands of cases that nobody touched.
    acts = _acts(context, first, last)
    dates = (Case.opening_received_on, Case.opening_decided_on, Case.claim_received_on, Case.claim_decided_on)
    dated = or_(*(col(column).between(first, last) for column in dates))
    wanted = select(Case).where(or_(dated, col(Case.id).in_({case_id for case_id, _ in acts})))
    # What was filed by mistake was never received.
    wanted = wanted.where(col(Case.stage) != Stage.VOIDED)
    ordered = wanted.order_by(col(Case.office_code), col(Case.year), col(Case.serial))

    late: defaultdict[int | None, set[DayOf]] = defaultdict(set)
    for row in context.session.exec(select(StatedDay).where(col(StatedDay.day).between(first, last))):
        late[row.case_id].add(row.what)

    def within(day: date | None) -> date | None:
        return day if day is not None and first <= day <= last else None

    found = [
        _Touched(
            case,
            within(case.opening_received_on),
            within(opening_decided_on(case)),
            within(case.claim_received_on),
            within(claim_decided_on(case)),
            acts.get((case.id, Act.CASE_RETURN), 0),
            acts.get((case.id, Act.CASE_WITHDRAW), 0),
            frozenset(late[case.id]),
        )
        for case in context.session.exec(ordered)
    ]
    return [item for item in found if any(item.counts.values())]


def _funds(context: Context, touched: Iterable[_Touched]) -> dict[int, str]:
    """By case id, the name of the fund of each granted claim: its payment's, before a payment the notice's."""
    granted = {
        item.case.id: context.rulebook.for_class_starting(item.case.starts_on).fund
        for item in touched
        if item.counts["granted"]
    }
    paid = (
        select(PaymentLine.case_id, Fund.name)
        .join(PaymentBatch, col(PaymentBatch.id) == PaymentLine.batch_id)
        .join(Fund, col(Fund.code) == PaymentBatch.fund_code)
        .where(col(PaymentLine.case_id).in_(granted))
        .order_by(col(PaymentLine.id))
    )
    return granted | dict(context.session.exec(paid).all())


def _acts(context: Context, first: date, last: date) -> dict[tuple[int | None, str], int]:
    """By case id and act, the counts of returns and withdrawals in the period, from the journal."""
    begins, ends = (datetime.combine(day, time(), CHINA) for day in (first, last + timedelta(days=1)))
    counted = (
        select(JournalEntry.case_id, JournalEntry.action, func.count())
        .where(col(JournalEntry.action).in_((Act.CASE_RETURN, Act.CASE_WITHDRAW)))
        .where(col(JournalEntry.at) >= begins, col(JournalEntry.at) < ends)
        .group_by(col(JournalEntry.case_id), col(JournalEntry.action))
    )
    return {(case_id, action): count for case_id, action, count in context.session.exec(counted)}


def _sums(touched: Iterable[_Touched]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for item in touched:
        sums.update(item.counts)
        sums["cases"] += 1
    return sums


def _grouped(touched: Iterable[_Touched], group: str, name_of: Callable[[Case], str]) -> list[_Line]:
    """A line of sums for each name, in the order of the names."""
    parts: defaultdict[str, list[_Touched]] = defaultdict(list)
    for item in touched:
        parts[name_of(item.case)].append(item)
    return [{"group": group, "name": name, **_shown(_sums(parts[name]))} for name in sorted(parts)]


def _shown(sums: Counter[str]) -> dict[str, Filling]:
    return {name: sums[name] for name in _COUNTS} | {"amount": yuan(sums["fen"])}


def _line(context: Context, seq: int, touched: _Touched) -> _Line:
    case, counts = touched.case, touched.counts
    opening = "不予" if counts["opening_refused"] else "同意" if counts["opened"] else ""
    claim = "不予" if counts["claim_refused"] else "同意" if counts["granted"] else ""
    return {
        "seq": seq,
        "case_number": case.display_number,
        "applicant_name": case.applicant_name,
        "office": _office(context, case),
        "trade": case.occupation,
        "size": _size(case),
        "received": _received(touched, touched.received_on, DayOf.OPENING_RECEIVED),
        "opening": "撤回" if counts["withdrawn"] else f"{opening}{_day(touched.opening_decided_on)}",
        "claimed": _received(touched, touched.claimed_on, DayOf.CLAIM_RECEIVED),
        "claim": f"{claim}{_day(touched.claim_decided_on)}",
        "returned": counts["returned"] or None,
        "heads": counts["heads"] if counts["granted"] else None,
        "amount": yuan(counts["fen"]) if counts["granted"] else None,
    }


def _received(touched: _Touched, day: date | None, what: DayOf) -> str:
    return f"{_day(day)}{MARK}" if day is not None and what in touched.stated_days else _day(day)


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%m-%d}"


def _office(context: Context, case: Case) -> str:
    return context.rulebook.latest.offices[case.office_code].short_name


def _size(case: Case) -> str:
    return words.SIZES[facts.Size(case.size)] if case.size else _NO_SIZE
