"""An application made ready for the rules: what several of them need is worked out once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from pxtui.identifiers import id_number
from pxtui.identifiers.id_number import IdNumber, InvalidIdNumber
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.identifiers.voucher_number import may_be_one_invoice, tail_of, voucher_key
from pxtui.policy.facts import Application, ApplicationKind, PastTraining, Route, Trainee, Training, Voucher
from pxtui.policy.jurisdiction import Jurisdiction, right_office, route
from pxtui.policy.parameters import Notice, Rulebook
from pxtui.policy.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class JudgedPerson:
    """A row of the roster with what its number and the other rows say of it."""

    trainee: Trainee
    identity: IdNumber | None
    """None where the number is invalid."""
    identity_fault: str
    earlier_seq: int | None
    """The earlier row in which the same number stands."""
    sharing_account: tuple[int, ...]
    """The other rows with the same platform account."""
    approved: bool | None
    """Whether the number stands in the opening's roster; None: that roster is not known."""
    others: tuple[PastTraining, ...]
    """The subsidised other trainings under this number, the earliest first."""


@dataclass(frozen=True, slots=True)
class JudgedVoucher:
    """A voucher with what the other vouchers say of it."""

    voucher: Voucher
    stands_earlier: bool
    used_elsewhere: bool
    same_tail: tuple[str, ...]
    """The numbers, as typed, of earlier vouchers and of used ones that may be this invoice with or without its code."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One application, the notice that holds for it, and what follows from both."""

    application: Application
    notice: Notice
    working_days: WorkingDays
    first_effective_day: date
    jurisdiction: Jurisdiction
    route: Route
    people: tuple[JudgedPerson, ...]
    voucher_lines: tuple[JudgedVoucher, ...]

    @property
    def training(self) -> Training:
        """The class."""
        return self.application.training

    @property
    def is_claim(self) -> bool:
        """Whether the subsidy is applied for, not the opening."""
        return self.application.stage is ApplicationKind.CLAIM

    def counts_against(self, other: PastTraining) -> bool:
        """Whether another training counts: at the claim only what starts no later than this class or is paid."""
        return not self.is_claim or other.starts_on <= self.training.starts_on or other.paid


def matter(application: Application, rulebook: Rulebook, working_days: WorkingDays) -> Matter:
    """Make an application ready for the rules of the notice that holds on the day its class starts."""
    notice = rulebook.for_class_starting(application.training.starts_on)
    return Matter(
        application=application,
        notice=notice,
        working_days=working_days,
        first_effective_day=rulebook.first_effective_day,
        jurisdiction=right_office(application, notice),
        route=route(application.applicant, application.training, notice),
        people=_people(application),
        voucher_lines=_voucher_lines(application),
    )


def different_trainings(history: Iterable[PastTraining]) -> list[PastTraining]:
    """The subsidised trainings of a history, each once however often it is told.

    The same ID number, occupation, level and first day are one training: paid if one telling says so, not ended if one
    says so, else ended on the last of their days; its sources are all of theirs.
    """
    number_of = cache(id_number.with_century)
    trainings: dict[object, PastTraining] = {}
    for place, training in enumerate(history):
        if not training.subsidised:
            continue
        number, occupation = number_of(training.id_number), canonical(training.occupation)
        known = bool(number and occupation)
        key = (number, occupation, training.level, training.starts_on) if known else place
        trainings[key] = _one_training(trainings[key], training) if key in trainings else training
    return list(trainings.values())


def _one_training(training: PastTraining, again: PastTraining) -> PastTraining:
    ended = None if training.ends_on is None or again.ends_on is None else max(training.ends_on, again.ends_on)
    sources = dict.fromkeys(source for source in (training.source, again.source) if source)
    return replace(training, paid=training.paid or again.paid, ends_on=ended, source="、".join(sources))


def _people(application: Application) -> tuple[JudgedPerson, ...]:
    approved = (
        None
        if application.opening_roster is None
        else {id_number.with_century(number) for number in application.opening_roster} - {""}
    )
    others: defaultdict[str, list[PastTraining]] = defaultdict(list)
    number_of = cache(id_number.with_century)
    for training in different_trainings(application.history):
        others[number_of(training.id_number)].append(training)
    accounts: defaultdict[str, list[int]] = defaultdict(list)
    for trainee in application.roster:
        accounts[canonical(trainee.account)].append(trainee.seq)
    first_seq: dict[str, int] = {}
    people = []
    for trainee in application.roster:
        number = canonical_code(trainee.id_number)
        identity, fault = _identity(number, application.decided_on)
        account = canonical(trainee.account)
        people.append(
            JudgedPerson(
                trainee=trainee,
                identity=identity,
                identity_fault=fault,
                earlier_seq=first_seq.get(number) if number else None,
                sharing_account=tuple(seq for seq in accounts[account] if seq != trainee.seq) if account else (),
                approved=None if approved is None else number in approved,
                others=tuple(sorted(others[number], key=lambda past: past.starts_on)) if number else (),
            )
        )
        first_seq.setdefault(number, trainee.seq)
    return tuple(people)


def _identity(number: str, today: date) -> tuple[IdNumber | None, str]:
    try:
        return id_number.parse(number, today=today), ""
    except InvalidIdNumber as fault:
        return None, str(fault)


def _voucher_lines(application: Application) -> tuple[JudgedVoucher, ...]:
    used = {voucher_key(number): number for number in application.vouchers_used}
    used.pop("", None)
    # By their end, so that a hundred vouchers are not held against thousands of used ones one by one.
    of_tail: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, number in used.items():
        of_tail[tail_of(key)][key] = number
    seen: set[str] = set()
    lines = []
    for voucher in application.vouchers:
        key = voucher_key(voucher.number)
        others = of_tail[tail_of(key)]
        same_tail = dict.fromkeys(number for other, number in others.items() if may_be_one_invoice(key, other))
        lines.append(JudgedVoucher(voucher, bool(key) and key in seen, key in used, tuple(same_tail)))
        seen.add(key)
        others.setdefault(key, voucher.number)
    return tuple(lines)
