"""Step 6, second page: the vouchers, and the amount that follows from them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pxtui.casework import claim, eligibility, roster
from pxtui.casework.eligibility import Overview
from pxtui.policy.facts import Voucher
from screens.amount import amount_explained
from screens.case_screen import CaseScreen
from screens.claim_form import from_voucher, is_whole, to_vouchers, voucher_fields
from screens.entry.effects import Effect, FieldLeft, Refused
from screens.theme import BY_VERDICT
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose
from screens.widgets.sheet import Sheet

_AMOUNT_HEIGHT = 8


class Vouchers(CaseScreen):
    """The sheet of vouchers over the amount."""

    name_in_registry = "vouchers"
    step = 6

    def __init__(self, number: str, draft: dict[str, Any] | None = None) -> None:
        super().__init__(number)
        self._draft = draft
        self._sheet: Sheet | None = None
        self._amount = Prose()
        self._amount.styles.height = _AMOUNT_HEIGHT

    @property
    def pane(self) -> Pane:
        """The sheet."""
        return self.sheet

    @property
    def sheet(self) -> Sheet:
        """The sheet."""
        if self._sheet is None:
            self._sheet = Sheet(voucher_fields(self._today), self.follow)
        return self._sheet

    @property
    def _today(self) -> date:
        standing = self.counter.standing
        assert standing is not None
        return standing.today

    def body(self) -> Iterable[Pane]:
        """The sheet and the amount."""
        return (self.sheet, self._amount)

    def load(self) -> None:
        """Ask for the vouchers."""
        self.show_title("凭证（发票、付款凭证）", "红字发票金额填负数")
        self.read(claim.vouchers_of, self.number, then=self._show, hold=True)
        self._ask_for_amount()

    def draft(self) -> dict[str, Any] | None:
        """The row in hand."""
        values = self.sheet.engine.draft()
        if not values:
            return None
        return {"screen": "vouchers", "number": self.number, "row": self.sheet.engine.row, "values": values}

    def follow(self, effect: Effect) -> None:
        """What the engine asks for."""
        if isinstance(effect, Refused):
            self.warn(effect.sentence)
        elif isinstance(effect, FieldLeft):
            self.counter.keep_draft(self.draft())
        else:
            self._store()

    def do_edit(self) -> None:
        """F2."""
        self.sheet.press("f2")

    def do_ditto(self) -> None:
        """F4."""
        self.sheet.press("f4")

    def do_remove(self) -> None:
        """F7."""
        self.sheet.press("f7")

    def do_undo(self) -> None:
        """F8."""
        self.sheet.press("f8")

    def do_redo(self) -> None:
        """Ctrl+R."""
        self.sheet.press("ctrl+r")

    def do_check(self) -> None:
        """F5."""
        from screens.eligibility import Eligibility

        self.sheet.finish()
        self._store()
        self.write(roster.settle, self.number, then=lambda _: self.go_on_to(Eligibility(self.number)), hold=True)

    def do_next(self) -> None:
        """On to the check."""
        self.do_check()

    def leave(self) -> None:
        """Esc: the row in hand is stored."""
        self.sheet.finish()
        super().leave()

    def _store(self) -> None:
        rows = self.sheet.engine.rows
        unfinished = [index for index, row in enumerate(rows, start=1) if not is_whole(row)]
        self.write(claim.replace_vouchers, self.number, to_vouchers(rows), then=lambda _: self._ask_for_amount())
        if unfinished:
            self.warn(f"第{unfinished[0]}张凭证的日期或金额没有填好，还没有计入；请补填或删去。")
        else:
            self.counter.keep_draft(None)

    def _ask_for_amount(self) -> None:
        self.read(eligibility.overview, self.number, then=self._show_amount)

    def _show(self, vouchers: tuple[Voucher, ...]) -> None:
        self.sheet.load([from_voucher(voucher) for voucher in vouchers])
        if self._draft is not None:
            draft, self._draft = self._draft, None
            self.sheet.resume(int(draft["row"]), draft["values"])
            self.say("已恢复上次没有存下的一行。")
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
