"""The end of the epidemic measures: announced, signed by another person, and a wrong day corrected by two."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from pxtui.casework.calendar import lifting, lifting_correction
from pxtui.casework.calendar.lifting import Announcement, Touched
from pxtui.casework.calendar.lifting_correction import Correction, LiftingState
from pxtui.casework.office import versions
from pxtui.casework.office.versions import Loaded, Version
from screens.entry.effects import Row
from screens.entry.fields import Field
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.fields import day_field, reason_field
from screens.office.list_page import OfficePage
from screens.terminal.theme import CAUTION
from screens.widgets.listing import ListColumn
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph

_TITLE = "疫情解除"
_DOCUMENT = Field("document", "文件名称和文号", 50, required=True, help="宣布解除的文件名称和文号。")


class LiftingPage(OfficePage[Touched]):
    """What is announced above, every case that it concerns below."""

    name_in_keymap = "lifting"
    columns = (
        ListColumn("编号", 13),
        ListColumn("阶段", 12),
        ListColumn("单位", 0, names_firms=True),
        ListColumn("处理", 36),
    )
    detail_height = 6

    def __init__(self) -> None:
        super().__init__()
        self._state = LiftingState(None, (), ())

    def handlers(self) -> Handlers:
        """Announce, correct, sign."""
        return {**super().handlers(), "add": self.do_announce, "change": self.do_correct, "proceed": self.do_sign}

    def body(self) -> Iterable[Pane]:
        """What is announced, then the cases."""
        return (self.detail, self.pane)

    def load(self) -> None:
        """Ask for the lifting and its cases."""
        self.show_title(_TITLE)
        self.read(lifting_correction.state, then=self._show, hold=True)

    def _show(self, state: LiftingState) -> None:
        self._state = state
        waits = "，更正待签署" if state.waiting else ""
        if state.announced is None:
            self.nothing = "没有登记疫情解除；宣布解除后按Ins登记日期和文件。"
        else:
            self.nothing = "没有涉及的案件。"
            self.show_title(_TITLE, f"涉及{len(state.cases)}件{waits}")
        self.show_items(state.cases)

    def row(self, item: Touched) -> tuple[str, ...]:
        """The case and what becomes of it."""
        return item.number, item.stage_name, item.applicant_name, item.outcome

    def key_of(self, item: Touched) -> str:
        """The case."""
        return item.number

    def show_items(self, items: Sequence[Touched]) -> None:
        """The detail is of the lifting, also where it touches nothing."""
        super().show_items(items)
        self._show_detail()

    def after_key(self) -> None:
        """The outcome of the case under the cursor in full, below what is announced."""
        self._show_detail()

    def _show_detail(self) -> None:
        self.detail.show(*self._sentences(), *(self.detail_of(self.here) if self.items else (self.nothing,)))

    def detail_of(self, item: Touched) -> Iterable[Paragraph]:
        """What becomes of the case."""
        return (f"{item.number} {item.outcome}。",)

    def _sentences(self) -> Iterable[Paragraph]:
        announced = self._state.announced
        if announced is None:
            return
        signed = f"{announced.signed_by}签署" if announced.signed_by else "待另一人签署，签署后生效"
        yield f"{announced.lifted_on}解除（{announced.document}），{announced.set_by}登记，{signed}。"
        # The newest first: there is room for a few.
        for correction in reversed(self._state.corrections):
            state = f"{correction.signed_by}签署" if correction.signed_by else "待另一人签署，签署后生效，变化见下"
            sentence = (
                f"更正：{correction.before_on}改为{correction.lifted_on}（{correction.document}，{correction.reason}），"
                f"{correction.set_by}登记，{state}。"
            )
            yield sentence if correction.signed_by else (sentence, CAUTION)

    @property
    def _today(self) -> date:
        standing = self.counter.standing
        assert standing is not None
        return standing.today

    def do_announce(self) -> None:
        """Ins."""
        self.read(versions.load, lifting.announced, then=self._announce, hold=True)

    def _announce(self, loaded: Loaded[Announcement | None]) -> None:
        def store(form: EntryForm, values: Row) -> None:
            form.write(
                lifting.announce,
                date.fromisoformat(values["lifted_on"]),
                values["document"],
                then=lambda _: form.done("已登记，由另一人在这一屏按Enter签署后生效。"),
                hold=True,
            )

        about = ("签署前可以重新登记；由另一人签署后生效，开班在解除之后的班终止。",)
        day = day_field("lifted_on", "解除日期", self._today)
        self.ask_in_form(Entry.over("登记疫情解除", (day, _DOCUMENT), store, loaded, _announced, about))

    def do_correct(self) -> None:
        """F2."""
        self.read(versions.load, lifting_correction.corrections, then=self._correct, hold=True)

    def _correct(self, loaded: Loaded[tuple[Correction, ...]]) -> None:
        def store(form: EntryForm, values: Row) -> None:
            form.write(
                lifting_correction.announce,
                date.fromisoformat(values["lifted_on"]),
                values["document"],
                values["reason"],
                then=lambda found: form.done(f"更正已登记，涉及{len(found)}件，由另一人按Enter签署后生效。"),
                hold=True,
            )

        fields = (day_field("lifted_on", "正确的解除日期", self._today), _DOCUMENT, reason_field())
        about = (*self._sentences(), "误终止的班在更正签署后恢复。")
        # It begins empty also where a correction waits: that is one of another day or of another reason.
        self.ask_in_form(Entry("更正疫情解除日期", fields, store, {}, about, loaded, _correction))

    def do_sign(self) -> None:
        """Enter."""
        self.read(versions.load, lifting_correction.state, then=self._ask_to_sign, hold=True)

    def _ask_to_sign(self, loaded: Loaded[LiftingState]) -> None:
        state = loaded.value
        self._show(state)
        if state.announced is None:
            self.warn(self.nothing)
        elif state.waiting is not None:
            what = f"签署更正：{state.waiting.before_on}改为{state.waiting.lifted_on}，涉及{len(state.cases)}件"
            self._sign(loaded.version, what, lifting_correction.sign, "更正已签署生效。")
        elif state.announced.signed_by:
            self.say(f"已由{state.announced.signed_by}签署，不用再办；日期有误的按F2更正。")
        else:
            what = f"签署{state.announced.lifted_on}解除，涉及{len(state.cases)}件"
            self._sign(loaded.version, what, lifting.sign, "疫情解除已签署生效。")

    def _sign(self, seen: Version, what: str, act: Callable[..., object], sentence: str) -> None:
        def done(_: object) -> None:
            self.load()
            self.say(sentence)

        self.confirm(f"{what}，逐件见下", lambda: self.decide_on(seen, _TITLE, act, then=done, failed=self.load))

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "疫情解除：宣布解除后登记日期和文件，由另一人签署后生效；下面逐件列出涉及的案件和怎样处理。"
            "岗位分设时由管理员登记和签署。",
            "签署的日期有误时按F2登记更正，由另一人签署后生效；误终止的班恢复。",
        )


def _announced(announced: Announcement | None) -> Row:
    return {} if announced is None else {"lifted_on": f"{announced.lifted_on}", "document": announced.document}


def _correction(corrections: tuple[Correction, ...]) -> Row:
    """The one that waits to be signed."""
    if not corrections or corrections[-1].signed_by:
        return {}
    last = corrections[-1]
    return {"lifted_on": f"{last.lifted_on}", "document": last.document, "reason": last.reason}
