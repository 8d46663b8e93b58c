"""A page of cases and of batches of them: marked, put together, and taken on one after the other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.versions import Version
from pxtui.policy.subsidy import yuan
from screens.entry.fields import Alphabet, Field
from screens.frame.case import CaseScreen
from screens.frame.screen import Handlers
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose

_MARK = "*"
_DETAIL_HEIGHT = 4


class Entry(Protocol):
    """A line of the page. Money in fen."""

    @property
    def number(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def state(self) -> str: ...

    @property
    def amount_fen(self) -> int: ...

    @property
    def sentences(self) -> tuple[str, ...]: ...

    @property
    def is_batch(self) -> bool: ...

    @property
    def next(self) -> Enum: ...


E = TypeVar("E", bound=Entry)


class BatchScreen(CaseScreen, Generic[E]):
    """A list of cases and batches over the detail of the entry under the cursor; Enter does its next step."""

    name_heading = "单位"
    detail_height = _DETAIL_HEIGHT
    cannot_mark = ""
    """What is said where the blank is pressed on what cannot be marked."""
    nothing_waits = ""
    """What is said of an empty page."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._listing = Listing(
            (
                ListColumn("选", 2),
                ListColumn("编号", 13),
                ListColumn("状态", 10),
                ListColumn(self.name_heading, 0, names_firms=True),
                ListColumn("金额（元）", 14, right=True),
            )
        )
        self.detail = Prose()
        self.detail.styles.height = self.detail_height
        self.entries: Sequence[E] = ()
        self.marked: set[str] = set()
        self.sought = number
        """The case or batch at which the cursor shall stand."""
        self._begun = False
        self._is_followed = False
        """What is asked for now was asked for because a colleague stored something."""

    def handlers(self) -> Handlers:
        """What is next of a case or a batch is done."""
        return {
            **super().handlers(),
            "proceed": self.do_proceed,
            "refresh": self.do_refresh,
            "papers": self.do_papers,
            "menu": self.do_menu,
        }

    def can_be_marked(self, entry: E) -> bool:
        """Whether it can be put into a batch."""
        raise NotImplementedError

    def due_at(self, entries: Sequence[E]) -> str:
        """The number at which the cursor stands first: where the next step of the case is done."""
        raise NotImplementedError

    def issue(self, number: str) -> None:
        """Issue the papers of a batch."""
        raise NotImplementedError

    def acts(self) -> Mapping[Enum, Callable[[E], None]]:
        """What Enter does, by what is next."""
        raise NotImplementedError

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def body(self) -> Iterable[Pane]:
        """The list, and below it what there is to say of the entry under the cursor."""
        return (self._listing, self.detail)

    def came_back(self) -> None:
        """Back from another screen: anything may have changed."""
        super().came_back()
        self.load()

    def follow_register(self) -> None:
        """A colleague may have taken on what stands here."""
        if self.entries:
            self.sought = self.here.number
        self._is_followed = True
        self.fill_quietly(self.look_again)
        self.fill_quietly(self.load)

    def show_entries(self, entries: Sequence[E]) -> None:
        """Show the page, the cursor where it was or is sought."""
        was_followed, self._is_followed = self._is_followed, False
        was_here = self.here.number if was_followed and self.entries else ""
        self.entries = entries
        if not self._begun:
            self.sought, self._begun = self.due_at(entries), True
        self.marked &= {entry.number for entry in entries if self.can_be_marked(entry)}
        places = [index for index, entry in enumerate(entries) if entry.number == self.sought]
        if places:
            self._listing.index = places[0]
        self._list()
        if was_here and was_here not in {entry.number for entry in entries}:
            # Who presses Enter now must not act on the next row as if it were this one.
            self.say(f"{was_here}刚才由别人办了，不在这里了。")
        elif not entries and not was_followed:
            self.say(self.nothing_waits)

    def _list(self) -> None:
        self._listing.show(
            (
                _MARK if entry.number in self.marked else "",
                entry.number,
                entry.state,
                entry.name,
                yuan(entry.amount_fen),
            )
            for entry in self.entries
        )
        self._show_detail()

    def _show_detail(self) -> None:
        self.detail.show(*(self.here.sentences if self.entries else ()))

    @property
    def here(self) -> E:
        """The entry under the cursor; only where there are entries."""
        return self.entries[self._listing.index]

    @property
    def case_here(self) -> str:
        """The case under the cursor; of a batch, the one with which the page was opened."""
        return self.here.number if self.entries and not self.here.is_batch else self.number

    def marked_or_here(self) -> list[str]:
        """The cases that are meant, in the order of the page."""
        return [entry.number for entry in self.entries if entry.number in self.marked] or [self.here.number]

    def after_key(self) -> None:
        """What is said follows the cursor."""
        self._show_detail()

    def typed(self, character: str) -> None:
        """The blank marks a case and goes on to the next."""
        if character != " " or not self.entries:
            return
        if not self.can_be_marked(self.here):
            self.warn(self.cannot_mark)
            return
        self.marked ^= {self.here.number}
        self._list()
        self._listing.press("down")
        if chosen := [entry for entry in self.entries if entry.number in self.marked]:
            total = yuan(sum(entry.amount_fen for entry in chosen))
            self.say(f"已选{len(chosen)}件，{total}元：Enter把选定的列入一个批次。")

    def do_proceed(self) -> None:
        """Enter: what is marked goes on, wherever the cursor is; else what is under the cursor."""
        if not self.entries:
            return
        entry = next((entry for entry in self.entries if entry.number in self.marked), self.here)
        self.sought = entry.number
        act = self.acts().get(entry.next)
        if act is None:
            self.warn("这一行现在没有要办的，说明见下面。")
        else:
            act(entry)

    def do_back(self) -> None:
        """Esc: first what was marked, then the page."""
        if self.marked:
            self.marked.clear()
            self._list()
            self.say("已取消选定，再按Esc离开。")
        else:
            super().do_back()

    def do_refresh(self) -> None:
        """F5."""
        if self.entries:
            self.sought = self.here.number
        self.look_again()
        self.load()
        self.say("已刷新。")

    def do_papers(self) -> None:
        """F9: of a batch its own papers, of a case those of the case."""
        if self.entries and self.here.is_batch:
            self.issue(self.here.number)
        else:
            self.counter.open("papers", self.case_here)

    def do_menu(self) -> None:
        """F10: of the case under the cursor."""
        self.counter.open("menu", self.case_here)

    def ask_day(self, question: str, then: Callable[[date], None], text: str) -> None:
        """Ask for a day, with the one that is usual; keyed like every day of a form."""
        day = Field("day", "日期", 10, Alphabet.DATE, required=True, base_day=self.today)

        def completed(typed: str) -> str:
            return day.completed(day.accepted(typed))

        def to_come(text: str) -> str:
            return f"{text}还没有到，请填今天或以前的日期。" if date.fromisoformat(text) > self.today else ""

        self.ask(
            question,
            lambda typed: then(date.fromisoformat(completed(typed))),
            text,
            check=lambda typed: day.fault(completed(typed)) or to_come(completed(typed)),
        )

    def ask_which(self, question: str, first: str, second: str, then: Callable[[bool], None]) -> None:
        """Ask which of two holds; `then` hears whether it is the first. They are named where the answer is neither."""
        self.ask(
            question,
            lambda digit: then(digit == "1"),
            check=lambda digit: "" if digit in ("1", "2") else f"请填1（{first}）或2（{second}）。",
        )

    def reopen(self, here: E) -> None:
        """A claim that would come out otherwise now is reviewed anew."""
        act = partial(advance.advance, action=Action.REOPEN)
        sentence = f"{here.number}已退回复审。"
        self.ask(
            f"{here.number}退回复审的理由：",
            lambda why: self.do(partial(act, opinion=why), here.number, sentence=sentence),
        )

    def do(self, act: Callable[..., Any], *arguments: object, sentence: str) -> None:
        """Let casework act, then show the page anew; `sentence` says what was done."""
        self.write(act, *arguments, then=lambda _: self.reload(sentence), hold=True)

    def do_with(self, seen: Version, what: str, act: Callable[..., Any], number: str, *, sentence: str) -> None:
        """The same for an act on what was asked for just before, called `what` in Chinese: on that and nothing else."""
        self.decide_on(seen, what, act, number, then=lambda _: self.reload(sentence), failed=self.load)

    def reload(self, sentence: str) -> None:
        """Show the page anew and say what was done."""
        self.look_again()
        self.load()
        self.say(sentence)

    def show_made(self, number: str, sentence: str) -> None:
        """Show the page anew with the cursor at the batch that was made of the marked cases."""
        self.marked.clear()
        self.sought = number
        self.reload(sentence)
