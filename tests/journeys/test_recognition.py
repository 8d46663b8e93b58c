"""A returning trainee costs a few keys."""

from pathlib import Path

import pytest

from pxtui.casework import intake, roster
from pxtui.casework.acting import Acting
from pxtui.casework.register import create
from pxtui.home import Home
from pxtui.policy.facts import Trainee
from tests.conftest import NOW
from tests.journeys.counter import counter
from tests.journeys.filings import a_filing
from tests.terminal import Terminal

KNOWN = (
    Trainee(1, "张三", None, None, "510402198001010018", "13800000001", ""),
    Trainee(2, "张三丰", None, None, "11010519491231002X", "13800000002", ""),
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register that has seen two people in one case and has another case with an empty roster."""
    acting = Acting("张三", "dongqu", NOW)
    register = create(Home(tmp_path / "data"), office="dongqu", name="张三", at=NOW)
    with register.writing() as session:
        roster.replace_all(session, acting, intake.file(session, acting, a_filing()), KNOWN)
        intake.file(session, acting, a_filing())
    register.close()
    return tmp_path


def at_the_empty_roster(terminal: Terminal) -> None:
    """The newest case stands first."""
    terminal.wait_for("录入2")
    terminal.key("enter")
    terminal.wait_for("0人")


@pytest.mark.parametrize(
    ("keys", "name"), [(("zs", "2"), "张三丰"), (("zsf", "enter"), "张三丰"), (("0018", "enter"), "张三")]
)
def test_a_returning_trainee_costs_at_most_six_keys(keys: tuple[str, str], name: str, office: Path) -> None:
    typed, last = keys
    assert len(typed) + 1 <= 6
    with counter(office) as terminal:
        at_the_empty_roster(terminal)
        terminal.type(typed)
        if last == "enter":
            terminal.key("enter")
        else:
            terminal.type(last)
        terminal.wait_for("1人 0项不符 已存")
        number = next(person.id_number for person in KNOWN if person.name == name)
        assert f"{name} " in terminal.line(5)
        assert number in terminal.line(5)


def test_a_known_number_offers_its_name_and_tells_another_one(office: Path) -> None:
    with counter(office) as terminal:
        at_the_empty_roster(terminal)
        terminal.key("enter")
        terminal.type("510402198001010018")
        terminal.wait_for("台账里有：张三 13800000001，按Enter取来")
        terminal.key("enter")
        terminal.wait_for("1人 0项不符 已存")
        terminal.type("张四")
        terminal.key("enter")
        terminal.type("11010519491231002X")
        terminal.wait_for("此证号在台账里是“张三丰”，现填“张四”")
