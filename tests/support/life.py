"""An office with classes that share their people, and how they are usually taken on: what the state machine moves."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import select

from db.chain.statements import run
from db.models import Applicant, PublicityBatch
from pxtui.casework.calendar import lifting
from pxtui.casework.decision import advance, class_changes, voiding
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, MOVES
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.context import Context
from pxtui.casework.offline import results as offline_results
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment import bank_answers, funds, recovery, stated_returns
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.people import past_trainings
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import objections, publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import NotAllowed, PxtuiError
from pxtui.papers.reading.offline_lists import OfflineRow
from pxtui.papers.reading.rosters import read_roster
from pxtui.policy.facts import Delivery, Format, Level, PastTraining, Size
from tests.support import on_server
from tests.support.counter import PROOF, TWO_WEEKS, Counter
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people

STAFF = ("张三", "李四", "王五", "赵六")
PEOPLE = made_up_people(4)
CLASSES = ((date(2020, 3, 20), "焊工", (0, 1)), (date(2020, 4, 6), "电工", (1, 2)), (date(2020, 4, 24), "钳工", (0, 2)))
LARGE = (date(2020, 5, 11), "叉车司机", (1, 3))
"""Of a large enterprise: it goes on in the ordinary procedure."""
NUMBERS = tuple(f"2020-DQ-{serial:04}" for serial in range(1, len(CLASSES) + 2))
FUND, GRANTED_FEN = "ZX2020", 250_000
EARLIER = "补录"
ATTACHMENT_4 = "附件4.csv"

Act = Callable[[Context], object]
Bytes = tuple[bytes, bytes]
Rows = dict[str, list[Any]]

_USUAL = {
    Stage.DRAFT: (Action.SUBMIT,),
    Stage.PRE_REVIEW: (Action.AWAIT_PAPER,),
    Stage.AWAITING_PAPER: (Action.SUBMIT,),
    Stage.RETURNED: (Action.SUBMIT,),
    Stage.RECEIVED: (Action.APPROVE, Action.ACCEPT),
    Stage.ACCEPTED: (Action.FIRST_CHECK,),
    Stage.FIRST_CHECKED: (Action.SECOND_CHECK,),
    Stage.SECOND_CHECKED: (Action.APPROVE, Action.RECHECK),
    Stage.OPENED: (Action.TRANSFER, Action.CLAIM),
    Stage.CLAIM_DRAFT: (Action.SUBMIT,),
    Stage.CLAIM_PRE_REVIEW: (Action.AWAIT_PAPER,),
    Stage.CLAIM_AWAITING_PAPER: (Action.SUBMIT,),
    Stage.CLAIM_RETURNED: (Action.SUBMIT,),
    Stage.CLAIM_RECEIVED: (Action.APPROVE, Action.ACCEPT),
    Stage.CLAIM_ACCEPTED: (Action.FIRST_CHECK,),
    Stage.CLAIM_FIRST_CHECKED: (Action.SECOND_CHECK,),
    Stage.CLAIM_SECOND_CHECKED: (Action.APPROVE, Action.RECHECK),
    Stage.CLAIM_APPROVED: (Action.PUBLISH, Action.REOPEN),
    Stage.PUBLISHED: (Action.CLEAR,),
    Stage.CLEARED: (Action.ORDER_PAYMENT, Action.REOPEN),
    Stage.TO_PAY: (Action.PAY, Action.STOP_PAYMENT),
    Stage.BOUNCED: (Action.CORRECT,),
    Stage.PAID: (Action.ARCHIVE,),
}
"""What takes a case on as a rule; the second where the first is refused."""


def _way(start: Stage, wanted: Stage) -> list[Action]:
    """The shortest, empty where there is none."""
    ways: dict[Stage, list[Action]] = {start: []}
    ahead = deque([start])
    while ahead:
        here = ahead.popleft()
        for (stage, action), move in MOVES.items():
            # Answers that contradict each other are an accident and no way on.
            if stage is here and move.to not in ways and action not in (Action.FIND_PAID, Action.FIND_BOUNCED):
                ways[move.to] = [*ways[here], action]
                ahead.append(move.to)
    return ways.get(wanted, [])


def furnish(counter: Counter) -> None:
    """Staff, money and four drafts; one person has trained twice before."""
    counter.hire_colleagues()
    for starts_on, occupation, places in CLASSES:
        counter.file([replace(PEOPLE[place], seq=seq) for seq, place in enumerate(places, 1)], starts_on, occupation)
    _file_large(counter)
    earlier = [
        PastTraining(PEOPLE[0].id_number, name, Level.FIVE, day, day, Delivery.OFFLINE, True, True)
        for name, day in (("车工", date(2020, 1, 6)), ("钎焊工", date(2020, 1, 8)))
    ]
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, earlier, source=EARLIER)
        funds.put(context, FUND, "专账资金", GRANTED_FEN)
        for applicant in context.session.exec(select(Applicant)):
            applicant.bank_name = "攀枝花市商业银行"
            applicant.seal(context.vault, bank_account="5104020000000001")
            context.session.add(applicant)


def write_attachment_4(folder: Path) -> None:
    """The hours online of everybody there is, in text form."""
    lines = ["序号,姓名,身份证号,联系电话,课程学时,完成学时,考核合格"]
    lines += [
        f"{seq},{person.name},{person.id_number},{person.phone},40,40,是" for seq, person in enumerate(PEOPLE, start=1)
    ]
    (folder / ATTACHMENT_4).write_text("\n".join(lines), encoding="utf-8")


def _file_large(counter: Counter) -> None:
    starts_on, occupation, places = LARGE
    filing = a_filing()
    filing = replace(
        filing,
        received_on=counter.day,
        applicant=replace(
            filing.applicant, size=Size.LARGE, name="攀枝花市长江钢铁有限公司", credit_code="91510402MA6CJKG50N"
        ),
        training=replace(
            filing.training,
            format=Format.OWN_TEACHERS,
            starts_on=starts_on,
            ends_on=starts_on + TWO_WEEKS,
            occupation=occupation,
        ),
    )
    with counter.register.writing(counter.acting) as context:
        number = opening_filing.file(context, filing)
        people = [replace(PEOPLE[place], seq=seq) for seq, place in enumerate(places, 1)]
        roster_edits.replace_all(context, number, people)


class Office(Counter):
    """Everybody in it acts on whatever there is; what is refused must have changed nothing."""

    folder: Path
    _seen: tuple[Bytes, Rows] | None = None
    """What the files of the register were when its tables were read last, and what stood in them."""

    def attempt(self, act: Act, name: str = STAFF[0]) -> bool:
        """Try it; whether it was done."""
        before = self.everything()
        acting = replace(self.acting, name=name)
        try:
            with self.register.writing(acting) as context:
                act(context)
        except NotAllowed:
            # That somebody tried it is an entry of the journal, and of nothing else.
            assert _without_journal(self.everything()) == _without_journal(before)
            return False
        except PxtuiError:
            assert self.everything() == before
            return False
        return True

    def everything(self) -> Rows:
        """All rows of all tables."""
        files = self.files()
        if self._seen is None or self._seen[0] != files:
            self._seen = files, self._rows()
        return self._seen[1]

    def files(self) -> Bytes:
        """The register as it lies on the disk, or its rows on a server: whatever was written since makes it another."""
        if on_server.is_chosen():
            return on_server.rows_of(self.register.home.root).content().rows, b""
        database = self.register.home.register
        ahead = database.with_name(f"{database.name}-wal")
        return database.read_bytes(), ahead.read_bytes() if ahead.exists() else b""

    def _rows(self) -> Rows:
        with self.register.reading(self.acting) as context:
            connection = context.session.connection()
            tables = Applicant.metadata.sorted_tables
            assert tables
            return {table.name: run(connection, f"SELECT * FROM {table.name}") for table in tables}  # noqa: S608

    def go_on(self, number: str) -> None:
        """The usual next step."""
        stage = self.stage(number)
        any(self.take(number, action) for action in _USUAL.get(stage, ()))

    def bring_to(self, number: str, wanted: Stage) -> None:
        """Along the shortest way from where it stands, as far as that is open to it."""
        while (stage := self.stage(number)) is not wanted:
            way = _way(stage, wanted)
            if not way or not self.take(number, way[0]):
                return

    def take(self, number: str, action: Action) -> bool:
        """A step with all that it needs, by the first officer who may; whether it was taken."""
        before = self.stage(number)
        self._prepare(number, action)
        act = self._elsewhere(number).get(action)
        act = act or partial(advance.advance, number=number, action=action, opinion="理由")
        any(self.attempt(act, name) for name in STAFF)
        return self.stage(number) is not before

    def _prepare(self, number: str, action: Action) -> None:
        """Time passes, results come in, others sign."""
        if action is Action.SUBMIT and self.stage(number) in CLAIM_ENTRY:
            self.enter_claim(number, f"2020{number[-4:]}000000000001")
        if action in (Action.CLAIM, Action.TRANSFER):
            with self.register.reading(self.acting) as context:
                self.day = max(self.day, find(context, number).ends_on)
        if action is Action.TRANSFER:
            self.take_hours(number)
        if action is Action.CLEAR:
            self.day += timedelta(days=12)
        if action in (Action.PAY, Action.BOUNCE):
            with self.register.reading(self.acting) as context:
                batch = self._batch_of(context, number)
            any(self.attempt(partial(payment_orders.sign, number=batch, opinion="经核对"), name) for name in STAFF)
            self.attempt(partial(payment_orders.hand_over, number=batch, folder=self.folder))
        if action in (Action.SETTLE, Action.SETTLE_PART):
            any(self.attempt(partial(recovery.approve, number=number), name) for name in STAFF)

    def _elsewhere(self, number: str) -> dict[Action, Act]:
        """How to do what is not done on the case itself."""
        return {
            Action.VOID: partial(voiding.void, number=number, reason="登记重了"),
            Action.CHANGE: partial(self._change_class, number=number),
            Action.TERMINATE: self._lift,
            Action.PUBLISH: lambda context: publishing.publish(context, [number], context.today),
            Action.OBJECT: partial(objections.receive, number=number, statement="名单有误"),
            Action.DISMISS: partial(objections.decide, number=number, finding="已核查", upheld=False),
            Action.UPHOLD: partial(objections.decide, number=number, finding="已核查", upheld=True),
            Action.CLEAR: partial(self._clear, number=number),
            Action.ORDER_PAYMENT: partial(payment_orders.prepare, fund_code=FUND, numbers=[number]),
            Action.STOP_PAYMENT: partial(payment_orders.stop, number=number, reason="有举报"),
            Action.PAY: partial(self._answer, number=number, arrives=True),
            Action.BOUNCE: partial(self._answer, number=number, arrives=False),
            Action.CORRECT: partial(self.correct, number=number),
            Action.RECOVER: partial(self._order_back, number=number),
            Action.DROP_RECOVERY: partial(recovery.drop, number=number, reason="查无此事"),
            Action.SETTLE: partial(self._settle, number=number),
            Action.SETTLE_PART: partial(self._settle, number=number),
        }

    def take_hours(self, number: str) -> None:
        """Everybody's hours online become known."""
        reading = read_roster(self.folder / ATTACHMENT_4)
        self.attempt(partial(offline_results.put_hours, number=number, reading=reading, source=ATTACHMENT_4))

    def bring_results(self, number: str, fen: int) -> None:
        """The ordinary procedure is over for everybody: so much was paid for each."""
        with self.register.reading(self.acting) as context:
            people = roster_edits.rows(context, number)
        day = self.day if fen else None
        rows = [OfflineRow(row.id_number, row.name, Decimal(20), bool(fen), fen, day) for row in people]
        self.attempt(partial(offline_results.take_results, number=number, rows=rows, source="线下结果.csv"))

    def correct(self, context: Context, number: str) -> None:
        """The enterprise tells another account."""
        name = find(context, number).applicant_name
        bank_answers.correct(context, number, bank_name="中国银行", account="6217000000000001", account_name=name)

    def _change_class(self, context: Context, number: str) -> None:
        """A day longer; where duties are apart another officer lets it come into force."""
        if class_changes.proposal(context, number) is not None:
            class_changes.approve(context, number, "已核实")
            return
        ends_on = find(context, number).ends_on + timedelta(days=1)
        class_changes.change(context, number, ClassChange(ends_on=ends_on), "企业申请", "已核实")

    def _lift(self, context: Context) -> None:
        if lifting.announced(context) is None:
            lifting.announce(context.by(replace(context.acting, name=STAFF[-1])), self.day, "川疫指1号")
        lifting.sign(context)

    def _clear(self, context: Context, number: str) -> None:
        item = publicity_batches.published_item(context, find(context, number))
        batch = context.session.get(PublicityBatch, item.batch_id) if item else None
        named = publicity_batches.PUBLICITY_BATCHES.number(context, batch) if batch else ""
        publishing.note_page(context, named, "https://example.org/gs", PROOF)
        publishing.clear(context, named)

    def _answer(self, context: Context, number: str, arrives: bool) -> None:
        amount = find(context, number).approved_total_fen or 0
        said = BankAnswer(number, amount, arrives, "YH1" if arrives else "账号有误")
        bank_answers.answer_one(context, self._batch_of(context, number), said, same_reference_is_right=True)

    def _order_back(self, context: Context, number: str) -> None:
        case = find(context, number)
        left = recovery.paid_fen(context, case) - recovery.returned_fen(context, case)
        recovery.order(context, number, left, "查实")

    def _settle(self, context: Context, number: str) -> None:
        """Whoever comes first states it, another one has seen it."""
        if stated_returns.of_case(context, find(context, number)) is None:
            back = recovery.returned_fen(context, find(context, number))
            recovery.settle(context.by(replace(context.acting, name=STAFF[-1])), number, context.today, f"TK{back}")
        recovery.confirm_return(context, number, "对账单")

    def _batch_of(self, context: Context, number: str) -> str:
        for batch in payment_batches.batches(context):
            if any(line.case_number == number and line.outcome is None for line in batch.lines):
                return batch.number
        return ""


def _without_journal(rows: Rows) -> Rows:
    return {table: found for table, found in rows.items() if table not in {"journal_entry", "chain_link", "row_proof"}}
