"""The supervision: the register's figures by office, month, stage and so on, with bars of plain characters beside them.

They are asked for behind the screens, so that no key waits for them however large the register is.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from textual.events import Resize

from pxtui.casework.supervision import views
from pxtui.casework.supervision.views import Query, View, Views
from pxtui.progress import Watch
from screens.frame.screen import Handlers, StepScreen
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane, cells
from screens.widgets.prose import Prose

Answer = TypeVar("Answer")

_TITLE = "督导统计"
_FOLLOWED_EVERY = 0.5
"""Seconds."""
_DETAIL_HEIGHT = 6
_LEAST_BAR = 20
_LONGEST_LABEL = 32
_MARGINS = 3
_BAR = "="
_QUESTION = "条件（如 2020-03 东区 焊工 五级，空为全部）："
_PERIOD = "上报表：哪个月（如2020-03）或哪一年（如2020）："


class StatisticsPage(StepScreen):
    """One table at a time; its lines above, all figures of the line under the cursor below."""

    name_in_keymap = "statistics"

    def __init__(self) -> None:
        super().__init__()
        self.listing = Listing(())
        self.detail = Prose()
        self.detail.styles.height = _DETAIL_HEIGHT
        self._found: Views | None = None
        self._before: list[Query] = []
        """The wider queries, to which Esc goes back one by one."""
        self._place = self._measure = 0
        self._work = ""
        """By which name it is at work behind the screens; empty: it is not."""
        self._doing = ""
        self._begun = 0

    def handlers(self) -> Handlers:
        """Narrow, ask, write."""
        return {
            **super().handlers(),
            "go": self.do_go,
            "search": self.do_search,
            "refresh": self.do_refresh,
            "measure": self.do_measure,
            "papers": self.do_report,
            "export": self.do_export,
        }

    @property
    def pane(self) -> Pane:
        """The list."""
        return self.listing

    def body(self) -> Iterable[Pane]:
        """The list and the detail."""
        return (self.listing, self.detail)

    def opened(self) -> None:
        """Ask for all cases."""
        self._ask(Query())
        self.set_interval(_FOLLOWED_EVERY, self._follow)

    def _behind(
        self, function: Callable[..., Answer], argument: object, then: Callable[[Answer], None], doing: str
    ) -> None:
        """Let casework look behind the screens; an answer that nobody waits for any more is passed over."""
        self._stop()
        self._begun += 1
        name = self._work = f"{_TITLE}{self._begun}"
        counter = self.counter

        def done(answer: Answer) -> None:
            if self._work == name and self.is_attached:
                self._work = ""
                then(answer)
                self._follow()

        def failed(sentence: str) -> None:
            if self._work == name and self.is_attached:
                self._work = ""
                self.warn(sentence)
                self._follow()

        self._doing = doing
        counter.behind.begin(name, lambda watch: counter.asked(function, (argument, watch)), done, failed)
        self._follow()

    def _stop(self) -> None:
        watch = self._watch
        self._work = ""
        if watch is not None:
            watch.cancel()

    @property
    def _watch(self) -> Watch | None:
        return self.counter.behind.watch_of(self._work) if self._work else None

    def _follow(self) -> None:
        """Tell how far it is."""
        found, watch = self._found, self._watch
        name = f"{_TITLE}  {self._view.name}" if found else _TITLE
        if watch is not None:
            far = f" {watch.done}/{watch.total}" if watch.total else ""
            self.show_title(name, f"{self._doing}{far}，Esc取消")
        elif found is not None:
            self.show_title(name, f"截至{found.asked_on}  {found.cases}件")

    def _ask(self, query: Query | str) -> None:
        self._behind(views.asked, query, self._show, "正在统计")

    def _show(self, found: Views) -> None:
        self._found = found
        self.show_case(found.query_in_words, f"Esc回到前一个范围，共{len(self._before)}层" if self._before else "")
        self._lay_out()

    @property
    def _view(self) -> View:
        assert self._found is not None
        return self._found.views[self._place]

    def _lay_out(self) -> None:
        """Show the chosen table with bars for the chosen figure."""
        if self._found is None:
            return
        view = self._view
        self._measure = min(self._measure, max(0, len(view.heads) - 1))
        label = min(_LONGEST_LABEL, max([cells(view.name), *(cells(line.label) for line in view.lines)]))
        shown = self._shown_figures(view, label)
        columns = [ListColumn(view.name.removeprefix("按"), label)]
        columns += [ListColumn(view.heads[place], _width(view, place), right=True) for place in shown]
        self.listing.lay_out([*columns, ListColumn("", 0)])
        most = max((line.weights[self._measure] for line in view.lines if line.weights), default=0)
        room = self.app.size.width - sum(column.width + 1 for column in columns) - _MARGINS
        self.listing.show(
            (
                line.label,
                *(line.figures[place] for place in shown),
                _bar(line.weights[self._measure], most, room),
            )
            for line in view.lines
        )
        self.after_key()
        self._follow()

    def _shown_figures(self, view: View, label: int) -> list[int]:
        """The chosen figure, beside its bar, and before it as many of the others as leave room for that."""
        if not view.heads:
            return []
        room = self.app.size.width - _MARGINS - _LEAST_BAR - label - _width(view, self._measure) - 2
        shown = []
        for place in range(len(view.heads)):
            if place != self._measure and (room := room - _width(view, place) - 1) >= 0:
                shown.append(place)
        return [*shown, self._measure]

    def on_resize(self, event: Resize) -> None:
        """The bars fit the new width."""
        super().on_resize(event)
        self._lay_out()

    def after_key(self) -> None:
        """The detail follows the cursor."""
        if self._found is None:
            self.detail.show()
            return
        view = self._view
        if not view.is_asked:
            self.detail.show("要逐件读决定时的底稿，用时长；按Enter开始，可以同时看别的表。")
        elif not view.lines:
            self.detail.show("这个范围里没有。", *view.notes[2:])
        else:
            line = view.lines[self.listing.index]
            totals = (f"合计：{_told(view, view.totals)}",) if view.totals else ()
            self.detail.show(f"{line.label}：{_told(view, line.figures)}", *totals, *view.notes[2:])

    def pressed(self, key: str) -> None:
        """Left and right go through the tables."""
        if key in ("left", "right") and self._found is not None:
            step = 1 if key == "right" else -1
            heads = self._view.heads
            self._place = (self._place + step) % len(self._found.views)
            self._measure = self._measure if self._view.heads == heads else 0
            self.listing.index = 0
            self._lay_out()

    def typed(self, character: str) -> None:
        """Typing begins a query."""
        self.ask(_QUESTION, self._search_for, begun=character)

    def do_measure(self) -> None:
        """Tab: bars for the next figure."""
        if self._found is not None and self._view.heads:
            self._measure = (self._measure + 1) % len(self._view.heads)
            self._lay_out()
            self.say(f"横条：{self._view.heads[self._measure]}。")

    def do_search(self) -> None:
        """F3."""
        self.ask(_QUESTION, self._search_for)

    def _search_for(self, text: str) -> None:
        self._before.clear()
        self._ask(text)

    def do_go(self) -> None:
        """Enter: the line under the cursor alone, or what takes long."""
        if self._found is None:
            return
        view = self._view
        if not view.is_asked:
            self._behind(views.of_reasons, self._found.query, self._show_reasons, "正在读底稿")
        elif view.dimension is not None and view.lines:
            self._before.append(self._found.query)
            narrower = self._found.query.narrowed(view.dimension, view.values[self.listing.index])
            self._ask(narrower)

    def _show_reasons(self, found: tuple[View, ...]) -> None:
        assert self._found is not None
        self._found = replace(self._found, views=(*self._found.views[: -len(found)], *found))
        self._lay_out()

    def do_refresh(self) -> None:
        """F5."""
        self._ask(self._found.query if self._found else Query())

    def do_export(self) -> None:
        """F11: everything as a workbook."""
        if self._found is not None:
            self._behind(views.written, self._found.query, self._tell_written, "正在写表格")

    def do_report(self) -> None:
        """F9: the table of a month or a year for the superior office."""
        standing = self.counter.standing
        assert standing is not None
        report = partial(self._behind, views.reported, then=self._tell_written, doing="正在写上报表")
        self.ask(_PERIOD, lambda text: report(text.strip()), f"{standing.today:%Y-%m}")

    def _tell_written(self, path: str) -> None:
        self.say(f"已写好：{path}")

    def do_back(self) -> None:
        """Esc: first what is at work, then the narrower query, then the page."""
        if self._watch is not None and self._found is not None:
            self._stop()
            self._follow()
            self.say("已取消。")
        elif self._before:
            self._ask(self._before.pop())
        else:
            self._stop()
            super().do_back()

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "督导统计：左右键换表（部门、月份、阶段、工种、等级、平台、规模、逐月、资金、时间、逾期、原因），"
            "Tab换横条所画的数，Enter只看光标所在的一项，Esc回到前一个范围。",
            "F3写条件：期间（2020-03、2020或2020-03~2020-05，按开班收件日）、部门、阶段、等级、规模、平台，其余的字是工种。",
            "F11把全部表和图写成一个表格，F9写上报的月报表或年报表，都放在数据文件夹的papers下的“报表”。",
            "岗位分设时由负责人和审计员查看，市人社局的人员都可查看；数字不含个人信息。",
        )


def _bar(weight: Any, most: Any, room: int) -> str:
    """A bar as long as its share of the longest one; whatever is more than nothing has at least one character."""
    if weight <= 0 or most <= 0:
        return ""
    return _BAR * max(1, int(weight * room / most))


def _width(view: View, place: int) -> int:
    """Cells of a figure's column."""
    texts = (*(line.figures[place] for line in view.lines), *view.totals[place : place + 1])
    return max(cells(view.heads[place]), *map(cells, texts))


def _told(view: View, figures: Iterable[str]) -> str:
    """Heads and figures in one sentence, each unit behind its figure: 申请245400.00元."""
    parts = []
    for head, figure in zip(view.heads, figures, strict=False):
        what, _, unit = head.partition("（")
        if figure:
            parts.append(f"{what}{figure}{unit.removesuffix('）')}")
    return "，".join(parts)
