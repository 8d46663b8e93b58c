"""F9: the papers that a case has now and why not the others, and those that were issued, to be printed again."""

from functools import partial
from pathlib import Path

from pxtui.casework.printed import issuing
from pxtui.casework.printed.issuing import Issued, Offer, PaperDesk, Wish
from screens.frame.case import CaseScreen
from screens.frame.screen import Handlers
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane

_COLUMNS = (ListColumn("选", 2), ListColumn("文书", 26), ListColumn("可否出具", 0))
_MARK = "*"


class Papers(CaseScreen):
    """A list of papers; Enter issues the marked ones or that under the cursor, or prints an old one again."""

    name_in_keymap = "papers"

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._listing = Listing(_COLUMNS)
        self._offers: list[Offer] = []
        self._issued: list[Issued] = []
        self._marked: set[str] = set()

    def handlers(self) -> Handlers:
        """Enter and Ctrl+A for issuing."""
        return {**super().handlers(), "issue": self.do_issue, "all": self.do_all}

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def load(self) -> None:
        """Ask which papers there are."""
        self.show_title("文书", "空格选几份  Enter出具")
        # Written, so that it waits for what is on its way; where no act is taken now, it is read.
        ask_again = partial(self.read, issuing.desk, self.number, then=self._show, hold=True)
        self.write(issuing.desk, self.number, then=self._show, failed=ask_again, hold=True)

    def _show(self, papers: PaperDesk) -> None:
        self._offers, self._issued = papers.offers, papers.issued
        self._list()

    def _list(self) -> None:
        kinds = [
            (_MARK if offer.form in self._marked else "", offer.name, offer.why_not or "可以出具")
            for offer in self._offers
        ]
        again = [
            ("", f"重印 {issued.name}", f"{issued.number or issued.file_name}  {issued.issued_at} {issued.staff_name}")
            for issued in self._issued
        ]
        self._listing.show([*kinds, *again])

    def typed(self, character: str) -> None:
        """The blank marks a paper and goes on to the next."""
        index = self._listing.index
        if character != " " or index >= len(self._offers):
            return
        offer = self._offers[index]
        if offer.why_not:
            self.warn(f"现在不能出具“{offer.name}”：{offer.why_not}。")
            return
        self._marked ^= {offer.form}
        self._list()
        self._listing.press("down")

    def do_issue(self) -> None:
        """Enter."""
        index = self._listing.index
        if self._marked:
            self._ask_why([offer for offer in self._offers if offer.form in self._marked])
        elif index < len(self._offers):
            self._ask_why([self._offers[index]])
        elif index - len(self._offers) < len(self._issued):
            issued = self._issued[index - len(self._offers)]
            self.write(issuing.print_again, issued.id, then=self._printed_again, hold=True)

    def do_all(self) -> None:
        """Ctrl+A: asked once more, because numbers are given and cannot be taken back."""
        possible = [offer for offer in self._offers if not offer.why_not and not offer.needs_reason]
        if possible:
            self.confirm(f"出具现在能出的全部{len(possible)}份", lambda: self._ask_why(possible))

    def _ask_why(self, offers: list[Offer]) -> None:
        """Issue them; first ask for the reason where one of them needs it."""
        forms = [offer.form for offer in offers]
        needing = [offer for offer in offers if offer.needs_reason]
        if needing:
            self.ask(f"{needing[0].name}：{needing[0].needs_reason}：", lambda reason: self._issue(forms, Wish(reason)))
        else:
            self._issue(forms, Wish())

    def _issue(self, forms: list[str], wish: Wish) -> None:
        watch = self.long_work("正在出具", "已取消，没有出具文书。")
        self.write(issuing.issue, self.number, forms, None, wish, watch, then=self._written, hold=True)

    def _written(self, written: list[Path]) -> None:
        self._marked.clear()
        self.load()
        if written:
            self.say(f"已出具{len(written)}份，放在{written[0].parent}。")

    def _printed_again(self, path: Path) -> None:
        self.say(f"已原样重印到{path}。")

    def help_texts(self) -> tuple[str, ...]:
        """What the papers are for."""
        return (
            "文书：上面是本案各种文书和现在能否出具，下面是已出具的。Enter出具光标所在的一份，先按空格可选几份一起出，"
            "Ctrl+A出具现在能出的全部；在已出具的一行按Enter原样重印。文件放在数据文件夹的papers下，以案件编号为文件夹名。",
        )
