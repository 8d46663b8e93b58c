"""Movements of money by the day on which the office entered them, and the balances of its funds on a day.

A line of a payment batch shows what is true of it now. A ledger of a month that is over shows what was entered in it:
it stays as it was issued whatever the bank says later, and every balance begins where the last one ended.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from typing import Any

from sqlmodel import col, func, select

from db.models import Act, Fund, JournalEntry, PaymentBatch, PaymentLine, PaymentOutcome, Recovery
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA


class Kind(Enum):
    """What happened to a payment."""

    ORDERED = auto()
    STOPPED = auto()
    PAID = auto()
    BOUNCED = auto()
    FOUND_PAID = auto()
    """Entered as bounced before; of two answers of the bank the other one is true. The same below."""
    FOUND_BOUNCED = auto()
    RECOVERED = auto()


_ANSWERS = {Act.CASE_PAY: Kind.PAID, Act.CASE_BOUNCE: Kind.BOUNCED, Act.CASE_STOP_PAYMENT: Kind.STOPPED}
_CASES_AT_ONCE = 300
"""In one statement, well below the parameters that any SQLite allows."""
_OF_LINES = (Act.CASE_ORDER_PAYMENT, *_ANSWERS)
_PAID = {Kind.PAID: 1, Kind.FOUND_PAID: 1, Kind.FOUND_BOUNCED: -1}
_BOUNCED = {Kind.BOUNCED: 1, Kind.FOUND_BOUNCED: 1, Kind.FOUND_PAID: -1}
_ON_ITS_WAY = {Kind.ORDERED: 1, Kind.STOPPED: -1, Kind.PAID: -1, Kind.BOUNCED: -1}


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry about money, in fen."""

    entry_id: int
    """Of the journal, in whose order things happened."""
    at: datetime
    """When it was entered."""
    case_id: int
    batch_id: int
    """The payment batch; of a recovery, that by which the money went out."""
    fund_code: str
    kind: Kind
    fen: int
    bank_day: date | None
    """None: the bank has not told, or what it told was corrected since."""
    reference: str

    @property
    def paid_fen(self) -> int:
        """What it adds to the paid total; negative where a payment turned out to have bounced."""
        return self.fen * _PAID.get(self.kind, 0)

    @property
    def bounced_fen(self) -> int:
        """What it adds to the bounced total; negative where a bounce turned out to be a payment."""
        return self.fen * _BOUNCED.get(self.kind, 0)

    @property
    def recovered_fen(self) -> int:
        """What came back."""
        return self.fen if self.kind is Kind.RECOVERED else 0

    @property
    def on_its_way_fen(self) -> int:
        """What it adds to the payments without an answer."""
        return self.fen * _ON_ITS_WAY.get(self.kind, 0)


@dataclass(frozen=True, slots=True)
class Balance:
    """A fund over a period, in fen: what it began with, what was entered, what is left."""

    code: str
    name: str
    opening_fen: int
    added_fen: int
    """What the grant was raised by; negative where it was lowered."""
    paid_fen: int
    bounced_fen: int
    """No part of the balance: a bounced payment is not counted as paid."""
    recovered_fen: int
    on_its_way_fen: int
    """The payments that are without an answer at the end."""

    @property
    def closing_fen(self) -> int:
        """What is left at the end, payments on their way included."""
        return self.opening_fen + self.added_fen - self.paid_fen + self.recovered_fen

    @property
    def free_fen(self) -> int:
        """What is left for new payments at the end."""
        return self.closing_fen - self.on_its_way_fen


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """The moment at which a period begins in China, and that at which it is over."""
    return datetime.combine(first, time(), CHINA), datetime.combine(last + timedelta(days=1), time(), CHINA)


def of_cases(context: Context, case_ids: Iterable[int]) -> list[Movement]:
    """All movements of some cases, the oldest first."""
    found: list[Movement] = []
    ids = sorted(case_ids)
    for start in range(0, len(ids), _CASES_AT_ONCE):
        found += _entered(context, ids[start : start + _CASES_AT_ONCE])
    return sorted(found, key=lambda movement: movement.at)


def cases_moved(context: Context, begins: datetime, ends: datetime | None = None) -> set[int]:
    """The ids of the cases about whose money something was entered from a moment on, or before another one."""
    acts = (*_OF_LINES, Act.PAYMENT_RESOLVE, Act.RECOVERY_SETTLE)
    about = select(JournalEntry.case_id).where(col(JournalEntry.action).in_(acts), col(JournalEntry.at) >= begins)
    if ends is not None:
        about = about.where(col(JournalEntry.at) < ends)
    return {case_id for case_id in context.session.exec(about.distinct()) if case_id is not None}


def standing(context: Context) -> dict[str, Counter[str]]:
    """By the code of a fund what is paid, on its way and back by now, in fen."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    of_lines = (
        select(PaymentBatch.fund_code, PaymentLine.outcome, func.sum(PaymentLine.amount_fen))
        .join(PaymentBatch, col(PaymentBatch.id) == PaymentLine.batch_id)
        .group_by(col(PaymentBatch.fund_code), col(PaymentLine.outcome))
    )
    names: dict[object, str] = {PaymentOutcome.PAID: "paid", None: "on_its_way"}
    for code, outcome, fen in context.session.exec(of_lines):
        if name := names.get(outcome):
            sums[code][name] += int(fen)
    for code, fen in _recovered(context):
        sums[code]["recovered"] += fen
    return sums


def _recovered(context: Context) -> Iterator[tuple[str, int]]:
    """What came back to which fund: of a claim that several funds paid, each fen is one fund's."""
    returned = select(Recovery.case_id).where(col(Recovery.returned_on) >= date.min)
    code = col(PaymentBatch.fund_code)
    of_cases_paid = (
        select(col(PaymentLine.case_id).label("case_id"), func.min(code).label("first"), func.max(code).label("last"))
        .join(PaymentBatch, col(PaymentBatch.id) == PaymentLine.batch_id)
        .where(col(PaymentLine.case_id).in_(returned))
        .group_by(col(PaymentLine.case_id))
        .subquery()
    )
    of_one_fund = (
        select(of_cases_paid.c.first, func.sum(Recovery.amount_fen))
        .join(of_cases_paid, of_cases_paid.c.case_id == Recovery.case_id)
        .where(col(Recovery.returned_on) >= date.min, of_cases_paid.c.first == of_cases_paid.c.last)
        .group_by(of_cases_paid.c.first)
    )
    for fund_code, fen in context.session.exec(of_one_fund):
        yield fund_code, int(fen)
    of_several = select(of_cases_paid.c.case_id).where(of_cases_paid.c.first != of_cases_paid.c.last)
    for movement in of_cases(context, context.session.exec(of_several)):
        yield movement.fund_code, movement.recovered_fen


def _entered(context: Context, case_ids: list[int]) -> list[Movement]:
    lines: defaultdict[int, list[tuple[PaymentLine, str]]] = defaultdict(list)
    found = select(PaymentLine, PaymentBatch.fund_code).join(PaymentBatch, col(PaymentBatch.id) == PaymentLine.batch_id)
    found = found.where(col(PaymentLine.case_id).in_(case_ids))
    for line, fund_code in context.session.exec(found.order_by(col(PaymentLine.id))):
        lines[line.case_id].append((line, fund_code))
    if not lines:
        return []
    of_lines = sorted(_of_lines(context, lines), key=lambda movement: movement.entry_id)
    return [*of_lines, *_of_recoveries(context, list(lines), of_lines)]


def balances(context: Context, first: date, last: date) -> list[Balance]:
    """Every fund over a period, in the order of the codes.

    Counted back from what stands now, so that it takes as long as the time since and not as the register is old.
    """
    begins, ends = moments(first, last)
    entered = [movement for movement in of_cases(context, cases_moved(context, begins)) if movement.at >= begins]
    raised, now = list(_grants(context)), standing(context)
    found: list[Balance] = []
    for fund in context.session.exec(select(Fund).order_by(col(Fund.code))):
        of_fund = [movement for movement in entered if movement.fund_code == fund.code]
        within = _sums(movement for movement in of_fund if movement.at < ends)
        behind = _sums(movement for movement in of_fund if movement.at >= ends)
        before = {
            name: now.get(fund.code, Counter())[name] - within[name] - behind[name] for name in ("paid", "recovered")
        }
        granted_since = sum(fen for at, code, fen in raised if code == fund.code and at >= begins)
        added = sum(fen for at, code, fen in raised if code == fund.code and begins <= at < ends)
        found.append(
            Balance(
                fund.code,
                fund.name,
                fund.granted_fen - granted_since - before["paid"] + before["recovered"],
                added,
                within["paid"],
                within["bounced"],
                within["recovered"],
                now.get(fund.code, Counter())["on_its_way"] - behind["on_its_way"],
            )
        )
    return found


def free_before(context: Context, batch: PaymentBatch) -> int:
    """What was left of a batch's fund for new payments when it was prepared, in fen."""
    in_batch = context.session.exec(select(PaymentLine.case_id).where(col(PaymentLine.batch_id) == batch.id)).all()
    own = [movement for movement in of_cases(context, in_batch) if movement.batch_id == batch.id]
    at = own[0].at if own else context.at
    entered = of_cases(context, cases_moved(context, at))
    others = (movement for movement in entered if movement.at > at and movement.batch_id != batch.id)
    since = _sums(movement for movement in (*others, *own) if movement.fund_code == batch.fund_code)
    now = standing(context).get(batch.fund_code, Counter())
    raised_since = sum(fen for when, code, fen in _grants(context) if code == batch.fund_code and when > at)
    granted = context.session.get_one(Fund, batch.fund_code).granted_fen - raised_since
    before = {name: now[name] - since[name] for name in ("paid", "recovered", "on_its_way")}
    return granted - before["paid"] + before["recovered"] - before["on_its_way"]


def _sums(entered: Iterable[Movement]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for movement in entered:
        sums["paid"] += movement.paid_fen
        sums["bounced"] += movement.bounced_fen
        sums["recovered"] += movement.recovered_fen
        sums["on_its_way"] += movement.on_its_way_fen
    return sums


def _of_lines(context: Context, lines: dict[int, list[tuple[PaymentLine, str]]]) -> Iterator[Movement]:
    """Orders, answers and what was decided about answers that contradict each other."""
    decided = list(_decided(context, list(lines)))
    before = {line_id: was_paid for _, line_id, was_paid, _ in reversed(decided)}
    acts = select(JournalEntry.id, JournalEntry.at, JournalEntry.case_id, JournalEntry.action).where(
        col(JournalEntry.action).in_(_OF_LINES), col(JournalEntry.case_id).in_(list(lines))
    )
    place: Counter[int] = Counter()
    for entry_id, at, case_id, action in context.session.exec(acts.order_by(col(JournalEntry.id))):
        if case_id is None or case_id not in lines:
            continue
        # A claim is in one batch at a time: each order begins a line, what follows is said of that.
        if action is Act.CASE_ORDER_PAYMENT:
            place[case_id] += 1
        line, fund_code = lines[case_id][place[case_id] - 1]
        is_corrected = line.id in before
        kind = _kind(line, Act(action), was_paid=before.get(line.id, line.outcome is PaymentOutcome.PAID))
        told = kind is not Kind.ORDERED and not is_corrected
        day, reference = (line.answered_on, line.reference) if told else (None, "")
        yield Movement(entry_id, at, case_id, line.batch_id, fund_code, kind, line.amount_fen, day, reference)
    by_id = {line.id: (line, fund_code) for many in lines.values() for line, fund_code in many}
    for entry, line_id, was_paid, is_paid in decided:
        line, fund_code = by_id[line_id]
        if was_paid is not is_paid:
            kind = Kind.FOUND_PAID if is_paid else Kind.FOUND_BOUNCED
            day, reference = line.answered_on, line.reference
            where = (line.case_id, line.batch_id, fund_code)
            yield Movement(entry.id, entry.at, *where, kind, line.amount_fen, day, reference)


def _kind(line: PaymentLine, action: Act, *, was_paid: bool) -> Kind:
    if action is Act.CASE_ORDER_PAYMENT:
        return Kind.ORDERED
    if line.outcome is PaymentOutcome.STOPPED:
        return Kind.STOPPED
    # A claim goes on as paid where an earlier payment arrived, though this one bounced: the line tells, not the move.
    return Kind.PAID if was_paid else Kind.BOUNCED


def _decided(context: Context, case_ids: list[int]) -> Iterator[tuple[JournalEntry, int, bool, bool]]:
    """By which entry which line was found to be paid or not, and what it was before; the oldest first."""
    for entry, before, after in _entries(context, Act.PAYMENT_RESOLVE, case_ids):
        if "line" in after:
            yield entry, after["line"], before["is_paid"], after["is_paid"]


def _of_recoveries(context: Context, case_ids: list[int], of_lines: list[Movement]) -> Iterator[Movement]:
    """What came back, by the payments that it is taken for: of a claim that was paid twice, the newest one first.

    Every fen belongs to one payment, and so to one fund; what exceeds all of them belongs to the newest.
    """
    days: defaultdict[int, list[date | None]] = defaultdict(list)
    returned = select(Recovery).where(col(Recovery.case_id).in_(case_ids), col(Recovery.returned_on).is_not(None))
    for row in context.session.exec(returned.order_by(col(Recovery.id))):
        days[row.case_id].append(row.returned_on)
    place: Counter[int] = Counter()
    back: Counter[tuple[int, int]] = Counter()
    for entry, _, after in _entries(context, Act.RECOVERY_SETTLE, case_ids):
        assert entry.case_id is not None
        of_case = [
            movement for movement in of_lines if movement.case_id == entry.case_id and movement.entry_id < entry.id
        ]
        day = days[entry.case_id][place[entry.case_id]]
        place[entry.case_id] += 1
        for payment, fen in _shared_out(after["amount_fen"], of_case, back):
            back[payment.case_id, payment.batch_id] += fen
            told = replace(payment, bank_day=day, reference=after["reference"])
            yield replace(told, entry_id=entry.id, at=entry.at, kind=Kind.RECOVERED, fen=fen)


def _shared_out(fen: int, of_case: list[Movement], back: Counter[tuple[int, int]]) -> list[tuple[Movement, int]]:
    """A sum that came back, as parts of the claim's payments that had arrived by then.

    Args:
        of_case: the claim's movements up to then.
        back: what came back before, by claim and batch.
    """
    paid: Counter[tuple[int, int]] = Counter()
    newest: dict[tuple[int, int], Movement] = {}
    for movement in of_case:
        key = movement.case_id, movement.batch_id
        paid[key] += movement.paid_fen
        if movement.kind is Kind.ORDERED:
            newest[key] = movement
    parts: list[tuple[Movement, int]] = []
    arrived = [(key, movement) for key, movement in reversed(newest.items()) if paid[key] > 0]
    for key, movement in arrived:
        part = min(fen, max(paid[key] - back[key], 0))
        if part:
            parts.append((movement, part))
        fen -= part
    if fen:
        # Nothing that arrived is left to take it from: it is told all the same.
        parts.append((arrived[0][1] if arrived else of_case[-1], fen))
    return parts


def _grants(context: Context) -> Iterator[tuple[datetime, str, int]]:
    """When the grant of which fund was raised by how much."""
    for entry, before, after in _entries(context, Act.FUND_PUT):
        yield entry.at, after.get("code", ""), after["granted_fen"] - before.get("granted_fen", 0)


def _entries(
    context: Context, act: Act, case_ids: list[int] | None = None
) -> Iterator[tuple[JournalEntry, dict[str, Any], dict[str, Any]]]:
    found = select(JournalEntry).where(col(JournalEntry.action) == act).order_by(col(JournalEntry.id))
    if case_ids is not None:
        found = found.where(col(JournalEntry.case_id).in_(case_ids))
    for entry in context.session.exec(found):
        yield entry, *journal.values(context, entry)
