"""The screens of an application under another notice: its counties, platforms and cap, and not the shipped ones."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pxtui.casework.office.register import Register, open_register
from pxtui.home import Home
from pxtui.policy.parameters import Rulebook, rulebook, shipped_rulebook, shipped_texts
from screens.application.claim import Claim
from screens.application.intake import Intake
from screens.frame.app import Counter, Standing
from screens.frame.screen import StepScreen
from screens.widgets.pane import Pane
from tests.conftest import NOW, empty_register
from tests.support.counter import Counter as Clerk

COUNTY, PLATFORM = "新城区", "川南网络学院"


class AnswersAtOnce(Counter):
    """The counter over one register, without threads: what is read is there after the next turn of the screen."""

    def __init__(self, register: Register, clerk: Clerk, screen: StepScreen) -> None:
        super().__init__(register.home)
        self.rulebook = register.rulebook
        self.standing = Standing("东区人社局", clerk.clerk, "受理员", clerk.day, False)
        self._office = register
        self._clerk = clerk
        self._first = screen

    def on_mount(self) -> None:
        """Show the screen."""
        self.push_screen(self._first)

    def read(
        self, function: Callable[..., Any], *arguments: object, then: Callable[[Any], None], failed: object
    ) -> None:
        """Ask casework in this thread."""
        with self._office.reading(self._clerk.acting) as context:
            answer = function(context, *arguments)
        self.call_next(then, answer)

    def draft_on_disk(self, screen: str, number: str) -> dict[str, Any] | None:
        """Nothing was left unfinished."""
        return None


def shown(register: Register, clerk: Clerk, screen: StepScreen) -> str:
    """The lines of the panes of a screen, once it has its answers."""

    async def look() -> str:
        app = AnswersAtOnce(register, clerk, screen)
        async with app.run_test(size=(120, 60)) as pilot:
            while not screen.is_ready:
                await pilot.pause()
            await pilot.pause()
            text = "\n".join(line for pane in screen.body() for line in lines_of(pane))
        app.finish_work()
        return text

    return asyncio.run(look())


def lines_of(pane: Pane) -> Iterator[str]:
    """What a pane draws, line by line."""
    for y in range(pane.size.height):
        yield "".join(text for text, _ in pane.pieces(y))


def changed(effective_from: str = "2020-02-20") -> str:
    """The shipped notice with another name of a county and of a platform, and a cap of 400 yuan."""
    (text,) = shipped_texts().values()
    for was, becomes in (
        ('name = "东区"', f'name = "{COUNTY}"'),
        ('name = "四川省职业网络培训学院"', f'name = "{PLATFORM}"'),
        ('cap_per_person_yuan = "600.00"', 'cap_per_person_yuan = "400.00"'),
        ("effective_from = 2020-02-20", f"effective_from = {effective_from}"),
    ):
        assert text.count(was) == 1
        text = text.replace(was, becomes)
    return text


CHANGED = rulebook({"notice_changed.toml": changed()})
FROM_JULY = rulebook({**shipped_texts(), "notice_from_july.toml": changed("2020-07-01")})


@pytest.fixture
def register_under(place: Home) -> Iterator[Callable[[Rulebook], Register]]:
    """Opens the register of one folder under a rulebook."""
    empty_register(place).close()
    opened: list[Register] = []

    def open_under(rules: Rulebook) -> Register:
        opened.append(open_register(place, NOW, rules))
        return opened[-1]

    yield open_under
    for register in opened:
        register.close()


@pytest.mark.parametrize(
    ("rules", "follows"), [(shipped_rulebook(), False), (CHANGED, True), (FROM_JULY, True)], ids=["33", "other", "both"]
)
def test_the_intake_form_offers_what_the_newest_notice_lists(
    rules: Rulebook, follows: bool, register_under: Callable[[Rulebook], Register]
) -> None:
    register = register_under(rules)
    screen = Intake(None)
    form = shown(register, Clerk(register), screen)
    choices = {field.key: [name for _, name in field.choices] for field in screen.form.engine.fields}
    assert (COUNTY in choices["county"], "东区" in choices["county"]) == (follows, not follows)
    assert (PLATFORM in choices["platform"], "四川省职业网络培训学院" in choices["platform"]) == (follows, not follows)
    assert "所在县（区）" in form


@pytest.mark.parametrize(
    ("rules", "per_person", "cap", "total"),
    [
        (shipped_rulebook(), "500.00", "600.00", "1500.00"),
        (CHANGED, "400.00", "400.00", "1200.00"),
        # The class starts in March: the notice of July is not its own.
        (FROM_JULY, "500.00", "600.00", "1500.00"),
    ],
    ids=["33", "other", "both"],
)
def test_the_amount_of_a_claim_follows_the_notice_of_its_class(
    rules: Rulebook, per_person: str, cap: str, total: str, register_under: Callable[[Rulebook], Register]
) -> None:
    register = register_under(rules)
    clerk = Clerk(register)
    text = shown(register, clerk, Claim(clerk.claimed()))
    assert f"每人补贴 {per_person}元（每人支出500.00元，最高{cap}元）" in text
    assert f"补贴合计 {total}元（符合3人" in text
