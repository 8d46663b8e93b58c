"""Step 6: what was handed in for the claim, and the amount explained line by line."""

from collections.abc import Iterable
from typing import Any

from pxtui.casework import claim, eligibility
from pxtui.casework.claim import ClaimFiling
from pxtui.casework.eligibility import Overview
from screens.amount import amount_explained
from screens.case_screen import CaseScreen
from screens.claim_form import all_handed_in, claim_fields, from_claim, to_claim
from screens.entry.effects import Refused, Row
from screens.entry.form_engine import Finished, FormEffect, Left
from screens.widgets.form import Form
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose

_AMOUNT_HEIGHT = 6


class Claim(CaseScreen):
    """The form of Attachment 3, the amount below it."""

    name_in_registry = "claim"
    step = 6

    def __init__(self, number: str, draft: Row | None = None) -> None:
        super().__init__(number)
        self._draft = draft
        self._form: Form | None = None
        self._changed = False
        self._amount = Prose()
        self._amount.styles.height = _AMOUNT_HEIGHT

    @property
    def pane(self) -> Pane:
        """The form."""
        return self.form

    @property
    def form(self) -> Form:
        """The form."""
        if self._form is None:
            standing = self.counter.standing
            assert standing is not None
            self._draft = self._draft or self.kept_values()
            self._changed = self._draft is not None
            self._form = Form(claim_fields(standing.today), self._draft or {}, self.follow)
        return self._form

    def body(self) -> Iterable[Pane]:
        """The form and the amount."""
        return (self.form, self._amount)

    def load(self) -> None:
        """Ask for the claim and the check."""
        self.show_title("补贴申请（附件3）", "Ctrl+N录入凭证")
        self.read(claim.claim_filing, self.number, then=self._show, hold=True)
        self.read(eligibility.overview, self.number, then=self._show_amount)

    def draft(self) -> dict[str, Any] | None:
        """What is keyed and not stored."""
        if not self._changed:
            return None
        return {"screen": "claim", "number": self.number, "values": self.form.engine.current()}

    def follow(self, effect: FormEffect) -> None:
        """What the engine asks for."""
        if isinstance(effect, Refused):
            self.warn(effect.sentence)
        elif isinstance(effect, Finished):
            self.do_next()
        else:
            self._changed = True
            if isinstance(effect, Left):
                self.keep_draft()

    def do_edit(self) -> None:
        """F2."""
        self.form.press("f2")

    def do_handed_in(self) -> None:
        """F11: everything was handed in; what is not is changed by itself."""
        self.form.put({**self.form.engine.current(), **all_handed_in()})
        self._changed = True
        self.keep_draft()
        self.say("材料和过程证明全部记为已交，请核对；没交的改为未交。")

    def do_check(self) -> None:
        """F5."""
        self._store(lambda: self.go_on_to("eligibility"))

    def do_next(self) -> None:
        """On to the vouchers."""
        self._store(lambda: self.go_on_to("vouchers"))

    def leave(self) -> None:
        """Esc: what is complete is stored."""
        if self._changed and not self.form.engine.faults():
            self._store(lambda: super(Claim, self).leave())
            return
        if self._changed:
            self.keep_draft()
            self.counter.say_next("还没有填完，已留作草稿；再打开时接着填。")
        super().leave()

    def _store(self, then: Any) -> None:
        faults = self.form.engine.faults()
        if faults:
            field, sentence = faults[0]
            self.form.go_to(field.key)
            self.warn(sentence)
            return
        if not self._changed:
            then()
            return

        def stored(_: None) -> None:
            self._changed = False
            self.forget_draft()
            then()

        self.write(claim.put_claim, self.number, to_claim(self.form.engine.current()), then=stored, hold=True)

    def _show(self, filing: ClaimFiling) -> None:
        if not self._draft:
            self.form.put(from_claim(filing))

    def _show_amount(self, overview: Overview) -> None:
        self._amount.show(*amount_explained(overview))

    def help_texts(self) -> tuple[str, ...]:
        """What the form is for."""
        return (
            "补贴申请：四项材料和四类过程证明逐项登记，购买覆盖人数按合同或发票填写；下面逐行说明补贴金额怎样算出。",
        )
