"""A counter with a register, at which cases are taken along their way in a clerk's words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from db.about import About, about_cases, beside
from pxtui.casework.check import eligibility
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.claim.filing import ClaimFiling
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle import cases, moving
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import Filing
from pxtui.casework.publicity.public_page import Proof
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff import members
from pxtui.clock import CHINA
from pxtui.policy.facts import Evidence, Format, Material, PastTraining, Size, Trainee, Voucher
from tests.support.filings import a_filing
from tests.support.remembered import remembered
from tests.support.rosters import made_up_people

COLLEAGUES = {"李四": Role.REVIEWER, "王五": Role.HEAD, "赵六": Role.ADMINISTRATOR}
FEE_FEN = 50_000
TWO_WEEKS = timedelta(days=13)
ANSWER = "提示已核实"
"""What is said to whatever stands open where the test is about something else."""
PROOF = Proof("公示页.pdf", "5f" * 32)
"""Of a public page as it stood."""
AFTER_THE_CLASS = date(2020, 4, 3)


_CLAIM_MATERIALS = frozenset(
    {Material.ATTACHMENT_3, Material.ATTACHMENT_4, Material.TEACHING_RECORDS, Material.COST_VOUCHERS}
)


@beside(lambda filing, *_: About(names=(f"firm {filing.applicant.credit_code}", f"firm {filing.applicant.name}")))
def file_with_roster(context: Context, filing: Filing, people: Sequence[Trainee]) -> str:
    """File a case with its whole roster in one act, as a bundle is; its number."""
    number = opening_filing.file(context, filing)
    roster_edits.replace_all(context, number, people)
    return number


@about_cases
def enter_claim(context: Context, number: str, voucher: str, day: date) -> None:
    """Everybody has learned and passed; the invoice covers all."""
    filed = opening_filing.filing(context, number)
    people = [
        replace(row, completed_hours=Decimal(40), passed=True, account=row.phone)
        for row in roster_edits.rows(context, number)
    ]
    roster_edits.replace_all(context, number, people)
    provider = filed.training.provider or ""
    paid = Voucher(voucher, day, filed.applicant.name, provider, FEE_FEN * len(people))
    claim_filing.replace_vouchers(context, number, [paid])
    claim = ClaimFiling(day, _CLAIM_MATERIALS, frozenset(Evidence), len(people))
    claim_filing.put_claim(context, number, claim)


@dataclass
class Counter:
    """Whoever stands at it; every act is a transaction of its own."""

    register: Register
    day: date = date(2020, 3, 16)
    clerk: str = "张三"

    @property
    def acting(self) -> Acting:
        """Who acts, today."""
        return Acting(self.clerk, "dongqu", datetime.combine(self.day, time(10), CHINA))

    def filing(self) -> Filing:
        """What is filed here."""
        return a_filing()

    @remembered
    def hire_colleagues(self) -> None:
        """One for every other role."""
        with self.register.writing(self.acting) as context:
            for name, role in COLLEAGUES.items():
                members.add(context, name, role)

    @remembered
    def file(
        self, people: Sequence[Trainee] = (), starts_on: date = date(2020, 3, 20), occupation: str = "焊工"
    ) -> str:
        """A draft of a class of two weeks; its number."""
        filing = self.filing()
        ends_on = starts_on + TWO_WEEKS
        training = replace(filing.training, starts_on=starts_on, ends_on=ends_on, occupation=occupation)
        filed = replace(filing, training=training, received_on=self.day)
        return self.register.act(self.acting, file_with_roster, (filed, people or made_up_people(3)))

    def do(self, number: str, *actions: Action, opinion: str = "", by: str = "") -> Stage:
        """Take a case along; where it stands then."""
        for action in actions:
            acting = replace(self.acting, name=by or self.clerk)
            stage = self.register.act(acting, advance.advance, (number, action, opinion))
        return stage

    @remembered
    def enter_claim(self, number: str, voucher: str = "20200000000000000001") -> None:
        """Everybody has learned and passed; the invoice covers all."""
        self.register.act(self.acting, enter_claim, (number, voucher, self.day))

    @remembered
    def claimed(self, number: str = "") -> str:
        """A claim that waits for its decision, on the day after the class; its number."""
        number = number or self.file()
        self.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
        self.day = max(self.day, AFTER_THE_CLASS)
        self.do(number, Action.CLAIM)
        self.enter_claim(number)
        self.do(number, Action.SUBMIT)
        return number

    @remembered
    def opened_for_own_trainers(self, people: Sequence[Trainee]) -> str:
        """An approved class of a large enterprise's own trainers, on its last day; its number."""
        filing = a_filing()
        filing = replace(
            filing,
            applicant=replace(filing.applicant, size=Size.LARGE),
            training=replace(filing.training, format=Format.OWN_TEACHERS),
            received_on=self.day,
        )
        with self.register.writing(self.acting) as context:
            number = opening_filing.file(context, filing)
            roster_edits.replace_all(context, number, people)
        self.do(number, Action.SUBMIT, Action.APPROVE)
        self.day = filing.training.ends_on
        return number

    def stage(self, number: str) -> Stage:
        """Where a case stands."""
        with self.register.reading(self.acting) as context:
            return cases.find(context, number).stage

    def stages_in_journal(self, number: str) -> list[Stage]:
        """Where the journal says that it stood."""
        with self.register.reading(self.acting) as context:
            return moving.passed_through(context, cases.find(context, number))

    def trainings_elsewhere(self, number: str) -> tuple[PastTraining, ...]:
        """What the check of a case knows of its people's other trainings."""
        with self.register.reading(self.acting) as context:
            return eligibility.overview(context, number).application.history
