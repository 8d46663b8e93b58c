"""F4 at the desk: the holidays of a new year are entered from the announcement, and signed."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from pxtui.casework.calendar import year_calendar
from pxtui.casework.calendar.year_calendar import Version
from pxtui.casework.office import versions as office_versions
from pxtui.casework.office.versions import Loaded
from pxtui.policy.calendar_text import YearPlan
from pxtui.policy.working_days import last_shipped_year
from screens.frame.files import ask_for_file
from screens.frame.screen import Handlers, StepScreen
from screens.terminal.theme import HEAD
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose

_COLUMNS = (
    ListColumn("年份", 4),
    ListColumn("文件", 0),
    ListColumn("录入和签署", 46),
)
_LINES = 6


class YearCalendar(StepScreen):
    """What was entered above, what the one under the cursor says below; F6 enters, Enter signs."""

    name_in_keymap = "calendar"

    def __init__(self) -> None:
        super().__init__()
        self._listing = Listing(_COLUMNS)
        self._listing.styles.height = _LINES
        self._prose = Prose()
        self._versions: tuple[Version, ...] = ()

    def handlers(self) -> Handlers:
        """F6 enters a year, Enter signs one."""
        return {**super().handlers(), "import": self.do_import, "proceed": self.do_sign}

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def body(self) -> Iterable[Pane]:
        """The list and what it says."""
        return (self._listing, self._prose)

    def opened(self) -> None:
        """Ask what was entered."""
        self.show_title("放假安排", f"程序自带到{last_shipped_year()}年")
        self._load()

    def _load(self) -> None:
        self.read(year_calendar.versions, then=self._show, hold=True)

    def _show(self, versions: tuple[Version, ...]) -> None:
        self._versions = versions
        self._listing.show((str(version.year), version.document, version.state) for version in versions)
        self._tell()
        if not versions:
            self.say("台账里还没有录入过放假安排；国务院公布后按F6导入。")

    def after_key(self) -> None:
        """What is below follows the cursor."""
        self._tell()

    def _tell(self) -> None:
        if self._versions:
            version = self._versions[self._listing.index]
            self._prose.show((f"{version.sentence}。", HEAD), *version.days)

    def do_import(self) -> None:
        """F6: the file is read before anything else is asked."""
        ask_for_file(self, "放假安排文件（每天一行，或通知全文的文本）", self._read)

    def _read(self, path: Path) -> None:
        self.work(partial(year_calendar.read_file, path), self._ask_document, hold=True)

    def _ask_document(self, plan: YearPlan) -> None:
        self.ask(
            f"{plan.year}年放假安排的文件名称和文号：",
            partial(self._confirm, plan),
            check=lambda document: "" if document.strip() else "请写明文件名称和文号",
        )

    def _confirm(self, plan: YearPlan, document: str) -> None:
        def ask(entered: Loaded[tuple[Version, ...]]) -> None:
            self._prose.show((f"{plan.sentence}。", HEAD), *plan.as_text().split("\n"))
            what, enter = f"{plan.year}年放假安排", partial(year_calendar.enter, plan=plan, document=document)
            self.confirm(
                f"录入{what}，逐日见上，请与通知核对",
                lambda: self.decide_on(entered.version, what, enter, then=self._entered, failed=self._load),
            )

        self.read(office_versions.load, year_calendar.versions, then=ask, hold=True)

    def _entered(self, version: Version) -> None:
        self._load()
        state = "即时生效" if version.signed_on else "由另一位管理员在这一屏按Enter签署后生效"
        self.say(f"已录入{version.year}年放假安排，{state}。")

    def do_sign(self) -> None:
        """Enter."""
        if not self._versions:
            return
        version = self._versions[self._listing.index]
        if version.signed_on:
            self.say(f"{version.year}年放假安排已由{version.signed_by}签署，不用再办。")
            return
        self.confirm(
            f"签署{version.year}年放假安排（{version.document}），逐日见上，签署后不能再改",
            lambda: self.write(year_calendar.sign, version.year, version.days, then=self._signed, hold=True),
        )

    def _signed(self, version: Version) -> None:
        self._load()
        self.say(f"{version.year}年放假安排已签署生效。")

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "放假安排：国务院公布新一年的放假安排后录入；岗位分设时由管理员录入，另一位管理员签署后生效。",
            "文件每天一行，如“2027-01-01 休”“2027-01-31 班”，或是国务院办公厅通知全文的文本。",
            "已经用来推算过期限的日子不能再改。",
        )
