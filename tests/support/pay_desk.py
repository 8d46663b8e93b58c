"""A counter that pays: claims whose publication is over, money, batches and the bank's answers."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from db.about import about_cases
from db.models import Applicant
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.roles import Role
from pxtui.casework.payment import bank_answers, doubts, funds, recovery
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.payment.batches import Batch
from pxtui.casework.payment.funds import Source
from pxtui.casework.payment.recovery import Reclaim
from pxtui.casework.publicity import publishing
from pxtui.casework.staff import members
from tests.support.counter import AFTER_THE_CLASS, ANSWER, FEE_FEN, PROOF, Counter
from tests.support.remembered import remembered
from tests.support.rosters import made_up_people

THE_BEGINNING = date(2020, 3, 16)
PAYABLE = date(2020, 4, 9)
"""The claims are published on Friday, 3 April, before the holiday."""

FUND = "ZX2020"
FUND_NAME = "职业技能提升行动专项资金"
ACCOUNT = "5104020000000001"
OTHER_ACCOUNT = "6217000000000666"
NAME = "攀枝花市恒力机械有限公司"
CASHIER = "钱七"
CLAIM_FEN = 2 * FEE_FEN


@about_cases
def put_account(context: Context, number: str, account: str) -> None:
    """The account of the enterprise of a case."""
    applicant = context.session.get_one(Applicant, find(context, number).applicant_id)
    applicant.bank_name = "攀枝花市商业银行东区支行" if account else ""
    applicant.seal(context.vault, bank_account=account)
    context.session.add(applicant)


@dataclass
class PayDesk(Counter):
    """A counter with money to pay."""

    people: int = 0
    cashier: str = ""
    """Who prepares payments and enters what the bank says; empty: whoever stands at the counter."""

    @property
    def at_the_till(self) -> Acting:
        """Who acts there, today."""
        return replace(self.acting, name=self.cashier or self.clerk)

    def set_duties_apart(self) -> None:
        """From now on a cashier pays."""
        self.cashier = CASHIER
        with self.register.writing(self.acting) as context:
            members.add(context, CASHIER, Role.CASHIER)
            office_settings.change(context, duties_apart=True)

    @remembered
    def cleared(self, account: str = ACCOUNT) -> str:
        """A claim of two people whose publication is over, on the first day on which it may be paid; its number."""
        self.day = THE_BEGINNING
        number = self.file(made_up_people(2, self.people))
        self.people += 2
        self.granted(number)
        self.publish_and_clear(number, account)
        return number

    @remembered
    def publish_and_clear(self, number: str, account: str = ACCOUNT) -> None:
        """A granted claim is published, its days go by, and its enterprise has this account."""
        published = self.register.act(self.acting, publishing.publish, ([number], self.day))
        self.day = published.days.payable_from
        page = (published.number, f"https://example.org/{published.number}", PROOF)
        self.register.act(self.acting, publishing.note_page, page)
        self.register.act(self.acting, publishing.clear, (published.number,))
        self.register.act(self.acting, put_account, (number, account))

    @remembered
    def granted(self, number: str) -> None:
        """A claim on an invoice of its own, granted on the day after the class."""
        self.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
        self.day = AFTER_THE_CLASS
        self.do(number, Action.CLAIM)
        self.enter_claim(number, f"2020{number[-4:]}{self.people:012}")
        self.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)

    @remembered
    def grant(self, fen: int = 100 * CLAIM_FEN) -> None:
        """Money comes in."""
        with self.register.writing(self.acting) as context:
            funds.put(context, FUND, FUND_NAME, fen)

    def prepare(self, *numbers: str) -> str:
        """A batch; its number."""
        return self.register.act(self.at_the_till, payment_orders.prepare, (FUND, numbers)).number

    def sign(self, batch: str, by: str = "王五", opinion: str = "经核对") -> None:
        """Somebody signs it, with an opinion on what changed since the approval."""
        self.register.act(replace(self.acting, name=by), payment_orders.sign, (batch, opinion))

    def hand_over(self, batch: str, folder: Path) -> Path:
        """The bank's list."""
        return self.register.act(self.at_the_till, payment_orders.hand_over, (batch, folder))

    def answer(self, batch: str, *answers: BankAnswer) -> Batch:
        """The bank answers the whole batch."""
        return self.register.act(self.at_the_till, bank_answers.answer, (batch, answers))

    def answer_one(self, batch: str, said: BankAnswer) -> Batch:
        """The bank answers one payment."""
        return self.register.act(self.at_the_till, bank_answers.answer_one, (batch, said))

    def at_the_bank(self, folder: Path, *numbers: str) -> str:
        """A batch that the bank has."""
        batch = self.signed(*numbers)
        self.hand_over(batch, folder)
        return batch

    @remembered
    def signed(self, *numbers: str) -> str:
        """A batch that another person has signed."""
        batch = self.prepare(*numbers)
        self.sign(batch)
        return batch

    def confirm_bounce(self, number: str, by: str = "李四", evidence: str = "退票通知书0412") -> None:
        """Another person has seen that it came back."""
        with self.register.writing(replace(self.acting, name=by)) as context:
            doubts.confirm_bounce(context, number, evidence)

    def comes_back(self, number: str, reference: str = "TH1", fen: int | None = None, by: str = "李四") -> Reclaim:
        """What was ordered back, or so much of it, arrives: one enters it, another has seen the bank's statement."""
        with self.register.writing(self.acting) as context:
            recovery.settle(context, number, self.day, reference, fen)
        with self.register.writing(replace(self.acting, name=by)) as context:
            return recovery.confirm_return(context, number, "对账单0409")

    def resolve(self, number: str, *, is_paid: bool, by: str = "王五", reason: str = "银行电话核实") -> Stage:
        """Somebody decides which of the bank's answers is true."""
        with self.register.writing(replace(self.acting, name=by)) as context:
            return doubts.resolve(context, number, is_paid=is_paid, reason=reason)

    @property
    def doubtful(self) -> list[str]:
        """The sentences about answers that contradict each other."""
        with self.register.reading(self.acting) as context:
            return [contradiction.sentence for contradiction in doubts.contradictions(context)]

    def changes(self, batch: str) -> tuple[str, ...]:
        """What whoever signs is told."""
        with self.register.reading(self.acting) as context:
            return payment_orders.before_signing(context, payment_batches.look_up(context, batch)).changes

    def correct(self, number: str, account: str, name: str = NAME) -> Stage:
        """The enterprise has told another account."""
        with self.register.writing(self.acting) as context:
            return bank_answers.correct(context, number, bank_name="中国银行", account=account, account_name=name)

    def stop(self, number: str, reason: str = "企业有举报") -> None:
        """Taken out of its batch."""
        with self.register.writing(self.acting) as context:
            payment_orders.stop(context, number, reason)

    def batch(self, number: str) -> Batch:
        """As it stands."""
        with self.register.reading(self.acting) as context:
            return payment_batches.look_up(context, number)

    @property
    def source(self) -> Source:
        """The money."""
        with self.register.reading(self.acting) as context:
            return funds.source(context, FUND)


def paid(number: str, fen: int = CLAIM_FEN) -> BankAnswer:
    """The bank says that it arrived."""
    return BankAnswer(number, fen, True, f"YH{number[-4:]}")


def bounced(number: str, fen: int = CLAIM_FEN) -> BankAnswer:
    """The bank says that it came back."""
    return BankAnswer(number, fen, False, "账号有误")
