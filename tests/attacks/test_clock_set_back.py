"""Somebody sets the machine's clock back, so that an act of today bears a day that suits better."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pxtui import clock
from pxtui.casework.desk import notices
from pxtui.casework.office import clock_check
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register, create, open_register
from pxtui.casework.office.roles import Role
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff import members, sign_in
from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.filings import a_filing
from tests.support.office import Office
from tests.support.rosters import made_up_people
from tests.support.signing_in import PASSWORDS, alone, password_file
from tests.support.terminal_counter import counter

FRIDAY = Acting("张三", "dongqu", datetime(2026, 11, 20, 10, 0, tzinfo=CHINA))
MONDAY_BEFORE = replace(FRIDAY, at=FRIDAY.at - timedelta(days=4))
SENTENCE = "^本机时钟2026-11-16 10:00早于台账最新记录2026-11-20 10:00，只能查看；请校准时钟"


@pytest.fixture
def real(place: Home) -> Iterator[Register]:
    """A real register in which somebody acted on the Friday."""
    made = create(place, office="dongqu", name="张三", at=FRIDAY.at - timedelta(days=30))
    hire(made, FRIDAY, "李四")
    yield made
    made.close()


def hire(register: Register, acting: Acting, name: str, role: Role = Role.CLERK) -> None:
    with register.writing(acting) as context:
        members.add(context, name, role)


def accept(register: Register, acting: Acting, reason: str) -> None:
    with register.writing(acting, accepts_clock=True) as context:
        clock_check.accept(context, reason)


def test_no_act_is_dated_before_the_last_one(real: Register) -> None:
    with pytest.raises(PxtuiError, match=SENTENCE):
        hire(real, MONDAY_BEFORE, "王五")
    with real.reading(MONDAY_BEFORE) as context:
        assert members.names(context) == ("张三", "李四")
        assert notices.sentence(context).startswith("本机时钟2026-11-16 10:00早于")
    hire(real, FRIDAY, "王五")


def test_opened_again_it_is_read_and_takes_no_act(real: Register, place: Home) -> None:
    again = open_register(place, MONDAY_BEFORE.at)
    with pytest.raises(PxtuiError, match=SENTENCE):
        hire(again, MONDAY_BEFORE, "王五")
    with again.reading(MONDAY_BEFORE) as context:
        assert members.names(context) == ("张三", "李四")
    again.close()


def test_creeping_back_a_minute_at_a_time_does_not_get_far(real: Register) -> None:
    a_minute_before = replace(FRIDAY, at=FRIDAY.at - clock_check.ALLOWANCE)
    hire(real, a_minute_before, "王五")
    with pytest.raises(PxtuiError, match="早于台账最新记录2026-11-20 10:00"):
        hire(real, replace(FRIDAY, at=a_minute_before.at - timedelta(seconds=1)), "赵六")


def test_a_reason_lets_the_work_go_on_from_that_moment(real: Register) -> None:
    with pytest.raises(PxtuiError, match="请写明为什么"):
        accept(real, MONDAY_BEFORE, " ")
    accept(real, MONDAY_BEFORE, "20日时钟误拨，已校准")
    hire(real, MONDAY_BEFORE, "王五")
    with real.reading(MONDAY_BEFORE) as context:
        assert "还没有2027年放假安排，不能推算到2027年的日期；国务院公布后请按F4录入。" in notices.sentence(context)
    with pytest.raises(PxtuiError, match="早于台账最新记录2026-11-16 10:00"):
        hire(real, replace(FRIDAY, at=MONDAY_BEFORE.at - timedelta(days=1)), "赵六")
    with pytest.raises(PxtuiError, match="不用确认"):
        accept(real, FRIDAY, "再确认一次")


def test_the_reason_itself_is_an_entry_that_no_act_goes_before(real: Register) -> None:
    accept(real, MONDAY_BEFORE, "20日时钟误拨，已校准")
    with pytest.raises(PxtuiError, match="早于台账最新记录2026-11-16 10:00"):
        hire(real, replace(MONDAY_BEFORE, at=MONDAY_BEFORE.at - timedelta(days=1)), "王五")


def test_where_duties_are_apart_a_clerk_gives_no_reason(real: Register) -> None:
    hire(real, FRIDAY, "赵六", Role.ADMINISTRATOR)
    with real.writing(FRIDAY) as context:
        office_settings.change(context, duties_apart=True)
    with pytest.raises(PxtuiError, match="由管理员办理"):
        accept(real, MONDAY_BEFORE, "时钟误拨")
    accept(real, replace(MONDAY_BEFORE, name="赵六"), "时钟误拨")


def test_in_a_practice_register_days_may_go_back(place: Home) -> None:
    register = empty_register(place, is_practice=True)
    hire(register, FRIDAY, "李四")
    hire(register, MONDAY_BEFORE, "王五")
    register.close()


def test_the_commands_say_it_and_take_the_reason(real: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in.choose_first(real, "张三", PASSWORDS["张三"], FRIDAY.at)
    office = Office(real.home.root.parent, day="")
    monkeypatch.setattr(clock, "now", lambda _day=None: MONDAY_BEFORE.at)
    monkeypatch.setattr(Office, "home", real.home)
    password = password_file(real.home.root, PASSWORDS["张三"])
    assert "请校准时钟" in office.run("staff", "add", "王五", "--as", "张三", "--password-file", password).stderr
    assert "李四" in office.say("staff", "list")
    office.say("clock", "accept", "--reason", "20日时钟误拨", "--as", "张三", "--password-file", password)
    office.say("staff", "add", "王五", "--as", "张三", "--password-file", password)


@pytest.mark.terminal
def test_at_the_desk_it_is_said_and_reading_goes_on(tmp_path: Path) -> None:
    home = Home(tmp_path / "data")
    tomorrow = replace(FRIDAY, at=clock.now() + timedelta(days=400))
    register = create(home, office="dongqu", name="张三", at=clock.now(), begin=alone)
    with register.writing(tomorrow) as context:
        number = opening_filing.file(context, replace(a_filing(), received_on=tomorrow.today))
        roster_edits.replace_all(context, number, made_up_people(3))
    register.close()
    with counter(tmp_path, day="") as terminal:
        terminal.wait_for("只能查看")
        assert "演练" not in terminal.line(0)
        terminal.key("enter")
        terminal.wait_for("早于台账最新记录")
        terminal.wait_for("3人")
        terminal.key("f9")
        terminal.wait_for("收件回执")
        terminal.key("enter")
        terminal.wait_for("早于台账最新记录")
