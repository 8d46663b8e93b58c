"""Daily and monthly ledgers (日报, 月报): the cases that the office handled in the period, its money, and sums.

Counted from the journal: a ledger that is made again says what the issued one said, whatever became of the cases.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sqlmodel import select

from db.models import Act, Case, DayOf, Fund
from pxtui.casework.lifecycle.stated_days import MARK
from pxtui.casework.office.context import Context
from pxtui.casework.payment.movements import Balance, balances
from pxtui.casework.printed.asking import Content, letter
from pxtui.casework.printed.ledger_money import money_lines
from pxtui.casework.printed.ledger_steps import NAMES, HandledCase, Step, counts_of_money, handled
from pxtui.papers.writing.capital_numerals import in_capitals
from pxtui.papers.writing.wording import Filling, Money, day_of_month
from pxtui.policy import facts, words
from pxtui.policy.facts import ApplicationKind

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
_AMOUNTS = {"amount": "granted_fen", "paid": "paid_fen", "bounced": "bounced_fen", "recovered": "recovered_fen"}
"""Columns of the sums by the name under which their fen are counted."""
_STEPS = ("accepted", "first_checked", "second_checked", "deducted")
_PAIRS = ("taken_back", "published", "paid", "bounced", "recovered")
"""Of these the text says both how many and how much."""
_NO_SIZE = "未填规模"
_NO_FUND = "未核定补贴"
_DECISIONS = {Act.CASE_APPROVE: "同意", Act.CASE_REFUSE: "不予", Act.CASE_WITHDRAW: "撤回"}

_Line = dict[str, Filling]


@dataclass(frozen=True)
class OfficeAsking:
    """A request for a paper about the whole office and a period, both days included."""

    context: Context
    first: date
    last: date
    case: None = None
    """None, because the paper is about no single case."""


def one_day(day: date) -> tuple[date, date]:
    """The first and last day of a daily ledger."""
    return day, day


def one_month(day: date) -> tuple[date, date]:
    """The first and last day of the month in which `day` lies."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def ledger(form: str, asking: OfficeAsking) -> Content:
    """The 日报 or 月报 (`form`) of the period that is asked for."""
    context = asking.context
    cases = handled(context, asking.first, asking.last)
    sums = _sums(cases)
    values: dict[str, Filling] = {name: sums[name] for name in (*_COUNTS, *_STEPS)}
    values |= {f"{name}_count": sums[name] for name in _PAIRS}
    values |= {f"{name}_amount": Money(sums[f"{name}_fen"]) for name in _PAIRS}
    values |= {
        "amount": Money(sums["granted_fen"]),
        "capitals": in_capitals(sums["granted_fen"]),
        "ledger_day": asking.first,
        "month": f"{asking.first.year}年{asking.first.month}月",
        "office_name": context.rulebook.latest.office(context.office).name,
        "officer": context.clerk,
    }
    groups = [
        *_grouped(cases, "受理部门", partial(_office, context)),
        *_grouped(cases, "职业（工种）", lambda case: case.occupation),
        *_grouped(cases, "企业规模", _size),
        *_in_groups("资金来源", _by_fund(context, cases)),
        {"group": "合计", **_shown(sums)},
    ]
    return letter(
        form,
        values,
        cases=[_line(context, seq, case) for seq, case in enumerate(cases, start=1)],
        money=money_lines(context, cases),
        sums=groups,
        funds=_fund_lines(balances(context, asking.first, asking.last)),
    )


def _by_fund(context: Context, cases: Iterable[HandledCase]) -> Iterator[tuple[str, Counter[str]]]:
    """What each case adds to the sums of a fund, by the fund's name.

    The case and its grant are counted under the fund of its newest payment, before a payment under that of the notice;
    each movement of money under the fund that paid it.
    """
    names = {fund.code: fund.name for fund in context.session.exec(select(Fund))}
    for found in cases:
        own = found.fund_code
        of_other_funds = [movement for movement in found.movements if movement.fund_code != own]
        rest = found
        if of_other_funds:
            of_own = tuple(movement for movement in found.movements if movement.fund_code == own)
            rest = replace(found, movements=of_own)
        if own:
            yield names[own], rest.counts
        else:
            of_notice = context.rulebook.for_class_starting(found.case.starts_on).fund
            yield of_notice if found.counts["granted"] else _NO_FUND, rest.counts
        for movement in of_other_funds:
            yield names[movement.fund_code], counts_of_money((movement,))


def _sums(cases: Iterable[HandledCase]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for handled_case in cases:
        sums.update(handled_case.counts)
    return sums


def _grouped(cases: Iterable[HandledCase], group: str, name_of: Callable[[Case], str]) -> list[_Line]:
    """A line of sums for each name, in the order of the names."""
    return _in_groups(group, ((name_of(found.case), found.counts) for found in cases))


def _in_groups(group: str, parts: Iterable[tuple[str, Counter[str]]]) -> list[_Line]:
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, counts in parts:
        sums[name].update(counts)
    return [{"group": group, "name": name, **_shown(sums[name])} for name in sorted(sums)]


def _shown(sums: Counter[str]) -> _Line:
    counted: _Line = {name: sums[name] for name in _COUNTS}
    return counted | {name: Money(sums[fen]) for name, fen in _AMOUNTS.items()}


def _fund_lines(found: list[Balance]) -> list[_Line]:
    """A line for each fund and one for all; empty where there is none."""
    lines: list[_Line] = [{"name": fund.name, "code": fund.code, **_balance(fund)} for fund in found]
    if not found:
        return []
    total: Counter[str] = Counter()
    for fund in found:
        total.update(_fen_of(fund))
    return [*lines, {"name": "合计", **{name: Money(fen) for name, fen in total.items()}}]


def _balance(fund: Balance) -> _Line:
    return {name: Money(fen) for name, fen in _fen_of(fund).items()}


def _fen_of(fund: Balance) -> dict[str, int]:
    return {
        "opening": fund.opening_fen,
        "added": fund.added_fen,
        "paid": fund.paid_fen,
        "bounced": fund.bounced_fen,
        "recovered": fund.recovered_fen,
        "closing": fund.closing_fen,
        "on_its_way": fund.on_its_way_fen,
        "free": fund.free_fen,
    }


def _line(context: Context, seq: int, found: HandledCase) -> _Line:
    case, counts = found.case, found.counts
    is_granted = bool(counts["granted"])
    return {
        "seq": seq,
        "case_number": case.display_number,
        "applicant_name": case.applicant_name,
        "office": _office(context, case),
        "trade": case.occupation,
        "size": _size(case),
        "received": "" if found.received_on is None else _received(found, found.received_on, DayOf.OPENING_RECEIVED),
        "opening": _decisions(found.of(ApplicationKind.OPENING)),
        "claimed": "\n".join(_received(found, day, DayOf.CLAIM_RECEIVED) for day in found.claimed_on),
        "claim": _decisions(found.of(ApplicationKind.CLAIM)),
        "returned": counts["returned"] or None,
        "others": "、".join(_step(act, times) for act, times in found.other_steps.items()),
        "heads": counts["heads"] if is_granted else None,
        "amount": Money(counts["granted_fen"]) if is_granted else None,
    }


def _step(act: Act, times: int) -> str:
    return f"{NAMES[act]}{times}次" if times > 1 else NAMES[act]


def _decisions(steps: Iterable[Step]) -> str:
    return "\n".join(f"{_DECISIONS[step.act]}\n{day_of_month(step.day)}" for step in steps)


def _received(found: HandledCase, day: date, what: DayOf) -> str:
    return f"{day_of_month(day)}{MARK if what in found.stated_days else ''}"


def _office(context: Context, case: Case) -> str:
    return context.rulebook.latest.office(case.office_code).short_name


def _size(case: Case) -> str:
    return words.SIZES[facts.Size(case.size)] if case.size else _NO_SIZE
