"""Step 1: the application for an opening is keyed and filed."""

from typing import Any

from pxtui.casework import intake
from pxtui.casework.intake import Filing, KnownApplicant
from screens.case_screen import CaseScreen
from screens.entry.effects import Refused, Row
from screens.entry.form_engine import Finished, FormEffect, Left
from screens.intake_form import from_applicant, from_filing, intake_fields, new_values, to_filing
from screens.widgets.form import Form
from screens.widgets.pane import Pane


class Intake(CaseScreen):
    """The form of Attachment 1; new where there is no number yet."""

    name_in_registry = "intake"
    step = 1

    def __init__(self, number: str | None, draft: Row | None = None) -> None:
        super().__init__(number or "")
        self._draft = draft
        self._form: Form | None = None
        self._changed = False
        self._on_file: list[KnownApplicant] = []
        self._filed: Filing | None = None

    @property
    def pane(self) -> Pane:
        """The form."""
        if self._form is None:
            standing = self.counter.standing
            assert standing is not None
            self._draft = self._draft or self.kept_values()
            self._changed = self._draft is not None
            self._form = Form(
                intake_fields(standing.today), {**new_values(standing.today), **(self._draft or {})}, self.follow
            )
        return self._form

    @property
    def form(self) -> Form:
        """The form."""
        assert isinstance(self.pane, Form)
        return self.pane

    def opened(self) -> None:
        """A filed application is asked for; a new one begins empty."""
        self.show_title("开班申请（附件1）", "标*的必填")
        if self.number:
            super().opened()
        else:
            self.show_case("新收件")
        if self._draft:
            self.say("已恢复上次没有存下的内容，Ctrl+Y清空。")

    def load(self) -> None:
        """Ask for the application."""
        self.read(intake.filing, self.number, then=self._show, hold=True)

    def draft(self) -> dict[str, Any] | None:
        """What is keyed and not filed."""
        if not self._changed:
            return None
        return {"screen": "intake", "number": self.number or None, "values": self.form.engine.current()}

    def follow(self, effect: FormEffect) -> None:
        """What the engine asks for."""
        if isinstance(effect, Refused):
            self.warn(effect.sentence)
        elif isinstance(effect, Finished):
            self.do_next()
        elif isinstance(effect, Left):
            self._changed = True
            self.keep_draft()
            if effect.key == "name" and not effect.values.get("credit_code"):
                self.read(intake.known_applicants, effect.values["name"], then=self._suggest)
        elif effect.field.suggests and len(effect.text) > 1:
            self._changed = True
            self.read(intake.known_applicants, effect.text, then=self._suggest)
        else:
            self._changed = True

    def do_known(self) -> None:
        """F4 takes the applicant on file."""
        if not self._on_file:
            self.warn("台账里没有找到这个单位，请逐栏录入。")
            return
        self.form.put(from_applicant(self._on_file[0]))
        self._changed = True
        self.say("已取台账中的单位资料，请核对。")

    def do_edit(self) -> None:
        """F2."""
        self.form.press("f2")

    def do_check(self) -> None:
        """F5."""
        self._store(lambda number: self.counter.go_on_to("eligibility", number))

    def do_next(self) -> None:
        """On to the roster."""
        self._store(lambda number: self.counter.go_on_to("roster", number))

    def do_papers(self) -> None:
        """F9."""
        if self.number:
            super().do_papers()
        else:
            self.warn("还没有编号，请先填完按Ctrl+N存下，再出文书。")

    def do_menu(self) -> None:
        """F10."""
        if self.number:
            super().do_menu()
        else:
            self.warn("还没有编号，请先填完按Ctrl+N存下。")

    def leave(self) -> None:
        """Esc: what is complete is filed, what is not is kept as a draft."""
        if self._changed and self.number and not self.form.engine.faults():
            self._store(lambda _number: super(Intake, self).leave())
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
            self.warn(sentence if len(faults) == 1 else f"{sentence}（还有{len(faults) - 1}处）")
            return
        if self.number and not self._changed:
            then(self.number)
            return
        filing = to_filing(self.form.engine.current(), self._filed.lifted_on if self._filed else None)

        def stored(number: str | None) -> None:
            self._changed = False
            self.forget_draft()
            then(number or self.number)

        if self.number:
            self.write(intake.amend, self.number, filing, then=stored, hold=True)
        else:
            self.write(intake.file, filing, then=stored, hold=True)

    def _show(self, filing: Filing) -> None:
        self._filed = filing
        if not self._draft:
            self.form.put(from_filing(filing))

    def _suggest(self, known: list[KnownApplicant]) -> None:
        self._on_file = known
        if known:
            first = known[0].applicant
            more = f"，共{len(known)}家" if len(known) > 1 else ""
            self.say(f"台账里有：{first.name} {first.credit_code}{more}，按F4取来。")

    def help_texts(self) -> tuple[str, ...]:
        """What the form is for."""
        field = self.form.engine.field
        return (
            "开班申请：按附件1逐栏录入，选择栏按编号，日期可只写月日。企业规模、受理部门和补贴方式由程序判断并写明理由。",
            f"当前栏：{field.label}。{field.help}",
        )
