"""Two offices of the city, each with a register of its own, that exchange what they have."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from db.models import Applicant
from pxtui.casework.check import eligibility
from pxtui.casework.exchange import partners, receiving, sending
from pxtui.casework.exchange.receiving import Taken
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import create, open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.publicity import publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.clock import CHINA
from pxtui.home import Home
from pxtui.policy.judgement import Finding
from tests.conftest import NOW
from tests.support.counter import AFTER_THE_CLASS, PROOF, TWO_WEEKS
from tests.support.filings import a_filing
from tests.support.pay_desk import ACCOUNT, PayDesk
from tests.support.remembered import remembered
from tests.support.rosters import made_up_people

COUNTIES = {"dongqu": "510402", "renhe": "510411"}


@dataclass
class CityOffice(PayDesk):
    """One of them."""

    office: str = "dongqu"
    hour: int = 10

    @property
    def acting(self) -> Acting:
        """Who acts, today."""
        return Acting(self.clerk, self.office, datetime.combine(self.day, time(self.hour), CHINA))

    @remembered
    def file_class(self, heads: int = 3, starts_on: date = date(2020, 3, 20), occupation: str = "焊工") -> str:
        """A draft of a class of an enterprise of the county; its number."""
        filing = a_filing()
        training = replace(filing.training, starts_on=starts_on, ends_on=starts_on + TWO_WEEKS, occupation=occupation)
        applicant = replace(filing.applicant, county=COUNTIES[self.office])
        with self.register.writing(self.acting) as context:
            filed = replace(filing, office=self.office, training=training, applicant=applicant, received_on=self.day)
            number = opening_filing.file(context, filed)
            roster_edits.replace_all(context, number, made_up_people(heads))
        return number

    @remembered
    def claim_of(self, number: str) -> None:
        """The claim of an approved class, handed in on the day after it."""
        self.day = max(self.day, AFTER_THE_CLASS)
        self.do(number, Action.CLAIM)
        self.enter_claim(number)
        self.do(number, Action.SUBMIT)

    @remembered
    def cleared_class(self) -> str:
        """A claim of a class of three whose publication is over; its number."""
        number = self.claimed(self.file_class())
        self.do(number, Action.APPROVE)
        with self.register.writing(self.acting) as context:
            published = publishing.publish(context, [number], self.day)
            self.day = published.days.payable_from
            context = context.by(self.acting)
            publishing.note_page(context, published.number, f"https://example.org/{published.number}", PROOF)
            publishing.clear(context, published.number)
            applicant = context.session.get_one(Applicant, find(context, number).applicant_id)
            applicant.bank_name = "攀枝花市商业银行东区支行"
            applicant.seal(context.vault, bank_account=ACCOUNT)
            context.session.add(applicant)
        return number

    def meets(self, other: "CityOffice") -> None:
        """The administrator enters the keys of another office."""
        with other.register.reading(other.acting) as context:
            keys = partners.own_public_keys(context)
        with self.register.writing(self.acting) as context:
            partners.trust(context, other.office, keys)

    def export_for(self, other: "CityOffice", since: date | None = None) -> bytes:
        """A file for another office; an hour passes."""
        with self.register.writing(self.acting) as context:
            content = sending.export(context, other.office, since)
        self.hour += 1
        return content

    def take(self, content: bytes) -> Taken:
        """A file of another office."""
        with self.register.writing(self.acting) as context:
            return receiving.take(context, content)

    def findings(self, number: str) -> tuple[Finding, ...]:
        """What the check of a case says."""
        with self.register.reading(self.acting) as context:
            return eligibility.check(context, number).findings

    def blocks(self, number: str) -> dict[str, str]:
        """What stops a case: the code and the message of the first finding of that code."""
        found: dict[str, str] = {}
        for finding in self.findings(number):
            if finding.blocks:
                found.setdefault(finding.code, finding.message)
        return found


def two_offices(folder: Path) -> tuple[CityOffice, CityOffice]:
    """东区 and 仁和区, which know each other's keys."""
    # As with an empty register: a copy is made many times faster.
    for home in _made_once():
        shutil.copytree(home.root, folder / home.root.name)
    return _opened(folder)


@cache
def _made_once() -> tuple[Home, Home]:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    for code in COUNTIES:
        create(Home(folder / code), office=code, name="张三", at=NOW, is_practice=True).close()
    first, second = _opened(folder)
    first.meets(second)
    second.meets(first)
    for office in (first, second):
        office.register.close()
    return first.register.home, second.register.home


def _opened(folder: Path) -> tuple[CityOffice, CityOffice]:
    first, second = (CityOffice(open_register(Home(folder / office), NOW), office=office) for office in COUNTIES)
    return first, second
