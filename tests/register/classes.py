"""Made-up classes of made-up firms: an honest one is as untidy as honest ones are."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from pxtui.policy.learning import Session
from tests.register.made_up import SELLERS, Firm, Somebody, World

OCCUPATIONS = ("焊工", "电工", "叉车司机", "中式烹调师", "养老护理员", "保安员", "起重工", "育婴员")
FIRST_DAY = date(2020, 3, 1)
_WEEKS = 40
_HOURS = (Decimal(24), Decimal(32), Decimal(40), Decimal(48))
_PRICES = (30_000, 38_000, 45_000, 52_000, 58_000, 66_000, 72_000)


@dataclass(frozen=True, slots=True)
class Learnt:
    """Somebody in a claim's roster."""

    person: Somebody
    course_hours: Decimal
    completed: Decimal
    account: str
    password: str
    passed: bool = True


@dataclass(frozen=True, slots=True)
class Invoice:
    """A voucher."""

    number: str
    issued_on: date
    payer: str
    payee: str
    amount_fen: int


@dataclass(slots=True)
class Class:
    """One case, from the approved opening to its claim."""

    firm: Firm
    county: str
    trainees: str
    occupation: str
    starts_on: date
    ends_on: date
    hours: Decimal
    provider: str
    provider_code: str
    opening: list[Somebody]
    claim: list[Learnt]
    invoices: list[Invoice]
    heads: int
    sessions: list[Session] = field(default_factory=list)
    """What the platform's records say, where they were imported."""
    planted: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    """Codes with the 序号 that show them, empty for the case as a whole."""

    def change(self, seq: int, **facts: object) -> None:
        """Something else of a row of the claim."""
        self.claim[seq - 1] = replace(self.claim[seq - 1], **facts)  # type: ignore[arg-type]

    def be(self, seq: int, **facts: object) -> None:
        """Somebody of both rosters is written otherwise."""
        person = replace(self.claim[seq - 1].person, **facts)  # type: ignore[arg-type]
        self.change(seq, person=person)
        self.opening[seq - 1] = person


def honest_classes(world: World, heads: int) -> Iterator[list[Class]]:
    """One firm after the other, each with one to three classes that follow each other."""
    draw = world.random
    while True:
        firm = world.firm(max(1, round(heads * draw.uniform(0.6, 1.4))))
        start = FIRST_DAY + timedelta(weeks=draw.randrange(_WEEKS), days=draw.randrange(5))
        classes: list[Class] = []
        for occupation in draw.sample(OCCUPATIONS, draw.choice((1, 1, 2, 3))):
            made = a_class(world, firm, start, occupation)
            _be_untidy(world, made)
            classes.append(made)
            start = made.ends_on + timedelta(days=1 + draw.randrange(30))
        yield classes


def a_class(world: World, firm: Firm, starts_on: date, occupation: str = "焊工", *, tidy: bool = False) -> Class:
    """A class of everybody of a firm, as it should be."""
    draw = world.random
    hours = draw.choice(_HOURS)
    ends_on = starts_on + timedelta(days=max(7, int(hours) // 3) + draw.randrange(7))
    seller = draw.choice(SELLERS)
    # Most platforms stop at the hours of the course, some go on counting to the end of the last lesson.
    goes_on = not tidy and draw.random() < 0.25
    rows = [_learnt(world, person, hours, goes_on=goes_on) for person in firm.people]
    invoice = Invoice(
        world.invoice(seller),
        ends_on + timedelta(days=draw.randrange(1, 9)),
        firm.name,
        seller,
        draw.choice(_PRICES) * len(rows),
    )
    return Class(
        firm=firm,
        county=firm.county,
        trainees="employees",
        occupation=occupation,
        starts_on=starts_on,
        ends_on=ends_on,
        hours=hours,
        provider=seller,
        provider_code="",
        opening=list(firm.people),
        claim=rows,
        invoices=[invoice],
        heads=len(rows),
    )


def _learnt(world: World, person: Somebody, hours: Decimal, *, goes_on: bool) -> Learnt:
    draw = world.random
    account = person.phone if draw.random() < 0.7 else f"px{draw.randrange(10**7):07}"
    completed = hours + Decimal(draw.randrange(9)) / 10 if goes_on else hours
    return Learnt(person, hours, completed, account, f"{draw.choice('abcdefgh')}{draw.randrange(10**7):07}")


def _be_untidy(world: World, made: Class) -> None:
    """What honest classes have: a foreman's phone, a misspelt name, a first password that nobody changed, …"""
    draw, rows = world.random, len(made.claim)
    if draw.random() < 0.02 and rows >= 3:
        for seq in draw.sample(range(1, rows + 1), 3):
            made.be(seq, phone=made.firm.contact_phone)
    if draw.random() < 0.03 and rows >= 2:
        # Husband and wife.
        first, second = draw.sample(range(1, rows + 1), 2)
        made.be(second, phone=made.claim[first - 1].person.phone)
    if draw.random() < 0.01:
        made.opening[0] = replace(made.opening[0], name=world.name())
    if draw.random() < 0.03:
        for seq in range(1, rows + 1):
            made.change(seq, password="123456")
    if draw.random() < 0.10:
        seq = draw.randrange(1, rows + 1)
        made.be(seq, name=made.firm.contact, phone=made.firm.contact_phone)
    if draw.random() < 0.05:
        seq = draw.randrange(1, rows + 1)
        made.change(seq, completed=made.hours + Decimal(draw.randrange(1, 30)) / 10)
    if draw.random() < 0.04:
        made.invoices = [replace(made.invoices[0], amount_fen=60_000 * made.heads)]
