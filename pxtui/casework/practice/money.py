"""Practice cases behind the approval of a claim: published, objected, ordered, paid, bounced, recovered."""

from collections.abc import Sequence
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path

from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.roles import Role
from pxtui.casework.payment import bank_answers, funds, recovery
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.publicity import objections, publishing
from pxtui.casework.publicity.public_page import Proof
from pxtui.casework.staff import members
from pxtui.clock import CHINA

HEAD = "李主任"
"""The second person, who signs the payment batch."""

_FUND, _FUND_NAME, _GRANTED_FEN = "ZX2020", "职业技能提升行动专项资金", 50_000_000
_FIRST, _FIRST_OVER = date(2020, 5, 25), date(2020, 5, 28)
_SECOND, _SECOND_OVER = date(2020, 6, 8), date(2020, 6, 11)
_THIRD = date(2020, 6, 12)
_PROOF = Proof("公示页.pdf", sha256("演练".encode()).hexdigest())
CASES = 9
"""How many granted claims are processed here; the others wait for their publication."""


def process_granted(context: Context, granted: Sequence[str], folder: Path) -> None:
    """Publish granted claims in three batches, and pay, bounce, recover or object some of them.

    Args:
        granted: case numbers, `CASES` of them.
        folder: of the bank's list.
    """

    clerk = context.clerk

    def by(name: str, day: date) -> Context:
        return context.by(Acting(name, context.office, datetime.combine(day, time(15), CHINA)))

    members.add(by(clerk, _FIRST), HEAD, Role.HEAD)
    funds.put(by(clerk, _FIRST), _FUND, _FUND_NAME, _GRANTED_FEN)
    paid, waiting, running = granted[:4], granted[4:7], granted[7:]
    _publish(by(clerk, _FIRST), paid, by(clerk, _FIRST_OVER))
    batch = payment_orders.prepare(by(clerk, _FIRST_OVER), _FUND, paid)
    payment_orders.sign(by(HEAD, _FIRST_OVER), batch.number)
    payment_orders.hand_over(by(clerk, _FIRST_OVER), batch.number, folder)
    answers = [
        BankAnswer(line.case_number, line.amount_fen, True, f"YH20200608{place:04}")
        for place, line in enumerate(batch.lines[:-1], start=1)
    ]
    bounced = batch.lines[-1]
    answers.append(BankAnswer(bounced.case_number, bounced.amount_fen, False, "账号有误"))
    bank_answers.answer(by(clerk, _SECOND), batch.number, answers)
    recovery.order(by(clerk, _SECOND_OVER), paid[0], batch.lines[0].amount_fen, "抽查发现未实际培训")
    _publish(by(clerk, _SECOND), waiting, by(clerk, _SECOND_OVER))
    payment_orders.prepare(by(clerk, _SECOND_OVER), _FUND, waiting[:1])
    publishing.publish(by(clerk, _THIRD), running, _THIRD)
    objections.receive(by(clerk, _THIRD), running[0], "名单中有人没有参加培训", objector="赵六")


def _publish(context: Context, numbers: Sequence[str], then: Context) -> None:
    batch = publishing.publish(context, numbers, context.today)
    publishing.note_page(context, batch.number, f"http://example.org/gs/{batch.number}", _PROOF)
    publishing.clear(then, batch.number)
