"""F3 in the roster: two names under one ID number, side by side; the clerk decides and says why."""

from collections.abc import Iterable
from itertools import chain, repeat, zip_longest
from typing import Protocol

from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.people import two_names
from pxtui.casework.people.two_names import USUAL_REASONS, Bearer, NameChoice, SideBySide, TwoNames
from screens.frame.case import CaseScreen
from screens.terminal.plain import fitted
from screens.terminal.theme import HEAD, LABEL, STRONG, TEXT
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

_LABEL_WIDTH = 6
_COLUMN_WIDTH = 36
_DECISIONS = {"1": NameChoice.ON_FILE, "2": NameChoice.KEYED}
_NUMBER_IS_WRONG = "3"
_QUESTION = "请对照身份证选择：1以台账为准  2以现填为准  3证号有误"
_INSTRUCTION = "按1、2或3选定，再选理由；Esc返回。1以台账为准  2以现填为准  3证号有误"
_DECIDED = {NameChoice.ON_FILE: "已以台账为准。", NameChoice.KEYED: "已以现填为准，台账已改。"}


class HearsOfIt(Protocol):
    """Whoever opened the page hears what became of it, once it is gone."""

    def __call__(self, row: int, sentence: str, *, number_is_wrong: bool) -> None:
        """`row`: its place in the roster, from 0."""


class Identity(CaseScreen):
    """One column for the name on file, one for the name that was keyed."""

    name_in_keymap = "identity"
    step = 2

    def __init__(self, number: str, row: int, called: str, left: HearsOfIt) -> None:
        super().__init__(number)
        self._row, self._called = row, called
        self._tell = left
        self._prose = Prose()
        self._shown: SideBySide | None = None
        self._decision: NameChoice | None = None

    @property
    def pane(self) -> Pane:
        """Both names."""
        return self._prose

    def head_shown(self, case: CaseSummary) -> None:
        """The page belongs to the sheet from which it was opened."""
        self.show_step(5 if case.is_claim else 2)

    def load(self) -> None:
        """Ask for both names."""
        self.show_title("同一证号的两个姓名", self._called)
        self.read(two_names.side_by_side, self.number, self._row, then=self._show, hold=True)

    def typed(self, character: str) -> None:
        """A digit decides, then a digit or a text says why."""
        if self._shown is None:
            return
        if self._decision is not None:
            self._give_reason(character)
        elif character == _NUMBER_IS_WRONG:
            self._leave("请改正证号。", number_is_wrong=True)
        elif character in _DECISIONS:
            self._decision = _DECISIONS[character]
            self._ask_why()
        else:
            self.warn(_QUESTION)

    def do_back(self) -> None:
        """Esc: from the reason to the decision, from there to the roster."""
        if self._decision is None:
            super().do_back()
        else:
            self._decision = None
            self.say(_QUESTION)

    def _ask_why(self) -> None:
        reasons = "  ".join(f"{place}{reason}" for place, reason in enumerate(USUAL_REASONS, start=1))
        self.say(f"理由：{reasons}，或直接写理由后按Enter")

    def _give_reason(self, character: str) -> None:
        usual = dict(enumerate(USUAL_REASONS, start=1))
        if character.isascii() and character.isdigit():
            reason = usual.get(int(character))
            if reason is not None:
                self._decide(reason)
            else:
                self._ask_why()
        else:
            self.ask("理由：", self._decide, begun=character)

    def _decide(self, reason: str) -> None:
        assert self._shown is not None
        assert self._decision is not None
        names, decision = self._shown.names, self._decision
        self.write(
            two_names.decide, self.number, names, decision, reason, then=self._decided, failed=self._refused, hold=True
        )

    def _refused(self) -> None:
        self._decision = None

    def _decided(self, left: tuple[TwoNames, ...]) -> None:
        assert self._decision is not None
        more = f"还有{len(left)}处两名，按F3核对。" if left else ""
        self._leave(_DECIDED[self._decision] + more, number_is_wrong=False)

    def _leave(self, sentence: str, *, number_is_wrong: bool) -> None:
        self.leave()
        self._tell(self._row, sentence, number_is_wrong=number_is_wrong)

    def _show(self, shown: SideBySide) -> None:
        self._shown = shown
        self._prose.show((_INSTRUCTION, STRONG), ("", TEXT), *_paragraphs(shown))
        self.say(_QUESTION)

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "两个姓名：左边是台账里此证号的姓名，右边是这一行现填的姓名，下面是各在哪些案件中出现，最近的在前。"
            "请对照身份证：1以台账为准，这一行改用台账的姓名；2以现填为准，台账改用现填的姓名（已办的案件不动）；"
            "3证号有误，回到花名册改证号。选1或2后写明理由，记入办理记录。",
        )


def _paragraphs(shown: SideBySide) -> list[Paragraph]:
    both = (shown.on_file, shown.keyed)
    paragraphs: list[Paragraph] = [
        (_line("", "1 台账", "2 现填"), HEAD),
        (_line("姓名", shown.on_file.name, shown.keyed.name), STRONG),
        (_line("证号", shown.masked_number, shown.masked_number), TEXT),
        (_line("电话", shown.on_file.phone, shown.keyed.phone), TEXT),
    ]
    labels = chain(("案件",), repeat(""))
    cases = zip_longest(*map(_cases, both), fillvalue="")
    paragraphs += [(_line(label, *line), TEXT) for label, line in zip(labels, cases, strict=False)]
    for other in shown.others:
        numbers = "、".join(appearance.number for appearance in other.appearances)
        paragraphs.append((f"此证号还用过“{other.name}”：{numbers}", LABEL))
    return paragraphs


def _cases(bearer: Bearer) -> Iterable[str]:
    """Two lines a case: the employer often tells whether it is the same person."""
    for appearance in bearer.appearances:
        yield f"{appearance.number} {appearance.starts_on} {appearance.occupation}"
        yield f"  {appearance.applicant_name}"


def _line(label: str, on_file: str, keyed: str) -> str:
    return fitted(label, _LABEL_WIDTH) + fitted(on_file, _COLUMN_WIDTH - 1) + " " + fitted(keyed, _COLUMN_WIDTH)
