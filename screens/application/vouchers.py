"""Step 6, second page: the vouchers, and the amount that follows from them."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from pxtui.casework.check import claim_figures, eligibility
from pxtui.casework.check.eligibility import Overview
from pxtui.casework.check.shortfalls import asked_too_much
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.claim.filing import ClaimFiling
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, SETTLED
from pxtui.casework.office import versions
from pxtui.casework.office.versions import Loaded, Newer, Version
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
from screens.application.voucher_conflicts import conflicts, merged
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
        self._stored_last: Loaded[tuple[Voucher, ...]] | None = None
        """What the register had, as far as it has answered."""
        self._sent: Version | None = None
        """Of what it has when it has answered everything."""
        self._newer: Newer[tuple[Voucher, ...]] | None = None
        """What a colleague stored sooner; until it is compared nothing more is stored."""
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
        self.read(versions.load, claim_filing.vouchers_of, self.number, then=self._begin, hold=True)
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
            self.write(roster_edits.wait_for_writes, self.number, then=lambda _: self._check_stored(), hold=True)

    def _check_stored(self) -> None:
        if self._newer is None:
            self.check()
        else:
            self._compare(self._newer)

    def unstored(self) -> dict[str, Any]:
        """The vouchers on their way: always all of them, for so they are stored."""
        if not (self._writing or self._unfinished()):
            return {}
        last = self._stored_last
        over = {} if last is None else {"was": [from_voucher(voucher) for voucher in last.value]}
        return {"rows": self.sheet.engine.rows, **over}

    def _unfinished(self) -> list[int]:
        """The places of vouchers that cannot be stored yet, from 1."""
        return [index for index, row in enumerate(self.sheet.engine.rows, start=1) if not is_whole(row)]

    def _store(self) -> None:
        self._writing += 1
        self.keep_draft()
        vouchers = tuple(to_vouchers(self.sheet.engine.rows))
        version = self._sent
        assert version is not None
        # Rows follow one another faster than the register answers: each list is stored over the one before.
        self._sent = version.followed_by(vouchers)
        # The answer counts even when the screen is gone; refused vouchers stay in the draft.
        self.counter.write(
            versions.store,
            version,
            partial(claim_filing.replace_vouchers, number=self.number, entered=vouchers),
            then=partial(self._answered_of, Loaded(vouchers, self._sent)),
            failed=self._refused,
            away=self.tell_away,
        )
        unfinished = self._unfinished()
        if unfinished:
            self.warn(f"第{unfinished[0]}张凭证的日期或金额没有填好，还没有计入；请补填或删去。")

    def again(self) -> None:
        """The database is back: it takes all of them, once however often they were asked for."""
        self._writing = 0
        self._go_back_to(self._stored_last)
        self._store()

    def _go_back_to(self, loaded: Loaded[tuple[Voucher, ...]] | None) -> None:
        """What is stored next is stored over this."""
        assert loaded is not None
        self._stored_last, self._sent = loaded, loaded.version

    def _refused(self, sentence: str) -> None:
        self._go_back_to(self._stored_last)
        self.tell_refused(sentence)

    def _answered_of(self, sent: Loaded[tuple[Voucher, ...]], answer: Newer[tuple[Voucher, ...]] | None) -> None:
        """A list is stored, or a colleague was sooner."""
        if answer is None or answer.now.value == sent.value:
            # The latter where an answer was lost with the line, and it was stored all the same.
            self._stored_last = sent
            self._stored()
        elif not self.is_attached:
            self.counter.say_next("同事先改了凭证，您改的没有存下，还在草稿里；请再打开凭证一页逐张对照。")
        else:
            # Not at once: digits that are typed into the next voucher would choose on the page that compares.
            self._newer = answer
            self._go_back_to(self._stored_last)
            self.warn("同事先改了凭证，您改的还没有存下：录完按F5逐张对照。")

    def _compare(self, newer: Newer[tuple[Voucher, ...]]) -> None:
        assert self._stored_last is not None
        found = conflicts(newer, self._stored_last.value, self.sheet.engine.rows)

        def settle(taken: frozenset[str]) -> None:
            self._newer, self._writing = None, 0
            rows = merged(newer, self.sheet.engine.rows, taken)
            self._go_back_to(newer.now)
            self.sheet.load(rows)
            self.sheet.press("ctrl+end")
            self._store()

        if found:
            self.counter.open("conflict", found, settle)
        else:
            settle(frozenset())

    def _stored(self) -> None:
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

    def _begin(self, loaded: Loaded[tuple[Voucher, ...]]) -> None:
        kept = {} if self.is_shut else self.take_kept()
        self._go_back_to(loaded)
        if "was" in kept:
            # What was keyed is stored over what stood there then.
            was = tuple(to_vouchers(kept["was"]))
            self._go_back_to(Loaded(was, loaded.version.followed_by(was)))
        self._show(loaded.value, kept)

    def _show(self, vouchers: tuple[Voucher, ...], kept: Mapping[str, Any]) -> None:
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
