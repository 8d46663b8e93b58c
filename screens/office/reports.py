"""Reports about the whole office: a day, a month, what is ordered back; and those that were issued, to print again."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pxtui.casework.printed import forwarding, issuing, periods
from pxtui.casework.printed.issuing import Issued
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical
from screens.frame.screen import Handlers
from screens.office.one_list import OneList
from screens.widgets.listing import ListColumn

_KINDS = (
    ("daily-ledger", "日报", "哪一天", "当天办理的案件、资金，各项合计和资金余额"),
    ("monthly-ledger", "月报", "哪个月", "当月办理的案件、资金，各项合计和资金余额"),
    ("recovery-ledger", "追回台账", "哪一年", "责令退回的逐笔，应退、已退、未退"),
)
"""Form, name, what is asked, what stands on it."""
_OF_THE_COMMITTEE = (("forwarding-list", "汇总上报", "哪一天", "当天上报的培训计划：上报函和汇总表"),)


class Reports(OneList):
    """The reports above, the issued ones below; Enter issues the one under the cursor or prints it again."""

    name_in_keymap = "reports"
    columns = (ListColumn("报表", 20), ListColumn("内容", 0))

    def __init__(self) -> None:
        super().__init__()
        self._issued: list[Issued] = []
        self._kinds: Sequence[tuple[str, str, str, str]] = _KINDS

    def handlers(self) -> Handlers:
        """Enter for a report."""
        return {**super().handlers(), "issue": self.do_issue}

    def opened(self) -> None:
        """Ask what was issued."""
        self.show_title("报表", "Enter出具，已出具的原样重印")
        self.read(forwarding.is_offered, then=self._know_kinds, hold=True)
        self.read(issuing.issued_before, None, then=self._show, hold=True)

    def _know_kinds(self, forwards: bool) -> None:
        self._kinds = (*_OF_THE_COMMITTEE, *_KINDS) if forwards else _KINDS

    def _show(self, issued: list[Issued]) -> None:
        self._issued = issued
        kinds = [(name, what) for _, name, _, what in self._kinds]
        again = [
            (f"重印 {paper.name}", f"{paper.number or paper.file_name}  {paper.issued_at} {paper.staff_name}")
            for paper in issued
        ]
        self.listing.show([*kinds, *again])

    def do_issue(self) -> None:
        """Enter."""
        index = self.listing.index
        if index >= len(self._kinds):
            self.write(
                issuing.print_again, self._issued[index - len(self._kinds)].id, then=self._printed_again, hold=True
            )
            return
        form, name, asked, _ = self._kinds[index]
        standing = self.counter.standing
        assert standing is not None
        self.ask(
            f"{name}：{asked}（如{periods.EXAMPLES[form]}）：",
            partial(self._issue, form),
            periods.keyed(form, standing.today),
            check=partial(_fault, form),
        )

    def _issue(self, form: str, text: str) -> None:
        day = periods.first_day(form, canonical(text))
        self.write(issuing.issue_for_office, form, day, then=self._written, hold=True)

    def _written(self, path: Path) -> None:
        self.opened()
        self.say(f"已出具，放在{path.parent}。")

    def _printed_again(self, path: Path) -> None:
        self.say(f"已原样重印到{path}。")

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "报表：上面是日报、月报、追回台账，Enter后写哪一天、哪个月、哪一年，不填取今天的；下面是已出具的，Enter原样重印。",
            "按办理记录统计：以后撤回、复审、更正的，列在办理的那一期，已过的一期不变。文件放在数据文件夹的papers下的“报表”。",
        )


def _fault(form: str, text: str) -> str:
    try:
        periods.first_day(form, canonical(text))
    except Refused as fault:
        return fault.sentence
    return ""
