"""F3 or / on the desk: cases, enterprises, people, occupations, platforms and vouchers, found as one types."""

from collections.abc import Iterable, Sequence
from functools import partial

from pxtui.casework.people import reveals
from pxtui.casework.profiles.found import Group, Hit, Kind, found
from screens.frame.noted_search import noted_search
from screens.frame.screen import Handlers, StepScreen
from screens.frame.steps import room_for
from screens.profiles.search_line import SearchLine
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane

_COLUMNS = (
    # The terminal's cursor stands in the line above: without colours nothing else would say which row is meant.
    ListColumn("", 1),
    ListColumn("种类", 8),
    ListColumn("名称", 28, names_firms=True),
    ListColumn("说明", 0),
)
_ROOMS = {Kind.ENTERPRISE: "enterprise", Kind.PERSON: "person"}
_WORDS = (Kind.OCCUPATION, Kind.PLATFORM, Kind.PROVIDER)
_NOTHING = "没有找到：人按姓名、首字母、电话、证号末4位以上查，单位按名称的一部分、首字母、代码查，凭证输全号或末8位。"


class Find(StepScreen):
    """One line to type in, and below it what is found, by kind."""

    name_in_keymap = "find"

    def __init__(self, begun: str = "") -> None:
        super().__init__()
        self._begun = begun
        self._noted = ""
        """The whole number whose search the journal has."""
        self._searched = ""
        """The text of which everything that is found is shown."""
        self._opens_first = False
        """Enter came before everything was found."""
        self._hits: list[Hit] = []
        self._line = SearchLine(self._typed_on, self._shown)
        self._listing = Listing(_COLUMNS)

    def handlers(self) -> Handlers:
        """Hits are opened, the text is cleared."""
        return {**super().handlers(), "open": self.do_open, "search": self.do_search}

    @property
    def pane(self) -> Pane:
        """The line."""
        return self._line

    def body(self) -> Iterable[Pane]:
        """The line and the hits."""
        return (self._line, self._listing)

    def opened(self) -> None:
        """Begin with what was typed before."""
        self.show_title("查找", "案件、单位、人员、职业、平台、凭证")
        self._listing.show([])
        if self._begun:
            self._line.put(self._begun)

    def came_back(self) -> None:
        """What was opened may stand elsewhere now."""
        if self._searched:
            self._search(self._searched)

    def pressed(self, key: str) -> None:
        """Up, down and pages go through the hits."""
        if self._listing.press(key):
            self._draw()

    def _typed_on(self) -> None:
        text = self._line.text.strip()
        self._searched, self._opens_first = "", False
        if reveals.is_whole_number(text) and text != self._noted:
            # A person is looked for by a whole number only on purpose: the journal has an entry for it.
            self._show([], ())
            self.say("Enter按这个完整号码查找，记入办理记录；凭证号、案件编号也按Enter。")
        elif text:
            self._search(text)
        else:
            self._show([], ())

    def _search(self, text: str) -> None:
        self._ask(text, tuple(Kind), [])

    def _ask(self, text: str, kinds: Sequence[Kind], groups: list[tuple[Kind, Group]]) -> None:
        kind, *rest = kinds

        def take(group: Group) -> None:
            # Whoever typed on gets what the newest text means alone.
            if text != self._line.text.strip():
                return
            now = [*groups, (kind, group)]
            self._show(now, rest)
            if rest:
                self._ask(text, rest, now)
            else:
                self._is_found(text)

        self.read(found, kind, text, then=take)

    def _is_found(self, text: str) -> None:
        self._searched = text
        if not self._hits:
            self.say(_NOTHING)
        elif self._opens_first:
            self.do_open()

    def _show(self, groups: Sequence[tuple[Kind, Group]], rest: Sequence[Kind]) -> None:
        here = self._hits[self._listing.index] if self._hits else None
        self._hits = [hit for _, group in groups for hit in group.hits]
        self._listing.index = self._hits.index(here) if here in self._hits else 0
        self._draw()
        counts = " ".join(f"{kind}{len(group.hits)}{'+' * group.more}" for kind, group in groups if group.hits)
        self.show_title("查找", f"{counts}{'  查找中' if rest else ''}" or "案件、单位、人员、职业、平台、凭证")

    def _draw(self) -> None:
        kinds = ["", *(hit.kind for hit in self._hits)]
        self._listing.show(
            (
                ">" if place == self._listing.index else "",
                "" if hit.kind == kinds[place] else hit.kind,
                hit.what,
                hit.beside,
            )
            for place, hit in enumerate(self._hits)
        )

    def _shown(self, text: str) -> str:
        """A whole number that was searched for stands masked."""
        return reveals.shown_search(text) if text.strip() == self._noted else text

    def do_open(self) -> None:
        """Enter."""
        text = self._line.text.strip()
        if reveals.is_whole_number(text) and text != self._noted:
            noted_search(self, text, partial(self._search_noted, text))
        elif self._searched != text:
            self._opens_first = bool(text)
        elif self._hits:
            self._open(self._hits[self._listing.index])

    def _search_noted(self, text: str) -> None:
        self._noted = text
        self._line.refresh()
        self._search(text)

    def _open(self, hit: Hit) -> None:
        if hit.stage is not None:
            self.counter.open(room_for(hit.stage), hit.key)
        elif hit.kind in _ROOMS:
            self.counter.open(_ROOMS[hit.kind], hit.key)
        elif hit.kind in _WORDS:
            self.counter.open("platform", (hit.kind, hit.key))
        else:
            self.warn("这一行没有可打开的：其他部门的和清单里的凭证只在这里列出。")

    def do_search(self) -> None:
        """F3: begin anew."""
        self._line.put("")

    def help_texts(self) -> tuple[str, ...]:
        """What is found by what."""
        return (
            "查找：边输边找，按种类列出；上下键选，Enter打开案件或该单位、人员、职业、平台的一页。可输几个词。",
            "案件按编号（可只输最后几位）、单位、人员、职业；单位按名称的一部分、首字母、代码、电话；人员按姓名或其一部分、"
            "首字母（各种读音）、证号末4位以上、电话；平台、培训机构按名称、域名；凭证按全号或末8位。",
            "完整的证号、电话按Enter才查，记入办理记录。",
        )
