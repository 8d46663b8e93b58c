"""The database of a roster that is being keyed goes away and comes back, as the clerk sees it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pxtui import clock
from pxtui.casework.office import settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import open_register
from pxtui.casework.office.roles import Role
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import lease
from pxtui.casework.staff import members
from pxtui.home import Home, Server
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING, NOW, empty_register
from tests.support import database_server, on_server, one_case
from tests.support.filings import a_filing
from tests.support.rosters import NUMBER, made_up_people, office_with_roster, stored_people
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

pytestmark = pytest.mark.skipif(database_server.binaries() is None, reason="no PostgreSQL on this machine")
PEOPLE = made_up_people(6)
_COLUMNS = 7
_QUIET = 1.0
"""Seconds: longer than it takes until it is asked again whether the database is back."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Path]:
    """A roster of two people in a database of a server."""
    with on_server.choosing(True):
        yield office_with_roster(tmp_path, PEOPLE[:2])


def _server(office: Path) -> Server:
    server = on_server.of_folder(office / "data")
    assert server is not None
    return server


def _open_roster(terminal: Terminal) -> None:
    terminal.wait_for("录入1")
    terminal.key("enter")
    terminal.wait_for("2人 0项不符")
    terminal.settle()


def _key(terminal: Terminal, *people: Trainee) -> None:
    for person in people:
        terminal.type(person.name)
        terminal.key("enter")
        terminal.type(person.id_number + person.phone)


def _checked(terminal: Terminal) -> list[str]:
    """What stands in the last column of each whole row."""
    rows = (terminal.line(y).split() for y in range(5, 12))
    return [row[-1] for row in rows if len(row) == _COLUMNS]


def _as_stored(people: list[Trainee]) -> list[tuple[str, str, str]]:
    return [(person.name, person.id_number, person.phone) for person in people]


def test_keying_goes_on_and_what_waits_in_the_draft_is_written_once_and_in_order_without_a_key(office: Path) -> None:
    with counter(office) as terminal:
        _open_roster(terminal)
        _key(terminal, PEOPLE[2])
        terminal.wait_until(lambda: _checked(terminal) == ["通过"] * 3, "the check of the third row")
        with database_server.gone(_server(office)):
            _key(terminal, *PEOPLE[3:5])
            terminal.wait_for("台账连不上，2行在本机草稿，恢复后自动写入。")
            terminal.wait_for("5人 0项不符 2处未存")
            terminal.wait_until(lambda: _checked(terminal)[2:] == ["通过", "未存", "未存"], "which rows are stored")
            terminal.settle()
            before = terminal.received
            terminal.settle(_QUIET)
            assert terminal.received == before
            terminal.key("f5")
            terminal.wait_for("台账连不上，没有办理；恢复后会提示，请再办。")
            _key(terminal, PEOPLE[5])
            terminal.wait_for("3行在本机草稿")
        terminal.wait_for("台账已恢复，3行已写入。")
        terminal.wait_for("6人 0项不符 已存")
        terminal.wait_until(lambda: _checked(terminal) == ["通过"] * 6, "the check of all rows")
        terminal.key("f5")
        terminal.wait_for("审查")
    assert stored_people(office) == _as_stored(PEOPLE)


@pytest.mark.long
def test_whoever_leaves_meanwhile_finds_everything_at_the_next_start(office: Path) -> None:
    with counter(office) as terminal:
        _open_roster(terminal)
        with database_server.gone(_server(office)):
            _key(terminal, PEOPLE[2])
            terminal.wait_for("1行在本机草稿")
            terminal.key("escape", "ctrl+q")
            assert terminal.exit_code() == 0
            assert terminal.shows("台账连不上，1行还在本机草稿里，下次打开时接着写入。")
        assert len(stored_people(office)) == 2
    with counter(office) as terminal:
        terminal.wait_for("3人 0项不符")
        terminal.wait_for("已存")
    assert stored_people(office) == _as_stored(PEOPLE[:3])


@pytest.mark.long
def test_what_a_second_clerk_keys_again_waits_in_the_draft_as_well(tmp_path: Path) -> None:
    with on_server.choosing(True):
        register = empty_register(Home(tmp_path / "data"))
        with register.writing(replace(ACTING, name="李四")) as context:
            settings.change(context, second_keying_share=100)
            opening_filing.file(context, a_filing())
            roster_edits.replace_all(context, NUMBER, PEOPLE[:2])
        register.close()
        with counter(tmp_path) as terminal:
            _open_roster(terminal)
            terminal.key("f10")
            terminal.wait_for("E 二次录入")
            terminal.type("e")
            terminal.wait_for("还有2行")
            with database_server.gone(_server(tmp_path)):
                for person in PEOPLE[:2]:
                    terminal.type(person.name)
                    terminal.key("enter")
                    terminal.type(person.id_number)
                terminal.wait_for("2行在本机草稿")
            terminal.wait_for("已录完")
            terminal.key("f5")
            terminal.wait_for("已全部录完，没有不一致")


@pytest.mark.long
def test_a_form_stays_as_it_was_keyed_and_is_stored_when_it_is_asked_for_again(tmp_path: Path) -> None:
    with on_server.choosing(True):
        empty_register(Home(tmp_path / "data")).close()
        with counter(tmp_path) as terminal:
            terminal.wait_for("还没有案件")
            terminal.key("insert")
            terminal.wait_for("新收件")
            terminal.settle()
            with database_server.gone(_server(tmp_path)):
                one_case.attachment_1(terminal)
                terminal.key("f11", "ctrl+n")
                terminal.wait_for("台账连不上，没有办理；恢复后会提示，请再办。")
            terminal.wait_for("台账已恢复。")
            terminal.key("ctrl+n")
            terminal.wait_for("[2花名册]")
            terminal.wait_for("2020-DQ-0001")


@pytest.mark.long
def test_what_a_colleague_took_over_meanwhile_is_not_written_into_and_nothing_is_lost(office: Path) -> None:
    with counter(office) as terminal:
        _open_roster(terminal)
        register = open_register(Home(office / "data"), NOW)
        with register.writing(ACTING) as context:
            members.add(context, "李四", Role.CLERK)
        now = clock.now(NOW.date())
        with register.writing(Acting("李四", "dongqu", now, "another program")) as context:
            lease.take_over(context, NUMBER, "他不在")
        register.close()
        with database_server.gone(_server(office)):
            _key(terminal, PEOPLE[2])
            terminal.wait_for("1行在本机草稿")
        terminal.wait_for("未存的1行留在草稿里")
        terminal.wait_for("李四正在录入这份花名册")
        terminal.wait_for("1处没有存下，按F5再存")
    assert stored_people(office) == _as_stored(PEOPLE[:2])
