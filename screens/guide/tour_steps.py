"""The guided tour as data: a class from the desk to its first paper, a step at a time.

A step says what is seen and what is pressed next. It is done when another screen has come, or a text on its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WRONG_NUMBER = "510402199003070011"
RIGHT_NUMBER = "510402199003070019"
"""Of nobody: the last digit of the first one is keyed wrong on purpose."""
PHONE = "13900000003"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the tour."""

    screen: str
    """Its name in the keymap."""
    sees: str
    press: str
    """What is pressed next."""
    until_screen: str = ""
    """Done when this screen has come; empty: when `until_text` stands on its own."""
    until_text: str = ""
    by_escape: bool = False
    """Esc is what is pressed, and does not leave the tour."""

    def is_done(self, screen: str, text: str) -> bool:
        """Whether what is on the terminal is what the step leads to."""
        return screen == (self.until_screen or self.screen) and self.until_text in text


STEPS: Sequence[Step] = (
    Step("desk", "这是柜台：等你办的案件按期限排列，上面是各队列的件数。", "按Enter，打开光标所在的案件。", "roster"),
    Step(
        "roster",
        "花名册已有2人，光标停在下一行。先录一个错的证号试试。",
        f"录姓名（如 周敏），按Enter，再录 {WRONG_NUMBER}",
        until_text="校验码应为9",
    ),
    Step(
        "roster",
        "末位录错了：光标停在原处，下面写明应当是什么。",
        "按Backspace退一格，再按9。",
        until_text=RIGHT_NUMBER,
    ),
    Step(
        "roster",
        "证号对了自动到电话，性别、年龄不用录。电话录满，这一行就存下了。",
        f"录 {PHONE}",
        until_text="3人",
    ),
    Step("roster", "这一行已在磁盘上，右边是对全台账的审查结果。", "按Ctrl+N，到审查。", "eligibility"),
    Step(
        "eligibility",
        "每人一行，每类规则一栏；下面写光标所在一行的依据和办法。",
        "按↓逐行看看，再按Ctrl+N，到审批。",
        "approval",
    ),
    Step("approval", "选办理结果，写意见。这一件先提交。", "按1选提交审查，按Enter办理。", until_text="1同意"),
    Step("approval", "已提交，轮到审批的人（导览里也由你来）。", "按1选同意，按Enter，再按Enter确认。", "desk"),
    Step("desk", "班批准了，等企业开班。该出的文书在F9。", "按F9，到文书。", "papers"),
    Step(
        "papers",
        "现在须出的排在最前，不能出的写明为什么。",
        "按Enter，出具光标所在的一份。",
        until_text="已出具1份",
    ),
    Step(
        "papers",
        "出好的表格可以直接打印盖章（导览出的，离开时删去）。",
        "按Esc，回到柜台。",
        "desk",
        by_escape=True,
    ),
    Step("desk", "这件案件能去的每一步和全部办理记录在菜单里。", "按F10，看菜单。", "menu"),
    Step(
        "menu",
        "谁、什么时候、办了什么都在这里，改不了，也删不掉。",
        "按Esc，回到柜台。",
        "desk",
        by_escape=True,
    ),
    Step("desk", "前半段办完了。任何一屏按F1都有说明，录错了按F8撤销。", "按Ctrl+Q，离开导览。", "nowhere"),
)
ELSEWHERE = ("这不是导览的下一屏，看看也无妨。", "按Esc，回到导览。")
"""Said on every screen that the step is not about."""


class Progress:
    """How far somebody is."""

    def __init__(self) -> None:
        self._at = 0

    @property
    def step(self) -> Step:
        """The step in hand."""
        return STEPS[self._at]

    def look(self, screen: str, text: str) -> tuple[str, str]:
        """Take in what is on the terminal; what is said of it: what is seen, and what is pressed next."""
        if self.step.is_done(screen, text):
            self._at += 1
        sees, press = (self.step.sees, self.step.press) if screen == self.step.screen else ELSEWHERE
        return f"导览{self._at + 1}/{len(STEPS)}  {sees}", press
