"""F9: the papers that a case has now and why not the others, and those that were issued, to be printed again."""

from functools import partial
from pathlib import Path

from pxtui.casework.printed import issuing
from pxtui.casework.printed.issuing import AllIssued, Issued, Offer, PaperDesk, Wish
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
        """Enter and Ctrl+A for issuing, F10 for the steps of the case."""
        return {**super().handlers(), "issue": self.do_issue, "all": self.do_all, "menu": self.do_menu}

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def load(self) -> None:
        """Ask which papers there are."""
        self._show_how_many()
        # Written, so that it waits for what is on its way; where no act is taken now, it is read.
        ask_again = partial(self.read, issuing.desk, self.number, then=self._show, hold=True)
        self.write(issuing.desk, self.number, then=self._show, failed=ask_again, hold=True)

    def _show(self, papers: PaperDesk) -> None:
        # What the case needs now stands above what it may have.
        self._offers, self._issued = sorted(papers.offers, key=lambda offer: not offer.is_missing), papers.issued
        self._list()

    def _list(self) -> None:
        kinds = [(_MARK if offer.form in self._marked else "", offer.name, _state(offer)) for offer in self._offers]
        again = [
            ("", f"重印 {issued.name}", f"{issued.number or issued.file_name}  {issued.issued_at} {issued.staff_name}")
            for issued in self._issued
        ]
        self._listing.show([*kinds, *again])
        self._show_how_many()

    def _show_how_many(self) -> None:
        """How many papers there are, and which of the list's lines the cursor is on."""
        possible = sum(not offer.why_not for offer in self._offers)
        due = sum(offer.is_missing for offer in self._offers)
        place = f"第{self._listing.index + 1}/{self._listing.count}行" if self._listing.count else ""
        counts = f"文书  须出{due}  可出{possible}  已出{len(self._issued)}" if self._offers else "文书"
        self.show_title(counts, f"{place}  空格选几份  Enter出具")

    def after_key(self) -> None:
        """The line that the cursor is on is told."""
        self._show_how_many()

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
            self._issue_one(self._offers[index])
        elif index - len(self._offers) < len(self._issued):
            self._print_again(self._issued[index - len(self._offers)])

    def _issue_one(self, offer: Offer) -> None:
        """A paper; one that is issued and unchanged comes out as it was, unless a reason for another is given."""
        issued = offer.issued
        if issued is None or offer.why_not:
            self._ask_why([offer])
        elif not offer.needs_reason:
            self._print_again(issued)
        else:
            self.ask(
                f"{offer.name}已出具，Enter重印，另出一份的写明理由：",
                lambda reason: self._issue([offer.form], Wish(reason)) if reason else self._print_again(issued),
            )

    def _print_again(self, issued: Issued) -> None:
        self.write(issuing.print_again, issued.id, then=self._printed_again, hold=True)

    def do_all(self) -> None:
        """Ctrl+A: asked once more, because numbers are given and cannot be taken back."""
        due = [offer for offer in self._offers if offer.is_due]
        new = sum(offer.is_missing for offer in due)
        again = sum(offer.issued is not None for offer in due)
        if new or again:
            counts = "，".join(filter(None, (f"出具{new}份" if new else "", f"重印已出的{again}份" if again else "")))
            self.confirm(f"现在须出的文书：{counts}", self._issue_all)
        else:
            waiting = [(offer.name, offer.left_out) for offer in due if offer.left_out and not offer.why_not]
            self.say(_told(AllIssued(left_out=waiting)) or "这个阶段没有须出的文书；要出的按Enter逐份出具。")

    def _issue_all(self) -> None:
        watch = self.long_work("正在出具", "已取消，没有出具文书。")
        self.write(issuing.issue_due, self.number, None, Wish(), watch, then=self._all_issued, hold=True)

    def _all_issued(self, done: AllIssued) -> None:
        self.load()
        self.say(_told(done))

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
            "Ctrl+A出具这个阶段须出的全部，没有出的说明原因；已出具、内容没有变化的按原编号重印。"
            "文件放在数据文件夹的papers下，以案件编号为文件夹名。",
        )


def _state(offer: Offer) -> str:
    """What can be done about a paper now."""
    if offer.why_not:
        return offer.why_not
    if offer.issued is not None:
        return f"已出具 {offer.issued.number or offer.issued.issued_at}"
    if offer.is_due:
        return offer.left_out or "现在须出"
    return "可以出具"


def _told(done: AllIssued) -> str:
    """What came of issuing all, and what waits for a reason; why others are unfit stands in their lines."""
    counts = ((len(done.written), "已出具"), (len(done.again), "重印"))
    issued = "，".join(f"{what}{count}份" for count, what in counts if count)
    waiting = "；".join(f"{name}{wanted}" for name, wanted in done.left_out)
    sentence = "；".join(filter(None, (issued, waiting and f"未出：{waiting}")))
    return f"{sentence}。" if sentence else ""
