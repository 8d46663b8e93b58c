"""The signs of fraud of a case: what is to be seen, where, and what was decided about it."""

from collections.abc import Iterable, Sequence
from functools import partial

from pxtui.casework.signs import decisions
from pxtui.casework.signs.decisions import DECIDED_NAMES, Decided, FoundSign
from screens.frame.case import CaseScreen
from screens.frame.screen import Handlers
from screens.terminal.theme import BY_VERDICT, GOOD, HEAD
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

_DETAIL_HEIGHT = 8
_ANSWERS = dict(zip("123", Decided, strict=True))
_QUESTION = " ".join(f"{key}{DECIDED_NAMES[decided]}" for key, decided in _ANSWERS.items())


class Signs(CaseScreen):
    """A sign a line, those that want a decision first; Enter decides about the one under the cursor."""

    name_in_keymap = "signs"

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._listing = Listing((ListColumn("处理", 6), ListColumn("涉及", 8), ListColumn("疑点", 0)))
        self._detail = Prose()
        self._detail.styles.height = _DETAIL_HEIGHT
        self._found: Sequence[FoundSign] = ()

    def handlers(self) -> Handlers:
        """Decide, and go on to the sample."""
        return {
            **super().handlers(),
            "decide": self.do_decide,
            "sample": self.do_sample,
            "papers": self.do_papers,
            "menu": self.do_menu,
        }

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def body(self) -> Iterable[Pane]:
        """The list and what is to be seen."""
        return (self._listing, self._detail)

    def load(self) -> None:
        """Ask for the signs."""
        self.show_title("疑点", "正在查找")
        self.read(decisions.signs, self.number, then=self._show, hold=True)

    def do_decide(self) -> None:
        """Enter."""
        found = self._here()
        if found is None:
            self.warn("没有疑点，不用处理；按Esc返回。")
        elif not found.sign.asks:
            self.warn("这一条只是提示，不用处理。")
        else:
            self.ask(f"{_QUESTION}，填数字：", self._ask_why, check=_answer_fault)

    def do_sample(self) -> None:
        """F11."""
        self.counter.open("spot_check", self.number)

    def after_key(self) -> None:
        """Another sign: another detail."""
        if self._prompt is None:
            self._tell()

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "疑点：从表格、花名册和台账里看出来、要有人看一看的地方。疑点本身不是不予同意的理由，怎么处理由经办人决定。",
            "按Enter处理：已看，不写理由；已说明，写下单位的说明；送核查，写下要查什么。谁在何时处理的都留在台账里。",
            "人数、学时等有变的，疑点重新待处理。本部门设置可以要求疑点处理后才能同意。按F11抽查学员。",
        )

    def _here(self) -> FoundSign | None:
        return self._found[self._listing.index] if self._found else None

    def _ask_why(self, answer: str) -> None:
        decided = _ANSWERS[answer]
        if decided is Decided.SEEN:
            self._decide(decided, "")
        else:
            self.ask(f"{DECIDED_NAMES[decided]}，写明情况：", partial(self._decide, decided))

    def _decide(self, decided: Decided, reason: str) -> None:
        found = self._here()
        if found is not None:
            self.write(
                decisions.decide,
                self.number,
                self._listing.index + 1,
                decided,
                reason,
                found.sign.evidence,
                then=self._done,
                hold=True,
            )

    def _done(self, found: FoundSign) -> None:
        self.load()
        self.came_back()
        self.say(f"已记下：{found.decision.sentence if found.decision else ''}。")

    def _show(self, found: Sequence[FoundSign]) -> None:
        self._found = found
        self._listing.show([_row(each) for each in found])
        waiting = len(decisions.open_ones(found))
        self.show_title("疑点", f"{len(found)}条  待处理{waiting}条")
        self._tell()

    def _tell(self) -> None:
        found = self._here()
        if found is None:
            self._detail.show(("没有看出疑点。", GOOD))
            return
        sign = found.sign
        paragraphs: list[Paragraph] = [
            (sign.message, HEAD),
            f"见{'、'.join(sign.fields)}；依据：{sign.source}；代号{sign.code}",
        ]
        if found.decision is not None:
            paragraphs.append((found.decision.sentence, GOOD))
        elif sign.asks:
            paragraphs.append(("还没有处理，按Enter处理。", BY_VERDICT["注意"]))
        self._detail.show(*paragraphs)


def _row(found: FoundSign) -> tuple[str, ...]:
    sign = found.sign
    undecided = "待处理" if sign.asks else "提示"
    state = undecided if found.decision is None else DECIDED_NAMES[found.decision.decided]
    whom = "本案" if not sign.seqs else f"{sign.seqs[0]}号{f'等{len(sign.seqs)}' if len(sign.seqs) > 1 else ''}"
    return state, whom, sign.message


def _answer_fault(answer: str) -> str:
    return "" if answer in _ANSWERS else f"请填1、2或3：{_QUESTION}。"
