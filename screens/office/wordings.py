"""The office's own wording and templates: every paper with its places, every mistake, and a sample at once."""

from collections.abc import Iterable
from pathlib import Path

from pxtui.casework.practice import sample
from pxtui.casework.printed import own_wording
from pxtui.casework.printed.own_wording import OwnPaper
from screens.frame.screen import Handlers
from screens.office.list_page import OfficePage
from screens.terminal.theme import FAULT, GOOD, TEXT
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph

_DETAIL_HEIGHT = 9


class WordingsPage(OfficePage[OwnPaper]):
    """Each paper; below it its mistakes and all its places. Enter writes a sample."""

    name_in_keymap = "wordings"
    columns = (
        ListColumn("文书", 24),
        ListColumn("代号", 0),
        ListColumn("自己的用语", 10),
        ListColumn("模板", 4),
        ListColumn("错处", 4, right=True),
    )
    detail_height = _DETAIL_HEIGHT

    def __init__(self) -> None:
        super().__init__()
        self._told_of = ""

    def handlers(self) -> Handlers:
        """A sample."""
        return {**super().handlers(), "open": self.do_sample}

    def load(self) -> None:
        """Look through all files."""
        self.show_title("文书用语")
        self.read(own_wording.own_papers, then=self._show, hold=True)

    def follow_register(self) -> None:
        """It shows files, and reads them all."""

    def _show(self, papers: tuple[OwnPaper, ...]) -> None:
        faults = sum(len(paper.faults) for paper in papers)
        self.show_title("文书用语", f"{faults}处要改" if faults else "自己的文件没有错处")
        self._told_of = ""
        self.show_items(papers)

    def row(self, item: OwnPaper) -> tuple[str, ...]:
        """Name, form, what the office has of its own, mistakes."""
        has = ["有" if there else "" for there in (item.has_wording, item.has_template)]
        return item.name, item.form, *has, str(len(item.faults) or "")

    def key_of(self, item: OwnPaper) -> str:
        """Its form, or the name of the file that is nobody's."""
        return item.form

    def detail_of(self, item: OwnPaper) -> Iterable[Paragraph]:
        """Mistakes first, then the places."""
        for fault in item.faults:
            yield fault, FAULT
        if not item.faults and (item.has_wording or item.has_template):
            yield "自己的文件没有错处。", GOOD
        for sentence in item.places:
            yield sentence, TEXT

    def after_key(self) -> None:
        """The detail follows the cursor, and stays where it was scrolled to while the cursor rests."""
        if self.items and self.key_of(self.here) != self._told_of:
            self._told_of = self.key_of(self.here)
            super().after_key()

    def pressed(self, key: str) -> None:
        """Left and right scroll the detail."""
        if key in ("left", "right"):
            self.detail.press("pageup" if key == "left" else "pagedown")

    def do_sample(self) -> None:
        """Enter."""
        self.with_here(self._sample)

    def _sample(self, here: OwnPaper) -> None:
        self.say("正在出样张。")
        self.read(sample.put_sample, here.form, then=self._written, hold=True)

    def _written(self, path: Path) -> None:
        self.say(f"样张已写到{path}，没有编号，不记入台账。")

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "文书用语：自己的用语放在数据文件夹的wording里，模板放在templates里，文件名是文书的代号；左右键翻下面的说明。",
            "错处写明文件、行或单元格和最接近的名称；Enter用最近一件有这份文书的案件出样张，没有的用演练案件。"
            "命令：pxtui wording check、places、preview。",
        )
