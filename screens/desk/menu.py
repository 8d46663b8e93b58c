"""F10: every step of a case, and what was done to it."""

from functools import partial

from pxtui.casework.calendar.due import waited_for
from pxtui.casework.decision import voiding
from pxtui.casework.desk import queues
from pxtui.casework.desk.queues import JournalLine
from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.roster import keying_pace
from pxtui.casework.roster.keying_pace import KeyingLine
from pxtui.identifiers.text import canonical
from screens.frame.case import CaseScreen
from screens.frame.paper_place import ask_for_place
from screens.frame.passing_on import ask_to_pass_on
from screens.frame.screen import Handlers
from screens.frame.shut import DECISION_ON_CLAIM, DECISION_ON_OPENING
from screens.frame.voiding import ask_to_void
from screens.terminal.theme import HEAD
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

_OFFICE = ("0 本部门（人员、以往培训、补贴目录、设置、资金来源等）", "office")
# A key means one screen whatever the stage. Digits and their names are those of the step rail, with the page's own
# name where it has another; a page that begins no step has a letter and its own name.
_OPENING_STEPS = (
    ("1 受理（开班申请）", "intake"),
    ("2 花名册", "roster"),
    ("3 审查", "eligibility"),
    (f"{DECISION_ON_OPENING} 开班审批", "approval"),
    ("E 二次录入", "second_keying"),
    _OFFICE,
)
_CLAIM_STEPS = (
    ("5 学习记录", "learning"),
    ("6 补贴申请", "claim"),
    ("P 凭证", "vouchers"),
    ("7 审核（审查）", "eligibility"),
    (f"{DECISION_ON_CLAIM} 补贴审批", "approval"),
    ("8 公示", "publicity"),
    ("9 拨付", "payment"),
    _OFFICE,
)
_SHEETS = {"roster": "花名册", "second_keying": "二次录入", "learning": "学习记录", "vouchers": "凭证"}
_SPLASH_DESK_AND_MENU = 3


class Menu(CaseScreen):
    """The steps above, the journal below."""

    name_in_keymap = "menu"

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._listing = Listing((ListColumn("到哪一步", 0),))
        self._listing.styles.height = len(_CLAIM_STEPS) + 2
        self._journal = Prose()
        self._acts: list[str] = []
        self._with_cells = False
        self._steps: tuple[tuple[str, str], ...] = ()
        self._place = ""

    def handlers(self) -> Handlers:
        """Enter for a step, F2 for the place of the paper, F11 for changed cells, Del for a case that was a mistake."""
        own: Handlers = {"go": self.do_go, "place": self.do_place, "cells": self.do_cells, "void": self.do_void}
        return {**super().handlers(), **own, "pass_on": self.do_pass_on}

    @property
    def pane(self) -> Pane:
        """The steps; the journal while it is read cell by cell."""
        return self._journal if self._with_cells else self._listing

    def body(self) -> tuple[Pane, ...]:
        """The steps and the journal."""
        return (self._listing, self._journal)

    def load(self) -> None:
        """Ask for the journal."""
        self.show_title("菜单")
        self._read_journal()

    def _read_journal(self) -> None:
        read = partial(queues.journal_of, with_cells=self._with_cells)
        self.read(read, self.number, then=self._show_journal)

    def head_shown(self, case: CaseSummary) -> None:
        """The stage says which steps there are."""
        self._place = case.paper_place
        waits_for = waited_for(case.stage)
        parts = (
            case.stage_name_on(self.today),
            f"等{waits_for}" if waits_for else "",
            f"材料在{self._place or '（未记）'}",
        )
        self.show_title("菜单", "，".join(filter(None, parts)))
        self._steps = _CLAIM_STEPS if case.is_claim else _OPENING_STEPS
        self._listing.show((label,) for label, _ in self._steps)
        if case.stage is Stage.VOIDED:
            self.read(voiding.why, self.number, then=self.say)

    def typed(self, character: str) -> None:
        """The key before a step goes there at once."""
        keys = [label[0] for label, _ in self._steps]
        if (key := canonical(character).upper()) in keys:
            self._go(keys.index(key))
        elif self._steps:
            self.warn(f"这一阶段没有“{character}”，请按{'、'.join(keys)}，或上下键选择后按Enter。")

    def do_go(self) -> None:
        """Enter."""
        if self._with_cells:
            self.warn("上下键、翻页键看办理记录；按F11收起后用Enter前往，步骤前的数字、字母随时可按。")
        elif self._steps:
            self._go(self._listing.index)

    def do_place(self) -> None:
        """F2."""
        ask_for_place(self, self.number, self.opened)

    def do_cells(self) -> None:
        """F11."""
        self._with_cells = not self._with_cells
        # The journal has the whole screen while it is read.
        self._listing.display = not self._with_cells
        self._read_journal()

    def do_void(self) -> None:
        """Del."""
        ask_to_void(self, self.number, self.opened)

    def do_pass_on(self) -> None:
        """Ctrl+W."""
        ask_to_pass_on(self, self.number)

    def _go(self, index: int) -> None:
        _, room = self._steps[index]
        if room == "office":
            # No step of the case: Esc leads back to where the menu was opened.
            self.counter.go_on_to(room)
            return
        # The screen below is the one that the menu was opened from: the step takes the place of both.
        if len(self.app.screen_stack) > _SPLASH_DESK_AND_MENU:
            self.app.pop_screen()
        self.go_on_to(room)

    def _show_journal(self, lines: list[JournalLine]) -> None:
        self._acts = []
        for line in lines:
            self._acts.append(f"{line.at}  {line.staff_name}  {line.summary}")
            self._acts += [f"    {sentence}" for sentence in line.cells]
        if self._with_cells and not any(line.cells for line in lines):
            self.say("办理记录里还没有花名册的改动。")
        standing = self.counter.standing
        assert standing is not None
        self.read(keying_pace.statistics, standing.clerk, then=self._show_keying)

    def _show_keying(self, lines: list[KeyingLine]) -> None:
        mine = [
            f"{line.ended_at}  {_SHEETS[line.sheet]}{line.rows}行  每行{line.keystrokes_a_row:.0f}键"
            f"{line.seconds_a_row:.0f}秒  改错{line.corrections}次"
            for line in lines
        ]
        paragraphs: list[Paragraph] = [("办理记录", HEAD), *self._acts]
        if mine:
            paragraphs += [("我的录入（只给本人看）", HEAD), *mine]
        self._journal.show(*paragraphs)

    def help_texts(self) -> tuple[str, ...]:
        """What the menu is for."""
        return (
            "菜单：按步骤前的数字（与各屏上方的步骤相同）、字母，或用Enter，到任何一步；下面是办理记录，F11逐格列出花名册的改动。",
            "登记错了的案件由登记人按Del作废，写明理由；出过文书、作过决定的不能作废，请办理撤回。作废的不再等人办理，凭证可以另用，编号不再使用。",
            "0是本部门的各页：人员、以往培训、补贴目录、设置、资金来源等，与案件无关。",
        )
