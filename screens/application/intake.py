"""Step 1: the application for an opening is keyed and filed."""

from collections.abc import Callable
from datetime import date
from functools import partial

from pxtui.casework.lifecycle.moves import OPENING_ENTRY, OPENING_GRANTED
from pxtui.casework.opening import filed_twice, shown, usual_words
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import Filing, KnownApplicant
from pxtui.casework.opening.usual_words import UsualWords, WordList
from pxtui.casework.people import reveals
from pxtui.casework.roster import control_totals
from pxtui.casework.roster import edits as roster_edits
from screens.application.applicant_fields import from_applicant
from screens.application.intake_fields import (
    all_handed_in,
    from_filing,
    heads_keyed,
    intake_fields,
    new_values,
    platform_choices,
    to_filing,
)
from screens.entry.effects import Row
from screens.entry.fields import Field
from screens.entry.form_engine import Left, Picked, Typed
from screens.frame.form import FormScreen
from screens.frame.screen import Handlers
from screens.frame.shut import Instead
from screens.widgets.form import Form


class Intake(FormScreen):
    """The form of Attachment 1; new where there is no number yet."""

    name_in_keymap = "intake"
    what = "开班申请"
    open_at = OPENING_ENTRY
    instead = Instead(OPENING_GRANTED, "要更正的按{}，再按F2")
    step = 1
    handed_in_sentence = "四样材料全部记为已交，请核对；没交的改为未交。"

    def __init__(self, number: str | None, draft: Row | None = None) -> None:
        super().__init__(number or "", draft)
        self._on_file: list[KnownApplicant] = []
        self._filed: Filing | None = None
        self._occupations: frozenset[str] = frozenset()

    def handlers(self) -> Handlers:
        """F4 for an applicant on file."""
        return {**super().handlers(), "known": self.do_known, "reveal": self.do_reveal}

    def make_form(self, kept: Row) -> Form:
        """The form of the application."""
        return Form(intake_fields(self.today, self.notice), {**new_values(self.today), **kept}, self.follow)

    def handed_in(self) -> Row:
        """Every material of the opening ticked off."""
        return all_handed_in()

    def can_be_stored(self) -> bool:
        """What has no number yet is filed only on purpose."""
        return bool(self.number) and super().can_be_stored()

    def opened(self) -> None:
        """A filed application is asked for; a new one begins empty."""
        self.show_title("开班申请（附件1）", "标*的必填")
        if self.number:
            super().opened()
        else:
            self.show_case("新收件")
        # Which fields there are decides where a key leads.
        self.read(control_totals.tail_sum_wanted, then=self._ask_for_tail_sum, hold=True)
        self.read(usual_words.usual_words, then=self._offer_usual)
        if self.is_resumed:
            self.say("已恢复上次没有存下的内容，Ctrl+Y清空。")

    def load(self) -> None:
        """Ask for the application."""
        self.load_filed(shown.opening)
        self.read(roster_edits.rows, self.number, then=lambda people: self.form.know(heads_keyed(len(people))))

    def keyed(self, effect: Left | Typed | Picked) -> None:
        """The applicant is looked for while its name is keyed, and its form filled when it is picked."""
        if isinstance(effect, Picked):
            self._take(next(known for known in self._on_file if _code(known) == effect.code))
        elif isinstance(effect, Typed):
            if effect.field.suggests:
                self._look_for(effect.text)
        elif effect.key == "name" and not effect.values.get("credit_code"):
            self._look_for(effect.values["name"])
        elif effect.key == "occupation":
            self._tell_unlisted(effect.values["occupation"])

    def do_known(self) -> None:
        """F4 takes the applicant on file."""
        if not self.may_change():
            return
        if not self._on_file:
            self.warn("台账里没有找到这个单位，请逐栏录入。")
        elif len(alike := self._of_one_name()) > 1:
            self.warn(_to_be_chosen(alike))
        else:
            self._take(self._on_file[0])

    def _of_one_name(self) -> list[KnownApplicant]:
        """Those on file that are called like the first that was found."""
        return [known for known in self._on_file if known.applicant.name == self._on_file[0].applicant.name]

    def do_reveal(self) -> None:
        """Ctrl+C."""
        if self.number:
            self.reveal(reveals.of_contact)
        else:
            self.say("正在录入，号码没有隐去。")

    def do_check(self) -> None:
        """F5."""
        self.store(lambda number: self.counter.go_on_to("eligibility", number, self.name_in_keymap))

    def do_next(self) -> None:
        """On to the roster."""
        self.store(lambda number: self.counter.go_on_to("roster", number))

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

    def first_fault(self, field: Field, sentence: str) -> str:
        """Materials that nobody has looked at are told all at once."""
        if field.key in all_handed_in():
            return f"请逐样点收材料，从“{field.label}”起；四样都交了按F11。"
        return sentence

    def put(self, then: Callable[[str | None], None]) -> None:
        """File a new application, or amend a filed one."""
        act: Callable[..., str | None]
        act = partial(opening_filing.amend, number=self.number) if self.number else opening_filing.file

        def make(reason: str) -> Callable[..., str | None]:
            lifted_on = self._filed.lifted_on if self._filed else None
            return partial(act, filing=to_filing(self.form.engine.current(), self.notice, lifted_on), day_reason=reason)

        on_done = partial(self._look_for_first, then)
        self.with_day_reason(lambda reason: self.put_over(partial(make, reason), on_done))

    def received_before(self) -> date | None:
        """As it is stored."""
        return self._filed.received_on if self._filed is not None else None

    def _look_for_first(self, then: Callable[[str | None], None], number: str | None) -> None:
        """Before it goes on: whether the same application is filed already."""

        def go_on(note: str) -> None:
            then(number)
            if note:
                self.counter.say_next(note)

        self.read(filed_twice.note_of, number or self.number, then=go_on, hold=True)

    def as_row(self, filed: Filing) -> Row:
        """A filed application as the form shows it."""
        return from_filing(filed)

    def filled(self, filed: Filing) -> None:
        """Some of it does not stand in the form, and stays."""
        self._filed = filed

    def _look_for(self, text: str) -> None:
        """Look for the applicant that is keyed. Of letters and digits the answer decides what the next key means."""
        self._on_file = []
        if len(text) > 1:
            found = partial(self._offer_applicants, text)
            self.read(opening_filing.known_applicants, text, then=found, hold=text.isascii())

    def _offer_applicants(self, text: str, known: list[KnownApplicant]) -> None:
        """An answer counts only for the text that it was asked for."""
        engine = self.form.engine
        if not known or text not in (engine.line.text, engine.values.get("name")):
            return
        self._on_file = known
        if not engine.field.suggests:
            first = f"{known[0].applicant.name} {_code(known[0])}，按F4取来"
            alike = self._of_one_name()
            self.say(f"台账里有：{first}。" if len(alike) == 1 else _to_be_chosen(alike))
        elif engine.editing and engine.line.text == text:
            self.form.offer(
                "name",
                [(_code(found), f"{found.applicant.name} {_code(found)[-4:]}") for found in known],
            )
            only = "按Enter取" if len(known) == 1 and text.isascii() else "按编号取，或接着输"
            self.say(f"台账里有{len(known)}家，{only}。")

    def _take(self, known: KnownApplicant) -> None:
        """Fill the form from the file; the figures of another year are for the clerk to look at."""
        self._on_file = []
        self.changed = True
        self.form.put(from_applicant(known))
        self.form.go_to("trainees")
        self.keep_draft()
        self.say("已取台账中的单位资料，请按PgUp核对；接着填培训对象。")

    def _ask_for_tail_sum(self, wanted: bool) -> None:
        """The office wants the control total of the ID numbers, or does not."""
        if wanted:
            self.form.ask_for(intake_fields(self.today, self.notice, tail_sum=True))

    def _tell_unlisted(self, occupation: str) -> None:
        """A text may be new; a slip may look like one."""
        if occupation and self._occupations and occupation not in self._occupations:
            self.say(f"注意：职业“{occupation}”不在常用职业中，请核对是否写全。")

    def _offer_usual(self, words: UsualWords) -> None:
        self._occupations = frozenset((*words.occupations.known, *words.occupations.new))
        platforms = words.platforms.behind(name for name, _ in platform_choices(self.notice))
        providers = WordList.of((*words.providers.known, *platforms.known), (*words.providers.new, *platforms.new))
        for key, usual in (("occupation", words.occupations), ("platform", platforms), ("provider", providers)):
            known, new = ([(word, word) for word in some] for some in (usual.known, usual.new))
            self.form.offer(key, known, new)

    def help_texts(self) -> tuple[str, ...]:
        """What the form is for."""
        return (
            "开班申请：按附件1逐栏录入，选择栏按编号，日期可只写月日；选择栏和单位、职业、平台、培训单位输汉字或拼音首字母就缩小范围，"
            "选择栏只剩一个时自动取定，其余按编号或Enter取，要照写自己的字按Tab。自动前进后紧接着的Enter不算，要跳过一栏按Tab或↓。单位首字母不含“攀枝花市”等地名，也可输信用代码末4位。"
            "企业规模、受理部门和补贴方式由程序判断并写明理由。",
        )


def _code(known: KnownApplicant) -> str:
    """What tells one applicant on file from another."""
    return known.applicant.credit_code or known.applicant.name


def _to_be_chosen(alike: list[KnownApplicant]) -> str:
    codes = "、".join(_code(applicant)[-4:] for applicant in alike)
    return f"台账里同名的有{len(alike)}家，请回单位名称栏输信用代码末4位：{codes}。"
