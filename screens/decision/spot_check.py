"""The sample of a case for phone and platform checks: who is in it, and what two officers found."""

from collections.abc import Iterable
from functools import partial

from pxtui.casework.people import reveals
from pxtui.casework.signs import spot_checks
from pxtui.casework.signs.spot_checks import MEANS_NAMES, OUTCOME_NAMES, Means, Outcome, Sample, Sampled
from screens.frame.case import CaseScreen
from screens.frame.screen import Handlers
from screens.terminal.theme import BY_VERDICT, GOOD, HEAD
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

_DETAIL_HEIGHT = 6
_ANSWERS = {
    str(place): (means, outcome)
    for place, (means, outcome) in enumerate(((means, outcome) for means in Means for outcome in Outcome), start=1)
}
_QUESTION = " ".join(f"{key}{MEANS_NAMES[means]}{OUTCOME_NAMES[outcome]}" for key, (means, outcome) in _ANSWERS.items())


class SpotCheck(CaseScreen):
    """Somebody of the sample a line; Enter enters a result, another officer confirms all of them by F5."""

    name_in_keymap = "spot_check"

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._listing = Listing(
            (
                ListColumn("序号", 4, right=True),
                ListColumn("姓名", 10),
                ListColumn("身份证号", 18),
                ListColumn("结果", 0),
            )
        )
        self._detail = Prose()
        self._detail.styles.height = _DETAIL_HEIGHT
        self._sample: Sample | None = None

    def handlers(self) -> Handlers:
        """Draw, enter, confirm."""
        return {
            **super().handlers(),
            "draw": self.do_draw,
            "result": self.do_result,
            "confirm_results": self.do_confirm,
            "reveal": self.do_reveal,
            "papers": self.do_papers,
            "menu": self.do_menu,
        }

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def body(self) -> Iterable[Pane]:
        """The list and the results of the one under the cursor."""
        return (self._listing, self._detail)

    def load(self) -> None:
        """Ask for the sample."""
        self.show_title("抽查", "正在读取")
        self.read(spot_checks.sample_of, self.number, then=self._show, hold=True)

    def do_draw(self) -> None:
        """Insert."""
        self.write(spot_checks.draw, self.number, then=self._drawn, hold=True)

    def do_result(self) -> None:
        """Enter."""
        if self._here() is None:
            self.warn("还没有抽取名单，按Insert（或Ctrl+V）抽取。")
        else:
            self._detail.show(("结果，填数字：", HEAD), _QUESTION)
            self.ask("结果：", self._ask_remark, check=_answer_fault)

    def do_confirm(self) -> None:
        """F5."""
        self.write(spot_checks.confirm, self.number, then=self._confirmed, hold=True)

    def do_reveal(self) -> None:
        """Ctrl+C."""
        person = self._here()
        if person is None:
            self.warn("还没有抽取名单，没有可看的号码。")
        else:
            self.reveal(reveals.of_row, person.place)

    def after_key(self) -> None:
        """Another person: other results."""
        if self._prompt is None:
            self._tell()

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "抽查：按随机种子从花名册抽取学员，打电话或登录平台核实；知道种子的人抽出的是同一批人。",
            "按Enter登记光标所在学员的结果，Ctrl+C看电话；由另一人按F5确认全部结果。没有联系上的再打，重新登记。",
            "核查记录表在F9出具，上面印着同一个种子。本部门设置可以要求抽查由两人登记后才能拨付。",
        )

    def _here(self) -> Sampled | None:
        people = self._sample.people if self._sample is not None else ()
        return people[self._listing.index] if people else None

    def _ask_remark(self, answer: str) -> None:
        means, outcome = _ANSWERS[answer]
        self._tell()
        if outcome is Outcome.CONFIRMED:
            self._enter(means, outcome, "")
        else:
            self.ask(f"{OUTCOME_NAMES[outcome]}，写明情况：", partial(self._enter, means, outcome))

    def _enter(self, means: Means, outcome: Outcome, remark: str) -> None:
        person = self._here()
        if person is not None:
            self.write(
                spot_checks.enter,
                self.number,
                person.seq,
                means,
                outcome,
                remark,
                then=self._entered,
                hold=True,
            )

    def _drawn(self, sample: Sample) -> None:
        self._again(f"已{sample.sentence}。")

    def _entered(self, person: Sampled) -> None:
        self._again(f"已登记第{person.seq}号的结果，请另一人按F5确认。")

    def _confirmed(self, results: int) -> None:
        self._again(f"已确认{results}项结果。")

    def _again(self, sentence: str) -> None:
        self.load()
        self.came_back()
        self.say(sentence)

    def _show(self, sample: Sample | None) -> None:
        self._sample = sample
        people = sample.people if sample is not None else ()
        self._listing.show([_row(person) for person in people])
        self.show_title("抽查", sample.sentence if sample is not None else "还没有抽取")
        self._tell()

    def _tell(self) -> None:
        person = self._here()
        if person is None:
            self._detail.show("还没有抽取名单，按Insert（或Ctrl+V）抽取。")
            return
        paragraphs: list[Paragraph] = [(f"第{person.seq}号 {person.name}", HEAD)]
        style = BY_VERDICT["不符"] if person.is_in_doubt else GOOD
        paragraphs += [(call.sentence, style) for call in person.calls]
        self._detail.show(*paragraphs or ("还没有结果。",))


def _row(person: Sampled) -> tuple[str, ...]:
    said = "；".join(call.sentence for call in person.calls) or "待查"
    return str(person.seq), person.name, person.masked_number, said


def _answer_fault(answer: str) -> str:
    return "" if answer in _ANSWERS else f"请填1至{len(_ANSWERS)}：{_QUESTION}。"
