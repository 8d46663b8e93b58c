"""What a case is looked at with for signs: its application, and what the register knows beside it."""

from dataclasses import dataclass
from datetime import date

from pxtui.policy.facts import Application, Trainee, Trainees
from pxtui.policy.learning_flags import LearningFlag


@dataclass(frozen=True, slots=True)
class Party:
    """A firm as it is on file; empty: not known."""

    name: str
    credit_code: str = ""
    legal_representative: str = ""
    contact_name: str = ""
    phones: tuple[str, ...] = ()
    """Of the legal representative and of the contact."""
    address: str = ""
    bank_account: str = ""


@dataclass(frozen=True, slots=True)
class ClassElsewhere:
    """A class of another case in which somebody of the roster is enrolled. Both days are inclusive."""

    id_number: str
    source: str
    """Office and case number."""
    applicant: str
    credit_code: str
    county: str
    trainees: Trainees
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class PhoneElsewhere:
    """A phone of the roster that other people have in other cases."""

    phone: str
    people: int
    """Other ID numbers under it."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VoucherElsewhere:
    """A voucher of another case that has to do with one of this claim: the same seller and buyer."""

    number: str
    issued_on: date
    payee: str
    amount_fen: int
    source: str


@dataclass(frozen=True, slots=True)
class SellerClaim:
    """Another claim for what the same seller sold. `heads`: how many the purchase covers, as stated."""

    source: str
    cost_fen: int
    heads: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that signs are found in."""

    application: Application
    buyer: Party
    sellers: tuple[Party, ...] = ()
    """Provider and payees, as far as anything is known of them."""
    cap_per_person_fen: int = 0
    """0: no cap is known."""
    opening_people: tuple[Trainee, ...] | None = None
    """Who was approved at the opening; None: not known."""
    classes: tuple[ClassElsewhere, ...] = ()
    phones: tuple[PhoneElsewhere, ...] = ()
    account_holders: tuple[str, ...] = ()
    """Other firms with the buyer's bank account."""
    seller_claims: tuple[SellerClaim, ...] = ()
    vouchers: tuple[VoucherElsewhere, ...] = ()
    learning: tuple[LearningFlag, ...] = ()
    """What the platform's records showed at their last import."""
