"""Step 6: what was handed in for the claim, and the amount explained line by line."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from pxtui.casework.check import claim_figures, eligibility
from pxtui.casework.check.eligibility import Overview
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.claim.filing import ClaimFiling
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY
from pxtui.casework.opening import shown
from pxtui.casework.people import reveals
from screens.application.amount import amount_explained
from screens.application.claim_fields import all_handed_in, claim_fields, claimable, from_claim, to_claim
from screens.entry.effects import Row
from screens.entry.form_engine import Left, Picked, Typed
from screens.frame.form import FormScreen
from screens.frame.screen import Handlers
from screens.widgets.form import Form
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose

_AMOUNT_HEIGHT = 6


class Claim(FormScreen):
    """The form of Attachment 3, the amount below it."""

    name_in_keymap = "claim"
    what = "补贴申请"
    open_at = CLAIM_ENTRY
    step = 6
    handed_in_sentence = "材料和过程证明全部记为已交，请核对；没交的改为未交。"

    def __init__(self, number: str, draft: Row | None = None) -> None:
        super().__init__(number, draft)
        self._filed: ClaimFiling | None = None
        self._heads_shown: str | None = None
        """With which number of people, as keyed, the amount is explained; None: not yet."""
        self._amount = Prose()
        self._amount.styles.height = _AMOUNT_HEIGHT

    def handlers(self) -> Handlers:
        """Ctrl+C for the account."""
        return {**super().handlers(), "reveal": partial(self.reveal, reveals.of_account)}

    def make_form(self, kept: Row) -> Form:
        """The form of the claim."""
        return Form(claim_fields(self.today, self.notice), kept, self.follow)

    def handed_in(self) -> Row:
        """Every material and every proof of the training ticked off."""
        return all_handed_in(self.notice)

    def body(self) -> Iterable[Pane]:
        """The form and the amount."""
        return (self.form, self._amount)

    def opened(self) -> None:
        """What there is to see stands in the title until the case says otherwise."""
        self.show_title("补贴申请（附件3）", "Ctrl+N录入凭证")
        super().opened()

    def load(self) -> None:
        """Ask for the claim, then for the amount with what is keyed."""
        self._heads_shown = None
        self.load_filed(shown.claim)

    def after_key(self) -> None:
        """The amount follows the keys."""
        self._follow_heads()

    def keyed(self, effect: Left | Typed | Picked) -> None:
        """What was pasted counts as well."""
        self._follow_heads()

    def _follow_heads(self) -> None:
        heads = self.form.engine.current().get("purchased_heads", "")
        if self._filed is not None and heads != self._heads_shown:
            self._heads_shown = heads
            covered = int(heads) if heads.isdecimal() else None
            self.read(eligibility.overview_with_heads, self.number, covered, then=self._show_amount)

    def do_check(self) -> None:
        """F5."""
        self.store(lambda _: self.check())

    def do_next(self) -> None:
        """On to the vouchers."""
        self.store(lambda _: self.go_on_to("vouchers"))

    def put(self, then: Callable[[str | None], None]) -> None:
        """Store the claim."""

        def make(reason: str) -> Callable[..., None]:
            claim = to_claim(self.form.engine.current(), self.notice)
            return partial(claim_filing.put_claim, number=self.number, filing=claim, day_reason=reason)

        self.with_day_reason(lambda reason: self.put_over(partial(make, reason), then))

    def received_before(self) -> date | None:
        """As it is stored."""
        return self._filed.received_on if self._filed is not None else None

    def as_row(self, filed: ClaimFiling) -> Row:
        """A filed claim as the form shows it."""
        return from_claim(filed, self.notice)

    def filled(self, filed: ClaimFiling) -> None:
        """The amount is of what stands in the form."""
        self._filed = filed
        self._follow_heads()

    def _show_amount(self, overview: Overview) -> None:
        self._amount.show(*amount_explained(overview, self.counter.rulebook))
        # Vouchers are keyed after this form: before the first one nothing can be too much.
        has_vouchers = bool(overview.application.vouchers)
        self.form.know(
            claimable(claim_figures.claimable_fen(overview, self.counter.rulebook) if has_vouchers else None)
        )

    def help_texts(self) -> tuple[str, ...]:
        """What the form is for."""
        return (
            "补贴申请：四项材料和四类过程证明逐项登记，购买覆盖人数按合同或发票填写；下面逐行说明补贴金额怎样算出。",
        )
