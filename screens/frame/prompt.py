"""A question on the message line: one line of text, asked again as long as the answer cannot be used."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from pxtui.identifiers.text import shapes_of
from screens.entry.line import TextLine

_STEPS = {"up": -1, "down": 1}


def reason_fault(text: str) -> str:
    """What is wrong with a reason, in Chinese; empty where nothing is."""
    return "" if text else "请写明理由，不填不能办理。"


class PromptAnswered(Enum):
    """What a key has done to a question."""

    NOT_YET = auto()
    WITH_TEXT = auto()
    WITH_NO = auto()


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question and what is keyed so far."""

    label: str
    then: Callable[[str], None]
    line: TextLine
    is_offered: bool = False
    """The text is an offer: what is typed takes its place."""
    check: Callable[[str], str] | None = None
    """What is wrong with an answer and what to key, in Chinese; empty where nothing is."""
    fault: str = ""
    """Of the last answer; stands in the place of the label."""
    is_yes_or_no: bool = False
    """Enter alone is a yes; whatever else is typed is a no."""
    is_secret: bool = False
    """What is keyed is not shown."""
    left: Callable[[], None] = lambda: None
    """Hears that it was left without an answer."""
    choices: tuple[str, ...] = ()
    """Answers that ↑ and ↓ offer one after another; the first is offered at once."""

    @property
    def shown_label(self) -> str:
        """What stands before the text."""
        return f"{self.fault.rstrip('。')}：" if self.fault else self.label

    @property
    def drawn(self) -> TextLine:
        """The text as it is drawn."""
        return self.line.masked if self.is_secret else self.line

    @property
    def answer(self) -> str:
        """The text without blanks at its ends."""
        return self.line.text.strip()

    def typed(self, text: str) -> "tuple[Prompt, PromptAnswered]":
        """The question after typing or pasting."""
        if self.is_yes_or_no:
            return self, PromptAnswered.WITH_NO
        line = TextLine() if self.is_offered else self.line
        return replace(self, line=line.insert(shapes_of(text)), is_offered=False), PromptAnswered.NOT_YET

    def pressed(self, key: str) -> "tuple[Prompt, PromptAnswered]":
        """The question after a key that types nothing."""
        if key == "escape":
            return self, PromptAnswered.WITH_NO
        if key == "enter":
            fault = self.check(self.answer) if self.check is not None else ""
            # Who was told so keys it once more from its beginning, or corrects it with an editing key.
            return replace(self, fault=fault, is_offered=bool(fault)), (
                PromptAnswered.NOT_YET if fault else PromptAnswered.WITH_TEXT
            )
        if key in _STEPS and self.choices:
            return self._next_choice(_STEPS[key]), PromptAnswered.NOT_YET
        moved = {
            "left": self.line.move(-1),
            "right": self.line.move(1),
            "home": TextLine(self.line.text, 0),
            "end": TextLine.at_end(self.line.text),
            "backspace": self.line.backspace(),
            "delete": self.line.delete(),
        }
        if key not in moved:
            return self, PromptAnswered.NOT_YET
        return replace(self, line=moved[key], is_offered=False), PromptAnswered.NOT_YET

    def _next_choice(self, step: int) -> "Prompt":
        at = self.choices.index(self.answer) + step if self.answer in self.choices else 0
        return replace(self, line=TextLine.at_end(self.choices[at % len(self.choices)]), is_offered=True)
