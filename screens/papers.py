"""F9: the papers that a case has now, and why not the others."""

from pathlib import Path

from pxtui.casework import issuing
from pxtui.casework.cases import CaseSummary
from pxtui.casework.issuing import FORM_NAMES, Form
from screens.case_screen import CaseScreen
from screens.widgets.listing import Column, Listing
from screens.widgets.pane import Pane

_COLUMNS = (Column("文书", 30), Column("可否出具", 0))


class Papers(CaseScreen):
    """A list of papers; Enter issues one."""

    name_in_registry = "papers"

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._listing = Listing(_COLUMNS)
        self._possible: tuple[Form, ...] = ()

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def head_shown(self, case: CaseSummary) -> None:
        """The stage says which papers there are."""
        self._possible = issuing.possible_forms(case.stage)
        self.show_title("文书")
        self._listing.show(
            (FORM_NAMES[form], "可以出具" if form in self._possible else "申请补贴以后才有") for form in Form
        )

    def do_issue(self) -> None:
        """Enter."""
        self._issue([list(Form)[self._listing.index]])

    def do_all(self) -> None:
        """Ctrl+A."""
        self._issue(list(self._possible))

    def _issue(self, forms: list[Form]) -> None:
        self.say("正在出具")
        self.write(issuing.issue, self.number, forms, then=self._issued, hold=True)

    def _issued(self, written: list[Path]) -> None:
        self.say(f"已出具{len(written)}份，放在{written[0].parent}。")

    def help_texts(self) -> tuple[str, ...]:
        """What the papers are for."""
        return ("文书：Enter出具光标所在的一份，Ctrl+A出具全部；文件放在数据文件夹的papers下，以案件编号为文件夹名。",)
