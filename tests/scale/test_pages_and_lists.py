"""Nothing that a clerk waits for grows with the register: every page, every list and every search, at two sizes.

Registers of 490 and of 980 cases are made of the practice register by repeating its cases as they will be once they are
over, so that as much waits in the large one as in the small one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlmodel import col, select

from db.models import Applicant, Case, PaymentBatch, PublicityBatch, Stage
from pxtui.casework.desk import search
from pxtui.casework.lifecycle.batch_page import Next
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.payment import orders
from pxtui.casework.payment import page as payment_page
from pxtui.casework.payment.batches import PAYMENT_BATCHES
from pxtui.casework.profiles import found as profiles_found
from pxtui.casework.profiles import person as profile_of_person
from pxtui.casework.profiles.found import Kind
from pxtui.casework.publicity import page as publicity_page
from pxtui.casework.publicity import publishing
from pxtui.casework.publicity.batches import PUBLICITY_BATCHES
from pxtui.commands import entry
from screens.frame.catalogue import ROOMS
from tests.conftest import NOW
from tests.support.counter import Counter
from tests.support.large_registers import grow
from tests.support.office import Office
from tests.support.pages import seen
from tests.support.practice import practice_home
from tests.support.statements import Statements, walks, watched

DAY = date(2020, 6, 16)
SIZES = (9, 19)
HEADS = 3

PAGES: dict[str, Stage | None] = {
    **dict.fromkeys(("desk", "shift", "office", "staff", "trainings", "tariffs", "settings", "funds", "lifting")),
    **dict.fromkeys(("exchange", "source_changes", "staff_changes", "reports", "wordings", "calendar", "backups")),
    "outside_lists": None,
    **dict.fromkeys(("intake", "roster", "second_keying", "differences"), Stage.DRAFT),
    **dict.fromkeys(("learning", "claim", "vouchers"), Stage.CLAIM_DRAFT),
    **dict.fromkeys(("eligibility", "signs", "spot_check", "approval", "menu"), Stage.RECEIVED),
    "changing": Stage.OPENED,
    "correcting": Stage.PAID,
    "papers": Stage.PAID,
    "publicity": Stage.CLAIM_APPROVED,
    "payment": Stage.CLEARED,
}
"""The screens that ask the register, and at which stage the case is that they are opened with."""
SUBJECTS: dict[str, Callable[[Context, Case], object]] = {
    "find": lambda context, case: "恒力",
    "person": lambda context, case: profile_of_person.key_of_row(context, case.number, 0),
    "enterprise": lambda context, case: case.applicant_id,
    "platform": lambda context, case: (Kind.PLATFORM, case.platform),
}
"""The screens about what is no case, and what of the first paid case they are opened with."""
NO_PAGES = {
    **dict.fromkeys(("welcome", "who", "sign_in"), "stand before the register is open"),
    **dict.fromkeys(
        ("preview", "learning_preview", "identity", "office_form", "conflict"), "show what another screen read"
    ),
    "help": "is text",
    "list_hits": "shows what one list had",
    "statistics": "adds up the whole register behind the screens: tests/casework/supervision holds its statements",
}
LISTS = (
    *("case list", "case show CASE", "case check CASE", "case materials CASE", "staff list", "staff logins"),
    *("office show", "lifting show", "catalogue list", "exchange list", "source list", "rules list"),
    *("shift show --as 张三", "fund list"),
    *(
        "payment list --most 20",
        "payment show PAYMENT",
        "recovery list --most 5",
        "publicity list --most 20",
        "publicity show PUBLICITY",
    ),
    "backup list",
    *("lists show", "lists show CASE"),
    *("sign list CASE", "spot show CASE"),
    *("enterprise show FIRM", "platform show 中国"),
)
"""The commands that show something of the register."""
NO_LISTS = {
    **dict.fromkeys(
        ("learning show", "history show", "offline show", "person show"), "show what one case or person has"
    ),
    "retention show": "looks for all whose term is over, once a day",
    "shift list": "is a paper",
    "calendar show": "shows a year of the calendar",
    "backup key show": "shows a public key",
}
"""Named like such a command, and none."""
SEARCHES = (
    *("2020-DQ-0017", "17", "DQ17", "13800000000", "510402199001011236"),
    *("恒力", "恒力机械", "王伟", "ww", "hl", "焊工", "恒", "王伟 恒力", "焊工 王伟"),
)
MOST_FOUND = 20
"""Cases that are listed of what the small register has already more of."""

SUMMED = {
    **dict.fromkeys(("funds", "payment", "fund list"), 2_000),
    **dict.fromkeys(("platform", "platform show 中国"), 10 * 490),
}
"""Where the database makes a sum, which no clerk waits for yet: over all payments, 20 steps each, or over all claims,
10 steps each; and how many steps the large register may cost more.
"""
ALL_OF_IT: dict[str, str] = {
    "payment_line.outcome, sum(payment_line.amount_fen)": "a balance is a sum over all payments, made by the database",
}
"""Parts of the statements that may walk through a whole table, and why."""


@dataclass(frozen=True)
class Grown:
    """A register of some size, and who sits before it."""

    folder: Path
    register: Register
    clerk: Counter
    numbers: dict[Stage, str]
    """By stage the first case at it."""
    batches: dict[str, str]
    """The first batches."""

    def asked(self, question: Callable[[Context], object]) -> Statements:
        """What casework sends for an answer."""
        with watched() as sent, self.register.reading(self.clerk.acting) as context:
            question(context)
        return sent

    def page(self, name: str) -> Statements:
        """What a screen sends."""
        room: tuple[object, ...] = (name,)
        if name in SUBJECTS:
            with self.register.reading(self.clerk.acting) as context:
                room = (name, SUBJECTS[name](context, find(context, self.numbers[Stage.PAID])))
        elif (stage := PAGES[name]) is not None:
            room = (name, self.numbers[stage])
        with watched() as sent:
            seen(self.register, self.clerk, room)
        return sent

    def list(self, words: str) -> Statements:
        """What a command sends."""
        with self.register.reading(self.clerk.acting) as context:
            applicant = find(context, self.numbers[Stage.PAID]).applicant_id
            firm = context.session.get_one(Applicant, applicant).credit_code
        named = {
            "FIRM": firm,
            "CASE": self.numbers[Stage.PAID],
            "CLAIM": self.numbers[Stage.CLAIM_DRAFT],
            **self.batches,
        }
        office = Office(self.folder, str(DAY))
        with watched() as sent:
            done = office.run(*(named.get(word, word) for word in words.split()))
        assert (done.returncode in (0, 1), done.stderr) == (True, "")
        return sent


@pytest.fixture(autouse=True)
def _fewer_usual_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small register has as many of the newest cases as are looked at."""
    monkeypatch.setattr("pxtui.casework.opening.usual_words._NEWEST", 200)
    monkeypatch.setattr("pxtui.casework.profiles.classes.MOST_CLASSES", MOST_FOUND)
    for module in ("found_enterprises", "found_people"):
        monkeypatch.setattr(f"pxtui.casework.profiles.{module}._LOOKED_AT", MOST_FOUND)


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Grown, Grown]]:
    """A small register and a large one of the same work."""
    small, large = (_grown(tmp_path_factory, times) for times in SIZES)
    yield small, large
    small.register.close()
    large.register.close()


def _grown(factory: pytest.TempPathFactory, times: int) -> Grown:
    folder = factory.mktemp("grown")
    register = open_register(practice_home(folder / "data", factory), NOW)
    numbers: dict[Stage, str] = {}
    with register.reading(Acting("张三", "dongqu", NOW)) as context:
        for case in context.session.exec(select(Case).order_by(col(Case.id))):
            numbers.setdefault(case.stage, case.number)
        batches = {
            "PAYMENT": PAYMENT_BATCHES.number(context, context.session.get_one(PaymentBatch, 1)),
            "PUBLICITY": PUBLICITY_BATCHES.number(context, context.session.get_one(PublicityBatch, 1)),
        }
    with register._archive._writer.begin() as connection:
        grow(connection, register._archive.vault, times, heads=HEADS)
    return Grown(folder, register, Counter(register, DAY, "张三"), numbers, batches)


def _alike(small: Statements, large: Statements, *, more_steps: int = 200) -> list[str]:
    """In what the large register costs more."""
    more = []
    if large.count != small.count:
        more.append(f"{small.count} statements become {large.count}")
    if large.steps > small.steps * 1.1 + more_steps:
        more.append(f"{small.steps} steps become {large.steps}")
    return more


def _walks(grown: Grown, sent: Statements) -> dict[str, str]:
    found = walks(grown.register.home.register, sent.texts)
    return {text: plan for text, plan in found.items() if not any(part in text for part in ALL_OF_IT)}


@pytest.mark.slow
@pytest.mark.parametrize("name", [*PAGES, *SUBJECTS])
def test_a_page_costs_the_same_however_many_cases_there_are(name: str, sizes: tuple[Grown, Grown]) -> None:
    small, large = sizes
    sent = large.page(name)
    assert _walks(large, sent) == {}
    assert _alike(small.page(name), sent, more_steps=SUMMED.get(name, 200)) == []


@pytest.mark.slow
@pytest.mark.parametrize("words", LISTS)
def test_a_list_costs_the_same_however_many_cases_there_are(words: str, sizes: tuple[Grown, Grown]) -> None:
    small, large = sizes
    sent = large.list(words)
    assert _walks(large, sent) == {}
    assert _alike(small.list(words), sent, more_steps=SUMMED.get(words, 200)) == []


def test_of_many_claims_that_wait_the_first_are_judged_and_the_own_one(
    sizes: tuple[Grown, Grown], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("payment", "publicity"):
        monkeypatch.setattr(f"pxtui.casework.{module}.page.MOST_WAITING", 1)
    small, _ = sizes
    with small.register.reading(small.clerk.acting) as context:
        cleared = [claim.number for claim in orders.waiting(context)]
        granted = [claim.number for claim in publishing.waiting(context)]
        of_money = payment_page.desk(context, cleared[-1])
        of_notices = publicity_page.desk(context, DAY, granted[-1])
    assert (len(cleared), len(granted)) == (2, 3)
    shown = [entry.number for entry in of_money.entries if entry.next is Next.PREPARE]
    assert (shown, of_money.behind) == (cleared, 0)
    shown = [entry.number for entry in of_notices.entries if entry.next is Next.PUBLISH]
    assert (shown, of_notices.waiting) == ([granted[0], granted[-1]], 3)


@pytest.mark.parametrize("text", SEARCHES)
def test_a_search_costs_the_same_however_many_cases_there_are(
    text: str, sizes: tuple[Grown, Grown], monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = sizes
    monkeypatch.setattr("pxtui.casework.desk.search_words._MOST_COUNTED", MOST_FOUND)

    def found(context: Context) -> object:
        return search.search(context, text, most=MOST_FOUND)

    sent = large.asked(found)
    assert _walks(large, sent) == {}
    assert _alike(small.asked(found), sent) == []


FOUND = (
    *((Kind.CASE, text) for text in ("0017", "恒力", "王伟", "ww", "焊工 王伟")),
    *((Kind.ENTERPRISE, text) for text in ("恒力", "恒", "hl", "wjb", "1234", "恒力 机械")),
    *((Kind.PERSON, text) for text in ("王伟", "ww", "3010", "83010", "王伟 3010", "13800000000")),
    *((Kind.OCCUPATION, "hg"), (Kind.PLATFORM, "zgzy"), (Kind.PROVIDER, "成都"), (Kind.VOUCHER, "00000004")),
)


@pytest.mark.parametrize(("kind", "text"), FOUND)
def test_a_search_of_a_kind_costs_the_same_however_many_cases_there_are(
    kind: Kind, text: str, sizes: tuple[Grown, Grown], monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = sizes
    for module in ("desk.search_words", "profiles.found_enterprises"):
        monkeypatch.setattr(f"pxtui.casework.{module}._MOST_COUNTED", MOST_FOUND)

    def asked(context: Context) -> object:
        return profiles_found.found(context, kind, text)

    sent = large.asked(asked)
    assert _walks(large, sent) == {}
    assert _alike(small.asked(asked), sent) == []


def test_every_screen_is_looked_at_or_left_out_with_a_reason() -> None:
    assert {*PAGES, *SUBJECTS, *NO_PAGES} == {*ROOMS}


def test_every_command_that_lists_or_shows_is_looked_at() -> None:
    looked_at = {" ".join(words.split()[:2]) for words in LISTS}
    named_so = {" ".join(path) for path in _commands(typer.main.get_command(entry._commands())) if path[-1] in _SHOWING}
    assert named_so - looked_at - {*NO_LISTS} == set()


_SHOWING = {"list", "show", "logins"}


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if not hasattr(command, "commands"):
        yield path
        return
    for name, below in command.commands.items():
        yield from _commands(below, (*path, name))
