"""Texts that would steer a terminal, on every screen and every kind of pane: they are drawn, and nothing obeys them."""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.color import ColorSystem
from sqlalchemy import select
from textual.app import App, ComposeResult
from textual.strip import Strip

from db.models import Case, ListKind, Stage
from pxtui.casework.desk.queues import Queue
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.outside_lists.shown import ShownList
from pxtui.casework.practice.register import CLERK
from pxtui.casework.profiles import person
from pxtui.casework.profiles.found import Kind
from pxtui.home import Home
from pxtui.papers.reading.learning_records import read_learning_records
from pxtui.papers.reading.rosters import read_pasted
from screens.desk.queue_bar import QueueBar
from screens.entry.fields import Field
from screens.entry.line import TextLine
from screens.frame.catalogue import ROOMS, load
from screens.frame.prompt import Prompt
from screens.frame.storing import FieldConflict
from screens.office.entry_form import Entry
from screens.profiles.search_line import SearchLine
from screens.start.sign_in import Asked
from screens.start.splash import _Nothing as SplashPane
from screens.terminal.picture import Picture
from screens.terminal.theme import TEXT
from screens.terminal.wire import _cells
from screens.widgets.form import Form
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.message import MessageLine
from screens.widgets.pane import LinePane, Pane
from screens.widgets.prose import Prose
from screens.widgets.sheet import SheetPane
from tests.conftest import NOW
from tests.support.counter import Counter
from tests.support.pages import Room, seen
from tests.support.payloads import HALF, PAYLOADS, one_for_each, spoil, spoilt, steering
from tests.support.practice import practice_home

ALL = {**PAYLOADS, "half-a-character": HALF}
SEQUENCES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r\n")
"""What the picture itself sends."""
OF_THE_OFFICE = (
    *("desk", "shift", "office", "staff", "trainings", "tariffs", "settings", "funds", "lifting", "exchange"),
    *("source_changes", "staff_changes", "reports", "wordings", "backups", "statistics", "calendar", "outside_lists"),
)
OF_A_CASE = {
    **dict.fromkeys(("signs", "spot_check"), Stage.RECEIVED),
    **dict.fromkeys(("intake", "roster", "eligibility", "second_keying", "differences", "menu"), Stage.RECEIVED),
    **dict.fromkeys(("approval", "claim", "vouchers", "learning"), Stage.CLAIM_RECEIVED),
    **dict.fromkeys(("correcting", "changing", "papers"), Stage.OPENED),
    **dict.fromkeys(("publicity", "payment"), Stage.PAID),
}
A_LIST = ShownList(1, ListKind.DEATHS, "", "", NOW.date(), NOW.date(), None, 1, 0, "", 1, 1, 1, NOW.date(), "")
KEYS = ("down", "f1")
ROSTER = "序号\t姓名\t性别\t年龄\t身份证号\t联系电话\n1\t张建国\t男\t44\t510402197601011234\t13800000001"
RECORDS = "姓名,身份证号,学习时长（分钟）,学习日期\n张建国,510402197601011234,90,2020-03-20\n"


@contextmanager
def hostile_register(home: Home, clerk: str) -> Iterator[tuple[Register, Counter]]:
    """The practice register after somebody has spoilt its texts, and its clerk under the name that she has now."""
    register = open_register(home, NOW)
    yield register, Counter(register, NOW.date(), clerk)
    register.close()


class Witness:
    """Looks at what is drawn, as it would be sent."""

    def __init__(self) -> None:
        self.panes: set[type[Pane]] = set()
        self.text = ""

    def __call__(self, app: App[Any]) -> None:
        assert app.is_running
        self.panes |= {type(pane) for pane in app.screen.walk_children(Pane)}
        strips = app.screen._compositor.render_strips()
        self.text += "\n".join(strip.text for strip in strips)
        require_inert(strips, app.size)


def require_inert(strips: Sequence[Strip], size: tuple[int, int]) -> None:
    """Of what is drawn no text steers, no style is a link or an action, and what is sent are moves and pens alone."""
    for segment in (segment for strip in strips for segment in strip):
        assert segment.control is None
        assert steering(segment.text) == ""
        assert segment.style is None or (segment.style.link is None and not segment.style.meta)
    parts = [(0, y, _cells(strip, ColorSystem.STANDARD)) for y, strip in enumerate(strips)]
    sent = Picture(*size).turned_into(parts, (0, 0))
    assert steering(SEQUENCES.sub("", sent)) == ""


def numbers(register: Register, clerk: Counter) -> dict[Stage, str]:
    """The newest case of each stage."""
    with register.reading(clerk.acting) as context:
        return {case.stage: case.number for case in context.session.execute(select(Case)).scalars()}


def rooms(register: Register, clerk: Counter, folder: Path, payload: str) -> dict[str, Room]:
    """Every screen with what it is opened with."""
    of_stage = numbers(register, clerk)
    number = of_stage[Stage.RECEIVED]
    hostile = spoilt("张建国", payload)
    people = read_pasted(ROSTER)
    people = replace(
        people, sheet=hostile, rows=tuple(replace(row, name=hostile, remark=hostile) for row in people.rows)
    )
    (folder / "records.csv").write_text(RECORDS, "utf-8")
    learned = read_learning_records(folder / "records.csv")
    learned = replace(learned, lines=tuple(replace(line, name=hostile, account=hostile) for line in learned.lines))
    fields = [Field("name", hostile, 20, choices=((hostile, hostile),)), Field("other", "备注", 20)]
    entry = Entry(hostile, fields, lambda form, row: None, {"name": hostile, "other": hostile}, (hostile,))
    asked = Asked(hostile, (hostile,), lambda keyed: lambda: None, lambda: None, hostile)
    with register.reading(clerk.acting) as context:
        case = find(context, number)
        profiles = {
            "find": ("find", hostile),
            "person": ("person", person.key_of_row(context, number, 0)),
            "enterprise": ("enterprise", case.applicant_id),
            "platform": ("platform", (Kind.PLATFORM, case.platform)),
        }
    return {
        **profiles,
        **{room: room for room in OF_THE_OFFICE},
        **{room: (room, of_stage[stage]) for room, stage in OF_A_CASE.items()},
        "preview": ("preview", number, (people,), 0, lambda taken: None),
        "learning_preview": ("learning_preview", of_stage[Stage.CLAIM_RECEIVED], learned, hostile, lambda said: None),
        "identity": ("identity", number, 0, hostile, lambda *left, **why: None),
        "office_form": ("office_form", entry),
        "list_hits": ("list_hits", replace(A_LIST, name=hostile, source=hostile)),
        "conflict": ("conflict", (FieldConflict("name", *(hostile,) * 5),), lambda theirs: None),
        "help": ("help", "desk", (hostile, hostile * 3)),
        "welcome": ("welcome", lambda *made: lambda: None, (("dongqu", hostile),)),
        "who": ("who", (hostile, hostile), lambda name: None),
        "sign_in": ("sign_in", asked),
    }


def acts_of(home: Home) -> int:
    """How many entries the journal has: one for every act. Who keys a roster stands elsewhere."""
    with sqlite3.connect(home.register) as file:
        ((entries,),) = file.execute("SELECT count(*) FROM journal_entry")
        return int(entries)


def look_at_every_screen(home: Home, payload_for: Callable[[str], str], payload: str) -> Witness:
    """Spoil a register and look at each screen: as it opens, a line further down and its help."""
    witness = Witness()
    spoil(home, payload_for)
    before = acts_of(home)
    with hostile_register(home, spoilt(CLERK, payload_for(CLERK))) as (register, clerk):
        opened = rooms(register, clerk, home.root, payload)
        assert opened.keys() == ROOMS.keys()
        for room in opened.values():
            seen(register, clerk, room, *KEYS, look=witness)
    assert acts_of(home) == before
    assert "程序出错" not in witness.text
    return witness


@pytest.mark.slow
def test_forty_payloads_over_the_rows_of_a_register_steer_no_screen(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = practice_home(tmp_path / "data", tmp_path_factory)
    witness = look_at_every_screen(home, one_for_each, PAYLOADS["c1-string"])
    assert witness.panes >= kinds_of_panes() - {SplashPane}
    assert "[@click=app.quit]" in witness.text
    assert "?]0;占?" in witness.text


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("payload", PAYLOADS)
def test_each_payload_in_every_text_of_the_register_steers_no_screen(
    payload: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = practice_home(tmp_path / "data", tmp_path_factory)
    look_at_every_screen(home, lambda _: PAYLOADS[payload], PAYLOADS[payload])


# Every kind of pane by itself.


def kinds_of_panes() -> set[type[Pane]]:
    """All that draw themselves, whichever screen they are on."""
    for name in ROOMS:
        load(name)
    found: set[type[Pane]] = set()
    left = [Pane]
    while left:
        kinds = left.pop().__subclasses__()
        found |= {*kinds}
        left += kinds
    return {kind for kind in found if kind.__module__.startswith("screens.")}


def shown_form(text: str) -> Form:
    field = Field("name", text, 30, choices=((text, text), ("2", text)), help=text)
    return Form([field, Field("other", text, 30)], {"name": text, "other": text}, lambda effect: None)


def shown_sheet(text: str) -> SheetPane:
    sheet = SheetPane([Field("name", text, 12), Field("other", text, 12)], lambda effect: None, verdicts=True)
    sheet.load([{"name": text, "other": text}] * 2)
    sheet.show_verdicts({0: text, 1: text})
    return sheet


def shown_listing(text: str) -> Listing:
    listing = Listing([ListColumn(text, 20, names_firms=True), ListColumn(text, 10, right=True), ListColumn(text, 0)])
    listing.show([(text, text, text)] * 3)
    return listing


def shown(pane: Any, *texts: Any) -> Any:
    pane.show(*texts)
    return pane


def searched(text: str) -> SearchLine:
    line = SearchLine(lambda: None, str)
    line.put(text)
    return line


PANES: dict[type[Pane], Callable[[str], Pane]] = {
    Form: shown_form,
    SheetPane: shown_sheet,
    Listing: shown_listing,
    Prose: lambda text: shown(Prose(), text, (text, TEXT)),
    LinePane: lambda text: shown(LinePane(TEXT), text, (text, TEXT)),
    MessageLine: lambda text: shown(MessageLine(TEXT), text),
    QueueBar: lambda text: shown(QueueBar(), [Queue(frozenset(), text, is_claim, 3) for is_claim in (True, False)], 1),
    SplashPane: lambda text: SplashPane(),
    SearchLine: searched,
}


class Stand(App[None]):
    """One pane after the other."""

    def __init__(self, panes: Sequence[Pane]) -> None:
        super().__init__()
        self._panes = panes

    def compose(self) -> ComposeResult:
        """All of them below each other."""
        for pane in self._panes:
            pane.styles.height = 4
            yield pane


@pytest.mark.parametrize("payload", ALL)
def test_no_kind_of_pane_lets_a_payload_through(payload: str) -> None:
    assert PANES.keys() == kinds_of_panes()
    text = spoilt("张建国", ALL[payload])

    async def stand() -> None:
        app = Stand([make(text) for make in PANES.values()])
        async with app.run_test(size=(80, 4 * len(PANES))) as pilot:
            await pilot.pause()
            require_inert(app.screen._compositor.render_strips(), app.size)

    asyncio.run(stand())


@pytest.mark.parametrize("payload", ALL)
def test_nothing_pasted_into_an_answer_is_more_than_text(payload: str) -> None:
    asked, _ = Prompt("文件：", lambda text: None, TextLine()).typed(ALL[payload])
    assert steering(asked.answer) == ""
    assert "[@click" not in ALL[payload] or "[@click" in asked.answer
