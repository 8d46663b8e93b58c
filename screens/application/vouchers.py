"""Step 6, second page: the vouchers, and the amount that follows from them."""

from collections.abc import Iterable
from typing import Any

from pxtui.casework.check import claim_figures, eligibility
from pxtui.casework.check.eligibility import Overview
from pxtui.casework.check.shortfalls import asked_too_much
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.claim.filing import ClaimFiling
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, SETTLED
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import Filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.policy.facts import Voucher
from pxtui.policy.vouchers import counted_twice
from screens.application.amount import amount_explained
from screens.application.claim_fields import (
    VOUCHER_KINDS,
    VOUCHER_NUMBERS,
    from_voucher,
    is_whole,
    to_vouchers,
    voucher_fields,
)
from screens.entry.effects import RowInserted, RowRemoved, RowStored
from screens.frame.screen import Handlers
from screens.frame.sheet import SheetScreen
from screens.frame.shut import Instead
from screens.terminal.theme import BY_VERDICT, LABEL
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose
from screens.widgets.sheet import SheetPane

_AMOUNT_HEIGHT = 8
_HINT_HEIGHT = 1


class Vouchers(SheetScreen):
    """The sheet of vouchers over the amount."""

    name_in_keymap = "vouchers"
    what = "凭证"
    open_at = CLAIM_ENTRY
    instead = Instead(SETTLED, "日期录错的按{}，再按F2")
    step = 6

    def __init__(self, number: str, draft: dict[str, Any] | None = None) -> None:
        super().__init__(number, draft)
        self._amount = Prose()
        self._amount.styles.height = _AMOUNT_HEIGHT
        self._hint = Prose()
        self._hint.styles.height = _HINT_HEIGHT
        self._hint.show((VOUCHER_NUMBERS, LABEL))
        self._writing = 0
        self._asked_fen: int | None = None
        """What Attachment 3 asks for."""

    def handlers(self) -> Handlers:
        """The keys of a sheet on which new facts are keyed."""
        return {**super().handlers(), **self.entry_handlers()}

    def make_sheet(self) -> SheetPane:
        """The sheet of vouchers."""
        return SheetPane(voucher_fields(self.today), self.follow)

    def body(self) -> Iterable[Pane]:
        """The sheet, what belongs into a number, and the amount."""
        return (self.sheet, self._hint, self._amount)

    def load(self) -> None:
        """Ask for the vouchers."""
        self.show_title("支出凭证（一笔支出只录一张，有发票的录发票）", "红字发票金额填负数")
        self.read(opening_filing.filing, self.number, then=self._begin_with, hold=True)
        self.read(claim_filing.claim_filing, self.number, then=self._compare_with, hold=True)
        self.read(claim_filing.vouchers_of, self.number, then=self._show, hold=True)
        self._ask_for_amount()

    def rows_changed(self, _effect: RowStored | RowInserted | RowRemoved) -> None:
        """All vouchers are stored anew."""
        self._store()

    def finish(self) -> None:
        """What was changed can be undone, and made again, when the sheet is opened again."""
        super().finish()
        self.counter.sheets_left[self.name_in_keymap, self.number] = self.sheet.engine.left()

    def do_check(self) -> None:
        """F5."""
        if self.is_shut:
            self.check()
            return
        self.finish()
        self._store()
        # What lies in the draft alone counts nowhere, and least of all a red one.
        if not self._unfinished():
            self.write(roster_edits.wait_for_writes, self.number, then=lambda _: self.check(), hold=True)

    def unstored(self) -> dict[str, Any]:
        """The vouchers on their way: always all of them, for so they are stored."""
        return {"rows": self.sheet.engine.rows} if self._writing or self._unfinished() else {}

    def _unfinished(self) -> list[int]:
        """The places of vouchers that cannot be stored yet, from 1."""
        return [index for index, row in enumerate(self.sheet.engine.rows, start=1) if not is_whole(row)]

    def _store(self) -> None:
        self._writing += 1
        self.keep_draft()
        vouchers = to_vouchers(self.sheet.engine.rows)
        # The answer counts even when the screen is gone; refused vouchers stay in the draft.
        self.counter.write(
            claim_filing.replace_vouchers,
            self.number,
            vouchers,
            then=self._stored,
            failed=self.tell_refused,
            away=self.tell_away,
        )
        unfinished = self._unfinished()
        if unfinished:
            self.warn(f"第{unfinished[0]}张凭证的日期或金额没有填好，还没有计入；请补填或删去。")

    def again(self) -> None:
        """The database is back: it takes all of them, once however often they were asked for."""
        self._writing = 0
        self._store()

    def _stored(self, _: None) -> None:
        self._writing -= 1
        self.keep_draft()
        if self.is_attached:
            self._ask_for_amount()

    def _ask_for_amount(self) -> None:
        self.read(eligibility.overview, self.number, then=self._show_amount)

    def _begin_with(self, filing: Filing) -> None:
        """The first voucher is most often one from the provider to the applicant."""
        payee = filing.training.provider or filing.training.platform or ""
        self.sheet.engine.first_row = {"payee": payee, "payer": filing.applicant.name}

    def _compare_with(self, filing: ClaimFiling) -> None:
        self._asked_fen = filing.asked_total_fen

    def _show(self, vouchers: tuple[Voucher, ...]) -> None:
        kept = {} if self.is_shut else self.take_kept()
        rows = kept.get("rows") or [from_voucher(voucher) for voucher in vouchers]
        left = self.counter.sheets_left.get((self.name_in_keymap, self.number))
        if left is not None and to_vouchers([*left.rows]) == to_vouchers(rows) and len(left.rows) == len(rows):
            self.sheet.load(left.rows, left.done, left.undone)
        else:
            self.sheet.load(rows)
        # Keying goes on behind the last voucher: who types at once must not type over the first.
        self.sheet.press("ctrl+end")
        if "rows" in kept:
            self._store()
        self.resume_draft(kept)
        self.place_cursor()

    def _show_amount(self, overview: Overview) -> None:
        about_vouchers: list[Paragraph] = [
            (finding.message, BY_VERDICT["不符" if finding.blocks else "注意"])
            for finding in overview.judgement.findings
            if finding.code.startswith("voucher.")
        ]
        twice = [(f"注意 {sentence}", BY_VERDICT["注意"]) for sentence in counted_twice(overview.application.vouchers)]
        self._amount.show(
            *twice, *self._asked_too_much(overview), *amount_explained(overview, self.counter.rulebook), *about_vouchers
        )

    def _asked_too_much(self, overview: Overview) -> list[Paragraph]:
        """Said while the applicant stands at the counter and can write another sum."""
        if not overview.application.vouchers:
            return []
        most_fen = claim_figures.claimable_fen(overview, self.counter.rulebook)
        sentence = asked_too_much(self._asked_fen, most_fen)
        return [(f"注意 {sentence}", BY_VERDICT["注意"])] if sentence else []

    def help_texts(self) -> tuple[str, ...]:
        """What the sheet is for."""
        return (
            "凭证：一笔支出只录一张，发票和付它的凭证不重复录。号码、日期、金额、收款方、付款方依次录入，F4照抄上一张的同一栏；收款方、付款方先填好，核对后按Enter。重复、他案已用和抬头不符的不计入支出。",
            "凭证号码按票的种类：",
            *VOUCHER_KINDS,
        )
