"""The end of a shift: what is in hand, and who goes on with it."""

from functools import partial

from pxtui.casework.desk import shift
from pxtui.casework.desk.shift import InHand
from pxtui.casework.staff import members
from screens.frame.app import Standing
from screens.frame.paper_place import ask_for_place
from screens.frame.screen import Handlers, StepScreen
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane

_COLUMNS = (
    ListColumn("选", 2),
    ListColumn("编号", 13),
    ListColumn("阶段", 12),
    ListColumn("单位", 0, names_firms=True),
    ListColumn("期限", 10),
    ListColumn("纸质材料", 12),
)
_MARK = "*"


class Shift(StepScreen):
    """A list; Enter gives the marked cases, or all of them, to a colleague."""

    name_in_keymap = "shift"

    def __init__(self) -> None:
        super().__init__()
        self._listing = Listing(_COLUMNS)
        self._cases: list[InHand] = []
        self._marked: set[str] = set()

    def handlers(self) -> Handlers:
        """Cases are given to a colleague."""
        return {**super().handlers(), "place": self.do_place, "papers": self.do_papers, "give": self.do_give}

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def opened(self) -> None:
        """Show what is in hand."""
        self._load()

    def _load(self) -> None:
        self.read(shift.in_hand, self._clerk, then=self._show, hold=True)

    @property
    def _standing(self) -> Standing:
        standing = self.counter.standing
        assert standing is not None
        return standing

    @property
    def _clerk(self) -> str:
        return self._standing.clerk

    def _show(self, held: list[InHand]) -> None:
        self._cases = held
        self._marked &= {case.number for case in held}
        self.show_title(f"交班  {self._clerk}手上未办结{len(held)}件")
        self._list()
        if not held:
            self.say("手上没有未办结的案件，不用交接。")

    def _list(self) -> None:
        self._listing.show(
            (
                _MARK if case.number in self._marked else "",
                case.number,
                case.stage_name,
                case.applicant_name,
                "" if case.due_on is None else case.due_on.isoformat(),
                case.paper_place or "未记",
            )
            for case in self._cases
        )

    def typed(self, character: str) -> None:
        """The blank marks a case and goes on to the next."""
        if character == " " and self._cases:
            self._marked ^= {self._cases[self._listing.index].number}
            self._list()
            self._listing.press("down")

    def do_place(self) -> None:
        """F2."""
        if self._cases:
            here = self._cases[self._listing.index]
            ask_for_place(self, here.number, self._load)

    def do_papers(self) -> None:
        """F9: what was given today, for both to sign."""
        # The page stands without the papers.
        from pxtui.casework.printed import issuing

        self.write(
            issuing.issue_for_office,
            "shift-list",
            self._standing.today,
            then=lambda path: self.say(f"已出具今天的交班清单，放在{path.parent}。"),
            hold=True,
        )

    def do_give(self) -> None:
        """Enter."""
        if self._cases:
            self.read(members.colleagues, then=self._ask_whom, hold=True)

    def _ask_whom(self, names: tuple[str, ...]) -> None:
        others = [name for name in names if name != self._clerk]
        if not others:
            self.warn("台账里没有别的人员可以接手，请先在人员一页（F10、0、1）增加。")
            return
        how_many = f"选定的{len(self._marked)}件" if self._marked else f"全部{len(self._cases)}件"
        listed = "、".join(f"{place}{name}" for place, name in enumerate(others, start=1))
        by_key = {str(place): name for place, name in enumerate(others, start=1)} | {name: name for name in others}
        self.ask(
            f"{how_many}交给谁（{listed}）：",
            lambda key: self._ask_remark(by_key[key]),
            check=lambda key: "" if key in by_key else f"请按编号或姓名写接手人：{listed}。",
        )

    def _ask_remark(self, taker: str) -> None:
        self.ask("要交代的话（可不填）：", partial(self._give, taker))

    def _give(self, taker: str, remark: str) -> None:
        give = partial(shift.hand_over, only=sorted(self._marked))
        self.write(give, taker, remark, then=partial(self._given, taker), hold=True)

    def _given(self, taker: str, given: list[InHand]) -> None:
        self._load()
        self.say(f"已交{taker}{len(given)}件，纸质材料一并交接；按F9出具双方签字的清单。")

    def help_texts(self) -> tuple[str, ...]:
        """What handing over is."""
        return (
            "交班：手上还没有办结的案件，急的在前。空格选几件，Enter交给同事；一件都没选就全部交。",
            "交接连同纸质材料，记入每件的办理记录；今天交出的按F9出具清单，双方签字。",
        )
