"""Step 6, second page: the vouchers, and the amount that follows from them."""

from collections.abc import Iterable
from typing import Any

from pxtui.casework import claim, eligibility, roster
from pxtui.casework.eligibility import Overview
from pxtui.policy.facts import Voucher
from screens.amount import amount_explained
from screens.claim_form import from_voucher, is_whole, to_vouchers, voucher_fields
from screens.entry.effects import Effect, FieldLeft, Refused
from screens.sheet_screen import SheetScreen
from screens.theme import BY_VERDICT
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose
from screens.widgets.sheet import Sheet

_AMOUNT_HEIGHT = 8


class Vouchers(SheetScreen):
    """The sheet of vouchers over the amount."""

    name_in_registry = "vouchers"
    step = 6

    def __init__(self, number: str, draft: dict[str, Any] | None = None) -> None:
        super().__init__(number, draft)
        self._amount = Prose()
        self._amount.styles.height = _AMOUNT_HEIGHT

    def make_sheet(self) -> Sheet:
        """The sheet of vouchers."""
        return Sheet(voucher_fields(self.today), self.follow)

    def body(self) -> Iterable[Pane]:
        """The sheet and the amount."""
        return (self.sheet, self._amount)

    def load(self) -> None:
        """Ask for the vouchers."""
        self.show_title("凭证（发票、付款凭证）", "红字发票金额填负数")
        self.read(claim.vouchers_of, self.number, then=self._show, hold=True)
        self._ask_for_amount()

    def follow(self, effect: Effect) -> None:
        """What the engine asks for."""
        self.count_row(effect)
        if isinstance(effect, Refused):
            self.warn(effect.sentence)
        elif isinstance(effect, FieldLeft):
            self.keep_draft()
        else:
            self._store()

    def do_check(self) -> None:
        """F5."""
        self.finish()
        self._store()
        self.write(roster.settle, self.number, then=lambda _: self.go_on_to("eligibility"), hold=True)

    def _store(self) -> None:
        rows = self.sheet.engine.rows
        unfinished = [index for index, row in enumerate(rows, start=1) if not is_whole(row)]
        self.write(claim.replace_vouchers, self.number, to_vouchers(rows), then=lambda _: self._ask_for_amount())
        if unfinished:
            self.warn(f"第{unfinished[0]}张凭证的日期或金额没有填好，还没有计入；请补填或删去。")
        else:
            self.forget_draft()

    def _ask_for_amount(self) -> None:
        self.read(eligibility.overview, self.number, then=self._show_amount)

    def _show(self, vouchers: tuple[Voucher, ...]) -> None:
        self.sheet.load([from_voucher(voucher) for voucher in vouchers])
        self.resume_draft()
        self.place_cursor()

    def _show_amount(self, overview: Overview) -> None:
        about_vouchers: list[Paragraph] = [
            (finding.message, BY_VERDICT["不符" if finding.blocks else "注意"])
            for finding in overview.judgement.findings
            if finding.code.startswith("voucher.")
        ]
        self._amount.show(*amount_explained(overview), *about_vouchers)

    def help_texts(self) -> tuple[str, ...]:
        """What the sheet is for."""
        return (
            "凭证：号码、日期、金额、收款方、付款方依次录入，F4照抄上一张的同一栏。重复、他案已用和抬头不符的不计入支出。",
        )
