"""One field of a decided case is put right: what stands there, what shall stand there, and why."""

from functools import partial

from pxtui.casework.decision import class_changes, corrections
from pxtui.casework.decision.corrections import Correctable, Corrected, CorrectionPage
from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.office import versions
from pxtui.casework.office.versions import Loaded
from pxtui.casework.people import reveals
from pxtui.identifiers.person_name import written
from screens.application.intake_checks import credit_code_fault, name_fault, phone_fault
from screens.decision.decision_screen import DecisionScreen
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field, Values
from screens.entry.form_engine import FormEffect, Left
from screens.frame.prompt import reason_fault
from screens.frame.screen import Handlers
from screens.frame.storing import Storing
from screens.terminal.plain import fitted
from screens.terminal.theme import BY_VERDICT, HEAD
from screens.widgets.prose import Paragraph

_VOUCHER_DAY = "voucher-day"
_VOUCHER_DAYS = "凭证开具日期"
_NAME_WIDTH = 17
_DONE = "已更正，以后出具的文书用新的内容；已出具的不变。"


class Correcting(DecisionScreen):
    """What stands in the fields, and below it the form of the correction."""

    name_in_keymap = "correcting"
    form_height = 8

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._fields: dict[str, Correctable] = {}
        """By code."""
        self._storing = Storing(self, _as_row, self._compared, self._current, self._put, self._take_up)
        self._waits = False
        """A correction waits for a second person, and is decided on here."""

    def handlers(self) -> Handlers:
        """The change of the class is the other page."""
        return {
            **super().handlers(),
            "other_page": self.do_other_page,
            "reveal": partial(self.reveal, reveals.of_contact),
        }

    def head_shown(self, case: CaseSummary) -> None:
        """The stage says at which step the case is."""
        self.show_step(7 if case.is_claim else 4)

    def load(self) -> None:
        """Ask what stands there."""
        self.show_title("更正", "日期、平台、人员按Ctrl+N变更")
        self.read(versions.load, corrections.page, self.number, then=self._show, hold=True)

    def _show(self, loaded: Loaded[CorrectionPage]) -> None:
        page = loaded.value
        self._storing.begin(loaded)
        self._take_up(page)
        earlier: list[Paragraph] = [found.sentence for found in reversed(page.earlier)]
        if page.waiting is not None:
            self._show_waiting(page.waiting, page.why_waiting_fails, earlier)
            return
        # The day of a voucher is asked for by its place among them: there may be dozens.
        lines: list[Paragraph] = [
            f"{fitted(field.name, _NAME_WIDTH)} {field.value or '（空白）'}"
            for field in page.fields
            if _VOUCHER_DAY not in field.code
        ]
        days = [field for field in page.fields if _VOUCHER_DAY in field.code]
        lines += [f"{field.name.removesuffix('的开具日期')} {field.value}" for field in days]
        heading: list[Paragraph] = [("已更正", HEAD)] if earlier else []
        self._prose.show(("批准以后只更正不影响审查结果的内容", HEAD), *lines, *heading, *earlier)
        self.show_form(self._form_fields({}), {})

    def _show_waiting(self, waiting: Corrected, why_not: str, earlier: list[Paragraph]) -> None:
        """A correction waits: whoever may approve sees it and decides."""
        self._waits = True
        self.show_title("更正", "有更正等待批准")
        against: list[Paragraph] = [(f"不能批准：{why_not}", BY_VERDICT["不符"])] if why_not else []
        self._prose.show(("等待批准", HEAD), waiting.sentence, *against, *earlier)
        choices = (("approve", "批准更正"), ("drop", "撤销更正"))
        self.show_form(
            (
                Field("decision", "办理", 12, Alphabet.CHOICE, required=True, choices=choices),
                Field("reason", "理由", 60, help="撤销须写明理由，批准可以不写。填完按Enter办理。"),
            ),
            {},
        )

    def follow(self, effect: FormEffect) -> None:
        """What is corrected decides what may be keyed."""
        super().follow(effect)
        if isinstance(effect, Left) and effect.key in ("what", "which") and not self._waits:
            # What was keyed for another field is nothing for this one.
            self.form.put({"text": ""})
            self.form.ask_for(self._form_fields(effect.values))
            if effect.key == "what" and effect.values.get("what") == _VOUCHER_DAY:
                self._ask_which()
            field = self._fields.get(_code(self.form.engine.current()))
            if field is not None and field.why_not:
                self.warn(field.why_not)

    def _ask_which(self) -> None:
        """The voucher, where there are several."""
        is_only = sum(code.startswith(_VOUCHER_DAY) for code in self._fields) == 1
        self.form.put({"which": "1" if is_only else ""})
        self.form.go_to("text" if is_only else "which")

    def _form_fields(self, values: Values) -> tuple[Field, ...]:
        single = [(code, field.name) for code, field in self._fields.items() if not code.startswith(_VOUCHER_DAY)]
        vouchers = len(self._fields) - len(single)
        choices = (*single, *([(_VOUCHER_DAY, _VOUCHER_DAYS)] if vouchers else []))
        what = Field("what", "更正哪一项", 20, Alphabet.CHOICE, required=True, choices=choices)
        which = Field(
            "which", "第几张凭证", 4, Alphabet.DIGITS, required=True, help=f"共{vouchers}张，按凭证页的序号。"
        )
        of_voucher = (which,) if values.get("what") == _VOUCHER_DAY else ()
        reason = Field(
            "reason", "理由", 60, required=True, check=reason_fault, help="写明依据，如“与营业执照核对”，按Enter更正。"
        )
        return (what, *of_voucher, Field("old", "现在是", 60, derived=self._value), self._text(values), reason)

    def _text(self, values: Values) -> Field:
        """The field that takes the new value."""
        label, code = "改为", values.get("what", "")
        if code == _VOUCHER_DAY:
            return Field("text", label, 10, Alphabet.DATE, required=True, base_day=self.today)
        if code == "credit-code":
            return Field(
                "text", label, 18, Alphabet.CODE, length=18, required=True, check=credit_code_fault,
                help="18位，校验码不对会当场提示。",
            )  # fmt: skip
        check = {"applicant-name": name_fault, "contact-phone": phone_fault}.get(code)
        return Field("text", label, 50, required=True, check=check, spelt=written if code == "contact-name" else None)

    def _value(self, values: Values) -> str:
        field = self._fields.get(_code(values))
        return "" if field is None else field.value or "（空白）"

    def decide(self) -> None:
        """Enter in the last field: correct, or decide on what waits."""
        if faults := self.form.engine.faults():
            field, sentence = faults[0]
            self.form.go_to(field.key)
            self.warn(sentence)
            return
        values = self.form.engine.current()
        if self._waits:
            self._decide_waiting(values)
            return
        code = _code(values)
        if code not in self._fields:
            self.form.go_to("which")
            self.warn("没有这一张凭证，请按凭证页的序号填写。")
            return
        text, reason = values["text"], values["reason"]
        act = partial(corrections.correct, number=self.number, code=code, text=text, reason=reason)
        self._storing.write(act, self._corrected, self.decide)

    def _compared(self) -> tuple[Field, ...]:
        """The field that is corrected: what became of the others stays."""
        code = _code(self.form.engine.current())
        return (Field(code, self._fields[code].name, 60),)

    def _current(self) -> Row:
        values = self.form.engine.current()
        return {_code(values): values["text"]}

    def _take_up(self, page: CorrectionPage) -> None:
        self._fields = {field.code: field for field in page.fields}

    def _put(self, row: Row) -> None:
        self.form.put({"text": row[_code(self.form.engine.current())]})

    def _decide_waiting(self, values: Values) -> None:
        version, what = self._storing.version, "更正"
        assert version is not None
        if values["decision"] == "drop":
            drop, reason = partial(self._left_with, "已撤销更正，原来的内容不变。"), values.get("reason", "")
            self.decide_on(version, what, corrections.drop, self.number, reason, then=lambda _: drop())
        else:
            done = partial(self._left_with, _DONE)
            self.decide_on(version, what, corrections.approve, self.number, then=lambda _: done())

    def _corrected(self, in_force: bool) -> None:
        self._left_with(_DONE if in_force else "已提出更正，由负责人批准后生效（审批页按F2）。")

    def _left_with(self, sentence: str) -> None:
        self.do_back()
        self.counter.say_next(sentence)

    def do_back(self) -> None:
        """Esc: back to the decision."""
        self.go_on_to("approval")

    def do_other_page(self) -> None:
        """Ctrl+N."""
        # What cannot be changed is said here, before anything is keyed.
        self.read(class_changes.as_it_is, self.number, self.today, then=lambda _: self.go_on_to("changing"), hold=True)

    def before_key(self, key: str, character: str) -> bool:
        """What stands there scrolls: all of the form is in sight."""
        return key in ("pageup", "pagedown") and self._prose.press(key)

    def help_texts(self) -> tuple[str, ...]:
        """What a correction is."""
        return (
            "更正：批准以后发现单位名称、信用代码、地址、经办人、电话或凭证的开具日期录错了，选哪一项，填改为什么和理由，按Enter。",
            "名称、代码、凭证日期更正时重新审查，结果有一点不同就不更正，请退回复审；岗位分设的，由负责人批准后生效。",
            "旧的、新的、理由和办理人记入办理记录；以后出具的文书用新的内容，已出具的不变。地址、经办人、电话是单位的资料，该单位其他案件以后的文书也用新的。",
            "日期、平台、人员不在这里改：按Ctrl+N到变更。",
        )


def _as_row(page: CorrectionPage) -> Row:
    return {field.code: field.value for field in page.fields}


def _code(values: Values) -> str:
    """The field that is chosen, as casework calls it."""
    what = values.get("what", "")
    return f"{what}:{values.get('which', '').lstrip('0')}" if what == _VOUCHER_DAY else what
