"""Step 9: what waits to be paid, the batches from their preparation to the bank's answer, and what is ordered back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import partial
from pathlib import Path

from pxtui.casework.claim.accounts import Account
from pxtui.casework.lifecycle.batch_page import where_due
from pxtui.casework.office import versions
from pxtui.casework.office.versions import Loaded, Version
from pxtui.casework.payment import bank_answers, doubts, funds, recovery
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment import page as payment_page
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.payment.batches import Batch, BatchState
from pxtui.casework.payment.funds import Source
from pxtui.casework.payment.orders import Signed
from pxtui.casework.payment.page import Entry, Next, PaymentDesk
from pxtui.casework.payment.recovery import Reclaim
from pxtui.casework.people import reveals
from pxtui.identifiers.text import canonical
from pxtui.policy.subsidy import yuan
from screens.frame.batches import BatchScreen
from screens.frame.files import ask_for_file
from screens.frame.screen import Handlers
from screens.money.answers import (
    account_number_fault,
    at_most,
    given,
    name_of,
    number_fault,
    one_of,
)
from screens.money.grants import ask_for_grant
from screens.terminal.theme import FAULT, STRONG

_DIGITS_TOGETHER = 4
_MOST_NAMED = 2
"""Of those who may sign, where the message line has to tell how they sit down as well."""


def grouped(digits: str) -> str:
    """An account in fours, as it stands on a card: whoever reads it back keeps her place."""
    return " ".join(digits[place : place + _DIGITS_TOGETHER] for place in range(0, len(digits), _DIGITS_TOGETHER))


class Payment(BatchScreen[Entry]):
    """Enter prepares, signs, hands over, enters the answer, corrects, orders back and settles."""

    name_in_keymap = "payment"
    step = 9
    name_heading = "单位或资金来源"
    cannot_mark = "只能选“可以拨付”的案件。"
    nothing_waits = "没有待拨付的案件。"

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._funds: tuple[Source, ...] = ()
        self._no_second = ""

    def handlers(self) -> Handlers:
        """F2 for sources of money, Del for taking a case out, F11 for money that has to come back."""
        return {
            **super().handlers(),
            "fund": self.do_fund,
            "take_back": self.do_take_back,
            "order_back": self.do_order_back,
            "reveal": self.do_reveal,
        }

    def load(self) -> None:
        """Ask for the page."""
        self.show_title("拨付", "")
        self.read(payment_page.desk, self.number, then=self._show, hold=True)

    def _show(self, page: PaymentDesk) -> None:
        self._funds, self._no_second = page.funds, page.no_second
        behind = f"  后面还有{page.behind}件在等" if page.behind else ""
        self.show_title("拨付", self._money() + behind)
        self.show_entries(page.entries)

    def _money(self) -> str:
        if not self._funds:
            return "没有资金来源，请先按F2登记"
        balance = yuan(sum(source.balance_fen for source in self._funds))
        what = self._funds[0].name if len(self._funds) == 1 else f"{len(self._funds)}个资金来源"
        return f"{what}余额{balance}元"

    def _show_sources(self) -> None:
        self.detail.show(*(f"{source.code} {source.name} 余额{yuan(source.balance_fen)}元" for source in self._funds))

    def due_at(self, entries: Sequence[Entry]) -> str:
        """At its batch, where that waits."""
        return where_due(entries, self.number)

    def can_be_marked(self, entry: Entry) -> bool:
        """What is cleared and has an account."""
        return entry.next is Next.PREPARE

    def acts(self) -> Mapping[Enum, Callable[[Entry], None]]:
        """What Enter does."""
        return {
            Next.PREPARE: self._prepare,
            Next.REOPEN: self.reopen,
            Next.CORRECT: self._correct,
            Next.SIGN: self._sign,
            Next.HAND_OVER: self._hand_over,
            Next.ANSWER: self._answer,
            Next.ANSWER_ONE: self._answer_one,
            Next.CONFIRM_BOUNCE: self._confirm_bounce,
            Next.RESOLVE: self._resolve,
            Next.ARCHIVE: lambda here: self.counter.open("approval", here.number),
            Next.APPROVE: self._approve,
            Next.SETTLE: self._settle,
            Next.CONFIRM_RETURN: self._confirm_return,
        }

    def do_fund(self) -> None:
        """F2."""
        self._show_sources()
        offered = self._funds[0].code if self._funds else ""
        ask_for_grant(self, offered, self.reload)

    def do_take_back(self) -> None:
        """Del."""
        if not self.entries or not self.here.can_be_taken_back:
            self.warn("只能撤出还没有交银行的案件，撤销追回，或删去没有确认的退款到账。")
            return
        here = self.here
        self.sought = here.number
        if here.batch:
            act = partial(self.do, payment_orders.stop, here.number, sentence="已撤出。")
            self.ask(f"撤出{here.number}的理由：", act)
        elif here.next is Next.CONFIRM_RETURN:
            strike = partial(self.do, recovery.strike_return, here.number, sentence="已删去登记的退款到账。")
            self.ask(f"删去{here.number}登记的退款到账，理由：", strike)
        else:
            drop = partial(self.write, recovery.drop, here.number, then=self._dropped, hold=True)
            self.ask(f"撤销追回{here.number}的理由：", drop)

    def _dropped(self, reclaim: Reclaim) -> None:
        self.reload("已提出撤销追回，由另一人同意。" if reclaim.is_open else "已撤销追回。")

    def issue(self, number: str) -> None:
        """Issue the table of a batch and the slips of its cases."""
        # The page stands without the papers.
        from pxtui.casework.printed import of_payment_batch

        self.write(
            partial(of_payment_batch.issue, with_slips=True),
            number,
            then=lambda paths: self.say(f"已出具{len(paths)}份，汇总表在{paths[0].parent}。"),
            hold=True,
        )

    def _prepare(self, here: Entry) -> None:
        numbers = self.marked_or_here()
        if not self._funds:
            self.warn("还没有登记资金来源，请先按F2登记。")
        elif self._no_second:
            self.warn(self._no_second)
        elif len(self._funds) == 1:
            self._prepare_from(numbers, self._funds[0].code)
        else:
            self._show_sources()
            codes = [source.code for source in self._funds]
            self.ask("资金来源的代码：", partial(self._prepare_from, numbers), check=one_of(codes))

    def _prepare_from(self, numbers: list[str], code: str) -> None:
        total = yuan(sum(entry.amount_fen for entry in self.entries if entry.number in numbers))
        self.confirm(
            f"{len(numbers)}件{total}元列入一个批次，由{code.upper()}支付",
            lambda: self.write(payment_orders.prepare, code, numbers, then=self._prepared, hold=True),
        )

    def _prepared(self, batch: Batch) -> None:
        sentence = f"已编制{batch.number}：{len(batch.lines)}件{yuan(batch.total_fen)}元，由另一人签发。"
        self.show_made(batch.number, sentence)

    def _correct(self, here: Entry) -> None:
        ask = partial(self._correct_over, here)
        self.read(versions.load, bank_answers.account_on_file, here.number, then=ask, hold=True)

    def _correct_over(self, here: Entry, on_file: Loaded[Account]) -> None:
        def ask_for_account(bank: str) -> None:
            self.ask(f"{here.number}的账号：", partial(ask_for_name, bank), check=account_number_fault)

        def ask_for_name(bank: str, account: str) -> None:
            self.ask("账户的户名：", partial(read_back, bank, account), here.name, check=name_of(here.name))

        def read_back(bank: str, account: str, name: str) -> None:
            digits = canonical(account)
            act = partial(bank_answers.correct, bank_name=bank, account=account, account_name=name)
            sentence = "已更正账户，可再列入批次。"
            self.detail.show(f"户名 {name}", f"开户银行 {bank}", (f"账号 {grouped(digits)}", STRONG))
            self.confirm(
                f"账号共{len(digits)}位，与证明核对无误",
                lambda: self.do_with(on_file.version, "账户", act, here.number, sentence=sentence),
            )

        self.ask(f"{here.number}的开户银行：", ask_for_account, check=given("开户银行全称"))

    def _waits_for_another(self, here: Entry) -> bool:
        """Whether somebody else has to do this; it is said who, and how she sits down."""
        standing = self.counter.standing
        if standing is None or standing.clerk in here.signers:
            return False
        some = "、".join(here.signers[:_MOST_NAMED]) + ("等" if len(here.signers) > _MOST_NAMED else "")
        self.warn(f"须由{some}办理：Esc回柜台，Ctrl+Q退出，重新打开后选姓名。" if some else here.sentences[-1])
        return True

    def _sign(self, here: Entry) -> None:
        if self._waits_for_another(here):
            return
        self.detail.show(*((change, FAULT) for change in here.changes), *here.lines)

        def sign(opinion: str = "") -> None:
            act = partial(payment_orders.sign, opinion=opinion)
            self.write(act, here.number, then=self._signed, hold=True)

        if here.changes:
            question = f"签发{here.number}，对上面{len(here.changes)}处变化的意见："
            self.ask(question, sign, check=given("签发意见"))
        else:
            what = f"签发{here.number}（{len(here.lines)}件，{yuan(here.amount_fen)}元）"
            self.confirm(what, sign)

    def _signed(self, signed: Signed) -> None:
        again = signed.batch.state is BatchState.TO_SIGN_AGAIN
        self.reload("已签发，还要另一人再签发一次才能交银行。" if again else "已签发。")

    def _hand_over(self, here: Entry) -> None:
        def hand_over(folder: Path | None) -> None:
            self.write(
                payment_orders.hand_over,
                here.number,
                folder,
                then=lambda path: self.reload(f"已出具清单，放在{path.parent}，请交银行。"),
                # It may stand in the register though it could not be written.
                failed=self.load,
                hold=True,
            )

        if self.counter.reach.chooses_folders:
            question = "清单放到哪个文件夹（不填放数据文件夹，只出一次）："
            self.ask(question, lambda name: hand_over(self.counter.reach.to_write(name) if name else None))
        else:
            self.confirm(f"出具{here.number}的清单，放数据文件夹，只出一次", lambda: hand_over(None))

    def _answer(self, here: Entry) -> None:
        def read(path: Path) -> None:
            self.work(partial(bank_answers.read, path), enter, hold=True)

        def enter(answers: tuple[BankAnswer, ...]) -> None:
            bounced = [answer for answer in answers if not answer.is_paid]
            paid = yuan(sum(answer.amount_fen for answer in answers if answer.is_paid))
            outcome = f"到账{len(answers) - len(bounced)}件{paid}元，退票{len(bounced)}件"
            self.detail.show(
                *(f"退票 {answer.case_number} {yuan(answer.amount_fen)}元：{answer.reference}" for answer in bounced)
            )
            act = partial(bank_answers.answer, same_reference_is_right=True)
            sentence = f"已登记{here.number}的回单：{outcome}。"
            self.confirm(
                f"{here.number}{outcome}",
                lambda: self._ask_about_numbers(
                    here.number, answers, lambda: self.do(act, here.number, answers, sentence=sentence)
                ),
            )

        ask_for_file(self, "银行回单文件", read)

    def _answer_one(self, here: Entry) -> None:
        amount = yuan(here.amount_fen)

        def ask_for_reference(is_paid: bool) -> None:
            what = "银行流水号：" if is_paid else "退票的原因："
            self.ask(what, partial(read_back, is_paid), check=number_fault if is_paid else None)

        def read_back(is_paid: bool, reference: str) -> None:
            answer = BankAnswer(here.number, here.amount_fen, is_paid, reference)
            act = partial(bank_answers.answer_one, same_reference_is_right=True)
            outcome = f"到账{amount}元，流水号{reference}" if is_paid else f"退票{amount}元，{reference}"
            sentence = f"{here.number}{'已拨付' if is_paid else '退票'}。"
            self.confirm(
                f"{here.number}{outcome}",
                lambda: self._ask_about_numbers(
                    here.batch, (answer,), lambda: self.do(act, here.batch, answer, sentence=sentence)
                ),
            )

        self.ask_which(f"{here.number}（{amount}元）到账填1，退票填2：", "到账", "退票", ask_for_reference)

    def _ask_about_numbers(self, batch: str, answers: tuple[BankAnswer, ...], then: Callable[[], None]) -> None:
        """One number of the bank for two payments is asked about once more."""

        def ask(shared: str) -> None:
            if shared:
                self.confirm(f"{shared}确是银行给的同一个号", then)
            else:
                then()

        self.read(bank_answers.shared_references, batch, answers, then=ask, hold=True)

    def _confirm_bounce(self, here: Entry) -> None:
        act = partial(self.do, doubts.confirm_bounce, here.number, sentence=f"已确认{here.number}的退票。")
        self.ask("核对了什么（如银行退票通知书编号）：", act)

    def _resolve(self, here: Entry) -> None:
        def ask_why(is_paid: bool) -> None:
            found = "到账" if is_paid else "退票"
            act = partial(doubts.resolve, is_paid=is_paid)
            sentence = f"{here.number}已认定{found}。"
            self.ask(
                f"认定{found}的依据：",
                lambda why: self.do(lambda context: act(context, here.number, reason=why), sentence=sentence),
            )

        self.ask_which(f"{here.number}经银行核实，到账填1，退票填2：", "到账", "退票", ask_why)

    def do_reveal(self) -> None:
        """Ctrl+C."""
        if self.entries and not self.here.is_batch:
            self.write(reveals.of_payment, self.here.number, then=self.say, hold=True)
        else:
            self.warn("请把光标移到一个案件，再按Ctrl+C看它的完整账号。")

    def do_order_back(self) -> None:
        """F11."""
        if self.entries and self.here.can_be_ordered_back:
            self.sought = self.here.number
            self._order(self.here)
        else:
            self.warn("只能追回已拨付的案件，请把光标移到那一行。")

    def _order(self, here: Entry) -> None:
        sentence = "已责令退回，由另一人批准。"

        def ask_whether_fraud(text: str) -> None:
            ask = partial(ask_why, funds.fen_of(text))
            self.ask_which("骗取补贴（虚假培训、冒名等）填1，其他原因填2：", "骗取", "其他", ask)

        def ask_why(fen: int, is_fraud: bool) -> None:
            act = partial(recovery.order, is_fraud=is_fraud)
            self.ask("理由：", lambda why: self.do(act, here.number, fen, why, sentence=sentence))

        most = here.amount_fen
        self.ask(f"{here.number}追回多少元：", ask_whether_fraud, yuan(most), check=at_most(most))

    def _approve(self, here: Entry) -> None:
        def ask(order: Loaded[Reclaim]) -> None:
            self.confirm(
                f"批准追回{here.number}（{yuan(order.value.amount_fen)}元）",
                lambda: self.do_with(order.version, "追回", recovery.approve, here.number, sentence="已批准追回。"),
            )

        self.read(versions.load, recovery.under_way, here.number, then=ask, hold=True)

    def _settle(self, here: Entry) -> None:
        def ask_for_amount(day: date) -> None:
            ask = partial(ask_for_reference, day)
            most = here.amount_fen
            self.ask("到账多少元（分次退的填本次）：", ask, yuan(most), check=at_most(most))

        def ask_for_reference(day: date, text: str) -> None:
            fen, sentence = funds.fen_of(text), "已登记退款到账，由另一人确认后生效。"
            self.ask(
                "退款的流水号：",
                lambda reference: self.do(recovery.settle, here.number, day, reference, fen, sentence=sentence),
            )

        self.ask_day("到账日期：", ask_for_amount, f"{self.today}")

    def _confirm_return(self, here: Entry) -> None:
        if self._waits_for_another(here):
            return

        def ask(order: Loaded[Reclaim]) -> None:
            self.ask("核对了什么（如银行对账单、收款回单编号）：", partial(confirm, order.version))

        def confirm(seen: Version, evidence: str) -> None:
            act = partial(recovery.confirm_return, evidence=evidence)
            self.do_with(seen, "退款到账", act, here.number, sentence=f"已确认{here.number}的退款到账。")

        self.read(versions.load, recovery.under_way, here.number, then=ask, hold=True)

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "拨付：上面是待拨付的案件和批次，下面是光标所在一行的说明。空格选几件，Enter列入一个批次；"
            "批次由另一人签发后出具交银行的清单，只出一次；银行回单读文件登记，也可在批次下面逐件登记。",
            "退票的案件按Enter更正账户，户名须与申请单位一致，然后再列入批次。已拨付的案件按Enter去归档，按F11责令退回，由另一人批准，"
            "全部退回后此班不再计入人员的培训次数（骗取补贴的仍计入）。Del撤出还没有交银行的案件或撤销追回，已批准的追回由两人撤销。"
            "在批次一行按F9出具汇总表和告知单。",
            "登记的退款到账由另一人按Enter确认后才算退回，登记错了的按Del删去（岗位分设时由另一名复核人或负责人）。",
            "逐件登记的退票由另一人按Enter确认后才能再拨付；银行后来的回单与登记的不一致时列在最上面，由另一人认定。",
        )
