"""The desk: what waits, the list of cases, the search."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from pxtui.casework.calendar.due import waited_for
from pxtui.casework.desk import notices, waiting_order
from pxtui.casework.desk import queues as desk_queues
from pxtui.casework.desk.queues import CaseList, Queue
from pxtui.casework.desk.search import search
from pxtui.casework.desk.waiting_changes import Waiting, WhatWaits
from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.office import roles
from pxtui.casework.people.reveals import shown_search
from screens.desk.queue_bar import QueueBar
from screens.frame.command import CommandId
from screens.frame.files import ask_for_file
from screens.frame.noted_search import noted_search
from screens.frame.paper_place import ask_for_place
from screens.frame.passing_on import ask_to_pass_on
from screens.frame.prompt import reason_fault
from screens.frame.screen import Handlers, StepScreen
from screens.frame.steps import room_for
from screens.frame.voiding import ask_to_void
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane

_COLUMNS = (
    ListColumn("编号", 13),
    ListColumn("阶段", 12),
    ListColumn("单位", 0, names_firms=True),
    ListColumn("培训", 14),
    ListColumn("开班", 5),
    ListColumn("期限", 10),
    ListColumn("等谁", 6, spare=True),
    ListColumn("纸质材料", 10, spare=True),
)

_COLUMNS_OF_ALL_OFFICES = (
    *_COLUMNS[:2],
    ListColumn("部门", 14),
    _COLUMNS[2],
    *_COLUMNS[4:6],
    ListColumn("培训", 14, spare=True),
    *_COLUMNS[6:],
)
"""For whoever sees the cases of all offices."""

_ROOMS = dict.fromkeys(WhatWaits, "payment") | {
    WhatWaits.CHANGE: "changing",
    WhatWaits.CORRECTION: "correcting",
}
"""The screen on which it is decided on."""

_TODAY = "今日"
_OVERDUE = "逾期"
_SOON_DAYS = 90
_SLASHES = "/／、"
_SEARCH = "查找（编号、单位、姓名、首字母、证号、电话）："


class Desk(StepScreen):
    """Where a clerk begins and comes back to."""

    name_in_keymap = "desk"

    def __init__(self) -> None:
        super().__init__()
        self._queues: list[Queue] = []
        self._chosen = 0
        self._cases: list[CaseSummary] = []
        self._search = ""
        self._is_listed = False
        self._why_files_nothing = ""
        self._waiting: Mapping[str, Waiting] = {}
        self._offices: Mapping[str, str] = {}
        """By code, those whose cases may be listed by themselves; empty for whoever sees his own office's."""
        self._queue_bar = QueueBar()
        self._listing = Listing(_COLUMNS)

    def handlers(self) -> Handlers:
        """Cases are found, opened and taken in."""
        return {
            **super().handlers(),
            "open": self.do_open,
            "new": self.do_new,
            "search": self.do_search,
            "refresh": self.do_refresh,
            "import": self.do_import,
            "papers": self.do_papers,
            "menu": self.do_menu,
            "place": self.do_place,
            "void": self.do_void,
            "pass_on": self.do_pass_on,
            "one_office": self.do_one_office,
            "shift": self.do_shift,
            "calendar": self.do_calendar,
            "backups": self.do_backups,
            "statistics": self.do_statistics,
            "quit": self.do_quit,
        }

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def body(self) -> Iterable[Pane]:
        """The queues above the list."""
        return (self._queue_bar, self._listing)

    def opened(self) -> None:
        """Show what waits, and what has to be known before anything else."""
        self.read(roles.offices_to_look_at, then=self._know_offices, hold=True)
        self.refresh_all()
        self.read(notices.sentence, then=self._show_notice)
        self.read(notices.why_files_nothing, then=self._show_what_is_filed)

    def _know_offices(self, offices: tuple[tuple[str, str], ...]) -> None:
        self._offices = dict(offices)
        if offices:
            self._listing.lay_out(_COLUMNS_OF_ALL_OFFICES)

    def _show_notice(self, sentence: str) -> None:
        # Said, not warned: a search that is begun goes on.
        if sentence:
            self.say(sentence)

    def _show_what_is_filed(self, sentence: str) -> None:
        self._why_files_nothing = sentence
        self.show_keys()

    def labels(self) -> Mapping[CommandId, str]:
        """Nothing is filed by who may not."""
        return {"new": "", "import": ""} if self._why_files_nothing else {}

    def came_back(self) -> None:
        """Back from a case: it may stand elsewhere now."""
        self.refresh_all()

    def follow_register(self) -> None:
        """A colleague may have taken a case on, or in."""
        self.fill_quietly(self.refresh_all)

    def refresh_all(self) -> None:
        """Ask for cases and queues."""
        self._ask_for_cases()
        self.read(desk_queues.queues, then=self._show_queues, hold=True)

    def _ask_for_cases(self) -> None:
        asked_for, quietly = (self._search, self._chosen), self._is_quiet

        def show(listed: CaseList) -> None:
            # Whoever went on to another list while this one was read gets that one alone.
            if asked_for == (self._search, self._chosen):
                self._show_cases(listed, quietly=quietly)

        if self._search:
            self.read(search, self._search, then=show, hold=True)
        elif not self._chosen:
            self.read(waiting_order.by_waiting, then=show, hold=True)
        else:
            self.read(desk_queues.of_queue, self._queues[self._chosen - 1], then=show, hold=True)

    def _show_queues(self, queues: list[Queue]) -> None:
        self._queues = queues
        self._draw_queues()

    def _draw_queues(self) -> None:
        self._queue_bar.show(self._queues, self._chosen)

    def _show_cases(self, listed: CaseList, *, quietly: bool = False) -> None:
        here = self._cases[self._listing.index].number if self._cases else ""
        self._cases, self._is_listed, self._waiting = list(listed.cases), True, listed.waiting
        self._listing.index = self._place_of(self.counter.case_at_hand or here)
        self.counter.case_at_hand = ""
        self._listing.show([self._row(case, listed) for case in self._cases])
        pressing = [word for word in map(self._pressing, listed.due.values()) if word]
        what = f"查找“{shown_search(self._search)}”" if self._search else "案件"
        if self._offices:
            what += f"  {self._offices.get(self.counter.only_office, '全部部门')}（Ctrl+Y换）"
        more = "，只列最新的" if listed.more else ""
        pressing_counts = "".join(
            f"  {word}{pressing.count(word)}件" for word in (_OVERDUE, _TODAY) if word in pressing
        )
        changed = f"  结论有变{len(listed.changed)}件（*）" if listed.changed else ""
        self.show_title(what, f"{len(self._cases)}件{more}{pressing_counts}{changed}")
        if not self._cases and not quietly:
            self.say(
                "没有找到：人按姓名、首字母、电话或证号末4位以上查，单位按名称的一部分或首字母查。Esc回到全部案件。"
                if self._search
                else f"还没有案件。{self._why_files_nothing or '按Ins登记开班申请，或F6导入案件包。'}"
            )

    def _place_of(self, number: str) -> int:
        """Where a case stands in the list now: its step may have moved it."""
        numbers = [case.number for case in self._cases]
        return numbers.index(number) if number in numbers else self._listing.index

    def pressed(self, key: str) -> None:
        """Left and right go through the queues."""
        if key in ("left", "right"):
            self._press_queue(1 if key == "right" else -1)

    def typed(self, character: str) -> None:
        """Typing begins a search among the cases, / one of everything."""
        if character in _SLASHES:
            self.do_search()
            return
        self.ask(_SEARCH, self._search_for, begun=character)

    def _press_queue(self, step: int) -> None:
        self._chosen = (self._chosen + step) % (len(self._queues) + 1)
        self._search = ""
        self._begin_list()
        self._draw_queues()
        self._ask_for_cases()

    def _begin_list(self) -> None:
        """Another list begins at its first case."""
        self._cases, self._listing.index = [], 0

    def do_open(self) -> None:
        """Enter."""
        if self._cases:
            case = self._cases[self._listing.index]
            waiting = self._waiting.get(case.number)
            # Whoever may not decide on it goes on with the case.
            room = _ROOMS[waiting.what] if waiting and waiting.is_for_acting else room_for(case.stage)
            self.counter.open(room, case.number)

    def do_new(self) -> None:
        """Ins."""
        if self._files():
            self.counter.open("intake", None)

    def _files(self) -> bool:
        """Whether who sits here files applications; says whose that is where not."""
        if self._why_files_nothing:
            self.warn(self._why_files_nothing)
        return not self._why_files_nothing

    def do_search(self) -> None:
        """F3."""
        self.counter.open("find")

    def _search_for(self, text: str) -> None:
        noted_search(self, text, partial(self._list_found, text))

    def _list_found(self, text: str) -> None:
        self._search = text
        self._begin_list()
        self._ask_for_cases()

    def do_refresh(self) -> None:
        """F5."""
        self.refresh_all()
        self.say("已刷新。")

    def do_import(self) -> None:
        """F6."""
        if self._files():
            ask_for_file(self, "案件包文件", self._import)

    def _import(self, path: Path) -> None:
        # The desk stands without what files a case.
        from pxtui.casework.opening import filing as opening_filing

        def ask_why(day: date) -> None:
            if self.counter.standing is not None and day < self.counter.standing.today:
                file = partial(self.write, opening_filing.import_file, path, then=self._imported, hold=True)
                self.ask(f"申请日{day}早于今天，补登理由：", file, check=reason_fault)
            else:
                self.write(opening_filing.import_file, path, then=self._imported, hold=True)

        self.read(opening_filing.day_in_file, path, then=ask_why, hold=True)

    def _imported(self, number: str) -> None:
        from pxtui.casework.opening import filed_twice

        self.read(filed_twice.note_of, number, then=lambda note: self.say(f"已登记为{number}。{note}"))
        self.refresh_all()

    def do_papers(self) -> None:
        """F9."""
        if self._cases:
            self.counter.open("papers", self._cases[self._listing.index].number)

    def do_menu(self) -> None:
        """F10."""
        if self._cases:
            self.counter.open("menu", self._cases[self._listing.index].number)
        elif self._is_listed:
            # A new office has settings and staff before it has a case.
            self.counter.open("office")

    def do_place(self) -> None:
        """F2."""
        if self._cases:
            case = self._cases[self._listing.index]
            ask_for_place(self, case.number, self._ask_for_cases)

    def do_void(self) -> None:
        """Del."""
        if self._cases:
            ask_to_void(self, self._cases[self._listing.index].number, self.refresh_all)

    def do_pass_on(self) -> None:
        """Ctrl+W."""
        if self._cases:
            ask_to_pass_on(self, self._cases[self._listing.index].number, self.refresh_all)

    def do_one_office(self) -> None:
        """Ctrl+Y."""
        if not self._offices:
            self.say("您的柜台只列本部门的案件。")
            return
        codes = ["", *self._offices]
        self.counter.only_office = codes[(codes.index(self.counter.only_office) + 1) % len(codes)]
        self._search, self._chosen = "", 0
        self._begin_list()
        self.refresh_all()

    def do_shift(self) -> None:
        """F11."""
        self.counter.open("shift")

    def do_calendar(self) -> None:
        """F4."""
        self.counter.open("calendar")

    def do_statistics(self) -> None:
        """Ctrl+U."""
        self.counter.open("statistics")

    def do_backups(self) -> None:
        """Ctrl+K."""
        self.counter.open("backups")

    def do_back(self) -> None:
        """Esc."""
        if self._search or self._chosen:
            self._search, self._chosen = "", 0
            self._begin_list()
            self._draw_queues()
            self._ask_for_cases()
        else:
            self.say("要退出请按Ctrl+Q。")

    def do_quit(self) -> None:
        """Ctrl+Q."""
        self.app.exit(0)

    def help_texts(self) -> tuple[str, ...]:
        """What the desk is for."""
        return (
            "柜台：左右键选择待办队列，上下键选择案件，Enter到它该办的一步。直接输入文字在案件里查找；"
            "F3或/查案件、单位、人员、职业、平台、凭证。",
        )

    def _row(self, case: CaseSummary, listed: CaseList) -> tuple[str, ...]:
        due = listed.due.get(case.number)
        limit = "" if due is None else self._pressing(due) or self._day(case, due)
        whom = listed.people.get(case.number)
        row = (
            f"{case.number}*" if case.number in listed.changed else case.number,
            self._stage_name(case),
            f"{whom} {case.applicant_name}" if whom else case.applicant_name,
            case.occupation,
            f"{case.starts_on:%m-%d}",
            limit,
            listed.waiting[case.number].what.awaited if case.number in listed.waiting else waited_for(case.stage),
            case.paper_place,
        )
        # In the order of `_COLUMNS_OF_ALL_OFFICES`.
        return (*row[:2], case.office, row[2], *row[4:6], row[3], *row[6:]) if self._offices else row

    def _stage_name(self, case: CaseSummary) -> str:
        if case.number in self._waiting:
            return self._waiting[case.number].what.state
        standing = self.counter.standing
        return case.stage_name if standing is None else case.stage_name_on(standing.today)

    def _day(self, case: CaseSummary, due: date) -> str:
        standing = self.counter.standing
        if standing is None:
            return ""
        if (due - standing.today).days <= _SOON_DAYS:
            return f"{due:%m-%d}"
        # Month and day would mislead where they are next year's; while a class runs its last day is far off.
        return f"{due}" if standing.today > case.ends_on else ""

    def _pressing(self, due: date) -> str:
        standing = self.counter.standing
        if standing is None or due > standing.today:
            return ""
        return _TODAY if due == standing.today else _OVERDUE
