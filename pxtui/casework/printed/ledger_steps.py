"""What was done with each case in a period, from the journal: what became of the case later changes nothing of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sqlmodel import and_, col, or_, select

from db.models import Act, Case, DayOf, Decision, JournalEntry, PassedCase, PublicityItem, StatedDay
from pxtui.casework.check.frozen import Verdict
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.lifecycle.stages import ACTION_NAMES, Action, Stage
from pxtui.casework.office import journal, roles
from pxtui.casework.office.context import Context
from pxtui.casework.payment.movements import Movement, cases_moved, moments, of_cases
from pxtui.clock import CHINA
from pxtui.policy import codec
from pxtui.policy.facts import ApplicationKind

_CASES_AT_ONCE = 500
_OF_AN_APPLICATION = (Act.CASE_APPROVE, Act.CASE_REFUSE, Act.CASE_RETURN, Act.CASE_WITHDRAW)
"""Moves about which the stage before says whether the opening or the claim is meant."""
_GRANT_TAKEN_BACK = (Act.CASE_REOPEN, Act.CASE_UPHOLD)
_MOVES = tuple(Act.of_move(action) for action in Action)
_OTHER_NAMES = {
    Act.CLAIM_DEDUCT: "人工核减",
    Act.CLAIM_PUT_BACK: "撤销核减",
    Act.RECOVERY_APPROVE: "批准追回",
    Act.RECOVERY_STATE_RETURN: "登记退款到账",
    Act.RECOVERY_STRIKE_RETURN: "删去登记的退款到账",
    Act.RECOVERY_SETTLE: "退款到账",
    Act.PAYMENT_CONFIRM_BOUNCE: "确认退票",
    Act.PAYMENT_RESOLVE: "认定银行回单",
}
_TOLD_ELSEWHERE = frozenset(
    {
        *_OF_AN_APPLICATION,
        # The day of the receipt is told, and what the settlement and the decision do to the case says nothing new.
        *(Act.CASE_CLAIM, Act.CASE_SETTLE, Act.CASE_SETTLE_PART, Act.CASE_FIND_PAID, Act.CASE_FIND_BOUNCED),
    }
)
NAMES: Mapping[Act, str] = {Act.of_move(action): name for action, name in ACTION_NAMES.items()} | _OTHER_NAMES


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done with a case."""

    at: datetime
    act: Act
    application: ApplicationKind | None = None
    """The one that was decided, returned or withdrawn; None where the step is about neither alone."""
    heads: int = 0
    fen: int = 0
    """Of a grant, of one that is taken back, and of a publication."""
    batch_id: int | None = None
    """The publicity batch of a publication; None of anything else."""

    @property
    def day(self) -> date:
        """In China."""
        return self.at.astimezone(CHINA).date()


@dataclass(frozen=True)
class HandledCase:
    """What was done with a case in a period; days outside it are None."""

    case: Case
    received_on: date | None
    claimed_on: tuple[date, ...]
    """Several, where a claim was taken back and made anew."""
    steps: tuple[Step, ...]
    movements: tuple[Movement, ...]
    stated_days: frozenset[DayOf]
    """The days of receipt that were stated afterwards."""
    fund_code: str | None
    """Of the fund from which the claim was ordered last, up to the end of the period; None: it was not."""

    def of(self, kind: ApplicationKind) -> list[Step]:
        """What was decided about one application, and what was withdrawn of it."""
        decided = (Act.CASE_APPROVE, Act.CASE_REFUSE, Act.CASE_WITHDRAW)
        return [step for step in self.steps if step.application is kind and step.act in decided]

    @property
    def other_steps(self) -> Counter[Act]:
        """How often what else was done, in the order of the first time."""
        return Counter(step.act for step in self.steps if step.act not in _TOLD_ELSEWHERE)

    @cached_property
    def counts(self) -> Counter[str]:
        """What the case adds to the sums of the period."""
        counts: Counter[str] = Counter(cases=1)
        counts["received"] += self.received_on is not None
        counts["claimed"] += len(self.claimed_on)
        for step in self.steps:
            _count(counts, step)
        counts.update(counts_of_money(self.movements))
        return counts


_COUNTED = {
    Act.CASE_RETURN: "returned",
    Act.CASE_WITHDRAW: "withdrawn",
    Act.CASE_ACCEPT: "accepted",
    Act.CASE_FIRST_CHECK: "first_checked",
    Act.CASE_SECOND_CHECK: "second_checked",
    Act.CLAIM_DEDUCT: "deducted",
    Act.CASE_PUBLISH: "published",
    Act.CASE_REOPEN: "taken_back",
    Act.CASE_UPHOLD: "taken_back",
}


def _count(counts: Counter[str], step: Step) -> None:
    is_claim = step.application is ApplicationKind.CLAIM
    if step.act is Act.CASE_APPROVE:
        counts["granted" if is_claim else "opened"] += 1
        counts["heads"] += step.heads
        counts["granted_fen"] += step.fen
    elif step.act is Act.CASE_REFUSE:
        counts["claim_refused" if is_claim else "opening_refused"] += 1
    elif name := _COUNTED.get(step.act):
        counts[name] += 1
        counts[f"{name}_fen"] += step.fen


def counts_of_money(movements: Iterable[Movement]) -> Counter[str]:
    """How many payments, bounces and recoveries there were, and their fen; one entry that falls on two is one."""
    counts: Counter[str] = Counter()
    seen: set[tuple[str, int]] = set()
    for movement in movements:
        for name, fen in (
            ("paid", movement.paid_fen),
            ("bounced", movement.bounced_fen),
            ("recovered", movement.recovered_fen),
        ):
            counts[f"{name}_fen"] += fen
            if fen and (name, movement.entry_id) not in seen:
                seen.add((name, movement.entry_id))
                counts[name] += 1 if fen > 0 else -1
    return counts


@dataclass(slots=True)
class _Found:
    """What is found of a case before the case itself is read."""

    steps: list[Step] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    claimed_on: list[date] = field(default_factory=list)
    """Days of claims that were taken back since."""


def handled(context: Context, first: date, last: date) -> list[HandledCase]:
    """The cases with which something was done in a period, in the order of their numbers."""
    begins, ends = moments(first, last)
    found: defaultdict[int, _Found] = defaultdict(_Found)
    for case_id, steps in _steps(context, begins, ends).items():
        found[case_id].steps = steps
    for case_id, day in _claims_taken_back(context, begins):
        if first <= day <= last:
            found[case_id].claimed_on.append(day)
    ordered = _cases(context, first, last, {*found, *cases_moved(context, begins, ends)})
    fund_codes: dict[int, str] = {}
    for movement in of_cases(context, [case.id for case in ordered]):
        if movement.at < ends:
            fund_codes[movement.case_id] = movement.fund_code
        if begins <= movement.at < ends:
            found[movement.case_id].movements.append(movement)
    late = _stated(context, first, last)
    unmade = _unmade(context, [case.id for case in ordered if case.stage is Stage.VOIDED], begins, ends)

    def within(day: date | None) -> date | None:
        return day if day is not None and first <= day <= last else None

    cases: list[HandledCase] = []
    for case in ordered:
        if case.id in unmade:
            continue
        of_case, claimed_on = found[case.id], within(case.claim_received_on)
        days = (*of_case.claimed_on, *([] if claimed_on is None else [claimed_on]))
        received_on = within(case.opening_received_on)
        moved = tuple(of_case.movements)
        told = (tuple(of_case.steps), moved, frozenset(late[case.id]), fund_codes.get(case.id))
        if received_on or days or of_case.steps or of_case.movements:
            cases.append(HandledCase(case, received_on, days, *told))
    return cases


def _cases(context: Context, first: date, last: date, ids: set[int]) -> list[Case]:
    """The cases that were handed in within a period, and those of these ids, in the order of their numbers."""
    dated = or_(*(col(column).between(first, last) for column in (Case.opening_received_on, Case.claim_received_on)))
    seen = roles.of_seen_offices(context, Case.office_code)
    passed = _passed_since(context, first) if seen else {}
    if passed:
        seen = (or_(and_(*seen), col(Case.id).in_(passed)),)
    found = {case.id: case for case in context.session.exec(select(Case).where(dated, *seen))}
    rest = sorted(ids - found.keys())
    for start in range(0, len(rest), _CASES_AT_ONCE):
        some = select(Case).where(col(Case.id).in_(rest[start : start + _CASES_AT_ONCE]), *seen)
        found |= {case.id: case for case in context.session.exec(some)}
    handled_here = [case for case in found.values() if _was_here(context, case, passed.get(case.id, ()), last)]
    return sorted(handled_here, key=lambda case: (case.office_code, case.year, case.serial))


def _passed_since(context: Context, first: date) -> dict[int, list[PassedCase]]:
    """By case, how it was passed from office to office from a day on, the oldest first."""
    passed: defaultdict[int, list[PassedCase]] = defaultdict(list)
    rows = select(PassedCase).where(col(PassedCase.passed_on) >= first).order_by(col(PassedCase.id))
    for row in context.session.exec(rows):
        passed[row.case_id].append(row)
    return dict(passed)


def _was_here(context: Context, case: Case, passed: Sequence[PassedCase], last: date) -> bool:
    """Whether a case was with an office that the acting person sees, whatever became of it after the period."""
    if not passed:
        return True
    at_the_end = next((row.office_code for row in passed if row.passed_on > last), case.office_code)
    offices = {at_the_end, *(row.office_code for row in passed if row.passed_on <= last)}
    return any(not roles.is_of_another_office(context, office) for office in offices)


def _stated(context: Context, first: date, last: date) -> defaultdict[int | None, set[DayOf]]:
    late: defaultdict[int | None, set[DayOf]] = defaultdict(set)
    for row in context.session.exec(select(StatedDay).where(col(StatedDay.day).between(first, last))):
        late[row.case_id].add(row.what)
    return late


def _unmade(context: Context, void_now: list[int], begins: datetime, ends: datetime) -> set[int | None]:
    """Of these those that were void before the period, or both filed and void within it: they were never received."""
    if not void_now:
        return set()
    acts = (Act.CASE_FILE, Act.CASE_IMPORT, Act.CASE_VOID)
    entries = select(JournalEntry.case_id, JournalEntry.action, JournalEntry.at).where(
        col(JournalEntry.case_id).in_(void_now), col(JournalEntry.action).in_(acts)
    )
    filed: dict[int | None, datetime] = {}
    void: dict[int | None, datetime] = {}
    for case_id, action, at in context.session.exec(entries.order_by(col(JournalEntry.id))):
        if action is Act.CASE_VOID and at < ends:
            void[case_id] = at
        elif action is not Act.CASE_VOID:
            filed.setdefault(case_id, at)
    return {case_id for case_id, at in void.items() if at < begins or filed.get(case_id, begins) >= begins}


def _steps(context: Context, begins: datetime, ends: datetime) -> dict[int, list[Step]]:
    """By case, what was done, the oldest first."""
    entries = context.session.exec(
        select(JournalEntry)
        .where(col(JournalEntry.action).in_((*_MOVES, *_OTHER_NAMES)), col(JournalEntry.case_id).is_not(None))
        .where(col(JournalEntry.at) >= begins, col(JournalEntry.at) < ends)
        .order_by(col(JournalEntry.id))
    ).all()
    of_cases: defaultdict[int, list[JournalEntry]] = defaultdict(list)
    for entry in entries:
        assert entry.case_id is not None
        of_cases[entry.case_id].append(entry)
    grants = _grants(context, entries, begins.date())
    items = _publications(context, entries)
    return {case_id: [_step(context, entry, grants, items) for entry in many] for case_id, many in of_cases.items()}


def _step(
    context: Context, entry: JournalEntry, grants: Mapping[int, tuple[int, int]], items: Mapping[int, PublicityItem]
) -> Step:
    if entry.id in items:
        item = items[entry.id]
        return Step(entry.at, entry.action, None, item.heads, item.total_fen, item.batch_id)
    kind = _application(context, entry) if entry.action in _OF_AN_APPLICATION else None
    return Step(entry.at, entry.action, kind, *grants.get(entry.id, (0, 0)))


def _application(context: Context, entry: JournalEntry) -> ApplicationKind:
    before, _ = journal.values(context, entry)
    return application_of(Stage(before["stage"]))


def _grants(context: Context, entries: Sequence[JournalEntry], first: date) -> dict[int, tuple[int, int]]:
    """By entry, the heads and the total in fen of a grant, and of the grant that is taken back."""
    about = [entry for entry in entries if entry.action in (Act.CASE_APPROVE, *_GRANT_TAKEN_BACK)]
    rows: defaultdict[int | None, list[Decision]] = defaultdict(list)
    granted = select(Decision).where(
        col(Decision.case_id).in_({entry.case_id for entry in about}),
        col(Decision.action) == Action.APPROVE.value,
        col(Decision.application) == ApplicationKind.CLAIM.value,
    )
    for row in context.session.exec(granted.order_by(col(Decision.id))):
        rows[row.case_id].append(row)
    made = {case_id: sum(row.decided_on < first for row in many) for case_id, many in rows.items()}
    found: dict[int, tuple[int, int]] = {}
    for entry in about:
        is_grant = entry.action is Act.CASE_APPROVE
        if is_grant and _application(context, entry) is ApplicationKind.OPENING:
            continue
        # A grant is the next one of its case, what is taken back the one before.
        place = made.get(entry.case_id, 0) + is_grant
        made[entry.case_id] = place
        of_case = rows[entry.case_id]
        found[entry.id] = _figures(context, entry, of_case[place - 1] if 0 < place <= len(of_case) else None)
    return found


def _figures(context: Context, entry: JournalEntry, row: Decision | None) -> tuple[int, int]:
    if row is None:
        # A register of before decisions were frozen.
        case = context.session.get_one(Case, entry.case_id)
        return case.approved_heads or 0, case.approved_total_fen or 0
    verdict = codec.load_text(Verdict, row.unseal(context.vault, "outcome"))
    return len(verdict.eligible), verdict.total_fen or 0


def _publications(context: Context, entries: Iterable[JournalEntry]) -> dict[int, PublicityItem]:
    """By entry, the row of the batch in which a claim was published."""
    ids = {entry.case_id for entry in entries if entry.action is Act.CASE_PUBLISH}
    published = select(JournalEntry.id, JournalEntry.case_id).where(
        col(JournalEntry.case_id).in_(ids), col(JournalEntry.action) == Act.CASE_PUBLISH
    )
    rows = select(PublicityItem).where(col(PublicityItem.case_id).in_(ids)).order_by(col(PublicityItem.id))
    items: defaultdict[int | None, list[PublicityItem]] = defaultdict(list)
    for item in context.session.exec(rows):
        items[item.case_id].append(item)
    found: dict[int, PublicityItem] = {}
    for entry_id, case_id in context.session.exec(published.order_by(col(JournalEntry.id))):
        found[entry_id] = items[case_id].pop(0)
    return found


def _claims_taken_back(context: Context, since: datetime) -> Iterator[tuple[int, date]]:
    """The case and the day of receipt of every claim that was withdrawn since: the case knows it no more."""
    withdrawn = select(JournalEntry).where(col(JournalEntry.action) == Act.CASE_WITHDRAW, col(JournalEntry.at) >= since)
    ids = {
        entry.case_id
        for entry in context.session.exec(withdrawn)
        if _application(context, entry) is ApplicationKind.CLAIM
    }
    acts = (Act.CASE_IMPORT, Act.CASE_CLAIM, Act.CLAIM_PUT, Act.CASE_WITHDRAW)
    told = select(JournalEntry).where(col(JournalEntry.case_id).in_(ids), col(JournalEntry.action).in_(acts))
    days: dict[int, date] = {}
    for entry in context.session.exec(told.order_by(col(JournalEntry.id))):
        assert entry.case_id is not None
        if entry.action is Act.CASE_WITHDRAW:
            if (day := days.pop(entry.case_id, None)) is not None:
                yield entry.case_id, day
        elif entry.action is Act.CLAIM_PUT:
            _, after = journal.values(context, entry)
            days[entry.case_id] = date.fromisoformat(after["received_on"])
        else:
            days[entry.case_id] = entry.at.astimezone(CHINA).date()
