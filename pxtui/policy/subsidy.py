"""The money of the route `sme-paid` (notice 三), in integer fen and exact fractions."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pxtui.identifiers.id_number import with_century
from pxtui.identifiers.text import canonical_code
from pxtui.policy.facts import Application, Trainee
from pxtui.policy.parameters import Notice


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What is paid and how it comes about. Money in fen."""

    cost_fen: int
    """The vouchers without a block, red-letter invoices taken off, at least 0."""
    heads: int
    """How many people the cost is spread over."""
    per_person_fen: int
    """The fee of one person, capped, rounded down."""
    eligible: int
    total_fen: int
    """The exact fee of one person times the eligible, rounded down once; never more than the cost."""


def subsidy(application: Application, accepted_fen: int, eligible: int, notice: Notice) -> Subsidy:
    """The amount for `eligible` persons where the vouchers without a block add up to `accepted_fen`."""
    cost = max(0, accepted_fen)
    heads = max(purchased_heads(application), different_people(application.roster))
    if heads == 0:
        return Subsidy(cost, 0, 0, eligible, 0)
    fee = min(Fraction(cost, heads), Fraction(notice.cap_per_person_fen))
    return Subsidy(cost, heads, int(fee), eligible, min(int(fee * eligible), cost))


def shares(total_fen: int, heads: int) -> tuple[int, ...]:
    """What each of `heads` persons gets of a total, in fen: what cannot be divided goes, a fen each, to the first.

    The notice (三) knows a fee per head and no such rest; a list of persons that does not add up to its class is sent
    back by the finance office.
    """
    if heads <= 0:
        return ()
    each, rest = divmod(total_fen, heads)
    return (each + 1,) * rest + (each,) * (heads - rest)


def purchased_heads(application: Application) -> int:
    """How many people the purchase covers; where no paper tells, those for whom the class was approved."""
    stated = application.purchased_heads
    return approved_heads(application) if stated is None else stated


def approved_heads(application: Application) -> int:
    """How many different people the opening's roster holds; 0 where it is not known."""
    return _different(with_century(number) for number in application.opening_roster or ())


def different_people(roster: tuple[Trainee, ...]) -> int:
    """How many different ID numbers a roster holds; each empty one is a person of its own."""
    return _different(canonical_code(trainee.id_number) for trainee in roster)


def _different(numbers: Iterable[str]) -> int:
    listed = list(numbers)
    return len({number for number in listed if number}) + listed.count("")


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals: `"1200.00"`."""
    sign, digits = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{digits // 100}.{digits % 100:02d}"
