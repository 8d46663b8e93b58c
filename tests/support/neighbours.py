"""What comes to a dishonest clerk's office from outside: bundles of another firm, and files of another office."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from pxtui.casework.check import eligibility
from pxtui.casework.exchange import partners, sending
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import create, open_register
from pxtui.home import Home
from pxtui.policy.facts import Application, Delivery, Level, PastTraining, Size
from tests.conftest import NOW
from tests.support.counter import ANSWER, TWO_WEEKS
from tests.support.dishonest import ADMINISTRATOR
from tests.support.life import PEOPLE, Office
from tests.support.offices import CityOffice
from tests.support.pay_desk import paid
from tests.support.truth import TrueClass

FIRM, CREDIT_CODE = "攀枝花市长江钢铁有限公司", "91510402MA6CJKG50N"
NEIGHBOUR = "renhe"
INVOICE = "12345678"
"""Of the first class of this office and of the neighbour's: one paper."""
TOLD = TrueClass(
    date(2020, 3, 25),
    date(2020, 3, 25) + TWO_WEEKS,
    "焊工",
    INVOICE,
    50_000,
    frozenset(person.id_number for person in PEOPLE[:2]),
)
"""The neighbour's class."""
CLAIMED_THERE = TOLD.ends_on + timedelta(days=1)
APPROVED, GRANTED, PAID, PAID_STILL = range(4)
"""The files."""


@dataclass(frozen=True)
class Neighbours:
    """What they have sent."""

    files: tuple[bytes, ...]
    """Of the other office: when the class was approved, when its claim was granted, when the money was paid, and once
    more a day later.
    """
    claim: Application
    """That other bundles are made of."""

    def bundle(self, held: TrueClass, invoice: str, day: date, against: Sequence[str] = ()) -> Application:
        """A claim of another firm.

        Args:
            invoice: as the firm writes it.
            day: on which it says that it was handed in.
            against: the people of whom it tells that they have had three trainings this year.
        """
        people = [person for person in PEOPLE if person.id_number in held.learned]
        row = self.claim.roster[0]
        roster = tuple(
            replace(
                row, seq=seq, name=person.name, id_number=person.id_number, phone=person.phone, account=person.phone
            )
            for seq, person in enumerate(people, 1)
        )
        claim = replace(
            self.claim,
            office="dongqu",
            opened_by="dongqu",
            decided_on=day,
            applicant=replace(
                self.claim.applicant, name=FIRM, credit_code=CREDIT_CODE, county="510402", size=Size.MEDIUM
            ),
            training=replace(
                self.claim.training, starts_on=held.starts_on, ends_on=held.ends_on, occupation=held.occupation
            ),
            roster=roster,
            opening_roster=tuple(person.id_number for person in people),
            purchased_heads=len(people),
        )
        voucher = replace(
            self.claim.vouchers[0], number=invoice, payer=FIRM, amount_fen=held.fee_fen * len(people), issued_on=day
        )
        tale = tuple(_told_of(number, month) for number in against for month in (1, 2, 3))
        return replace(claim, vouchers=(voucher,), vouchers_used=(INVOICE, "22345678") if against else (), history=tale)


def neighbours(template: Path, folder: Path) -> Neighbours:
    """The other office's files for an office, which knows its keys from now on."""
    here = Office(open_register(Home(template / "data"), NOW))
    there = CityOffice(
        create(Home(folder / "there"), office=NEIGHBOUR, name="张三", at=NOW, is_practice=True), office=NEIGHBOUR
    )
    with here.register.reading(here.acting) as context:
        ours = partners.own_public_keys(context)
    with there.register.writing(there.acting) as context:
        partners.trust(context, ours.office, ours)
        theirs = partners.own_public_keys(context)
    with here.register.writing(replace(here.acting, name=ADMINISTRATOR)) as context:
        partners.trust(context, NEIGHBOUR, theirs)
    here.register.close()
    there.hire_colleagues()
    there.grant()
    number = there.file_class(heads=2, starts_on=TOLD.starts_on, occupation=TOLD.occupation)
    # On the day after that on which this office approves what it has.
    there.day += timedelta(days=1)
    there.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    approved = _export(there)
    there.day = CLAIMED_THERE
    there.do(number, Action.CLAIM)
    there.enter_claim(number, f"№ {INVOICE}")
    there.do(number, Action.SUBMIT)
    with there.register.reading(there.acting) as context:
        claim = eligibility.overview(context, number).application
    there.do(number, Action.APPROVE, opinion=ANSWER)
    granted = _export(there)
    there.publish_and_clear(number)
    there.answer(there.at_the_bank(folder, number), paid(number))
    money = _export(there)
    there.day += timedelta(days=1)
    told = Neighbours((approved, granted, money, _export(there)), claim)
    there.register.close()
    return told


def _export(office: CityOffice) -> bytes:
    with office.register.writing(office.acting) as context:
        return sending.export(context, "dongqu", None)


def _told_of(id_number: str, month: int) -> PastTraining:
    day = date(2020, month, 3)
    return PastTraining(id_number, f"工种{month}", Level.FIVE, day, day, Delivery.OFFLINE, True, True)
