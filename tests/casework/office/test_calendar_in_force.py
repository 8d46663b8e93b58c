"""The calendar of a folder's register, for whoever counts days without opening it."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from pxtui.casework.calendar import year_calendar
from pxtui.casework.office import calendar_in_force
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from pxtui.errors import PxtuiError
from pxtui.home import Home
from pxtui.policy import calendar_text
from pxtui.policy.working_days import SHIPPED
from tests.support.counter import Counter
from tests.support.years import NOTICE_2027

PLAN = calendar_text.read(NOTICE_2027.read_text(encoding="utf-8"))
NEW_YEAR, BRIDGE_DAY = date(2027, 1, 1), date(2027, 2, 4)


def enter(register: Register, *more_off: date, by: str = "张三") -> None:
    acting = Counter(register, date(2026, 12, 1), by).acting
    plan = calendar_text.YearPlan(2027, {**PLAN.days, **dict.fromkeys(more_off, False)})
    with register.writing(acting) as context:
        year_calendar.enter(context, plan, "国办发明电〔2026〕8号")


def test_the_years_of_the_register_are_known_and_the_later_version_counts(register: Register) -> None:
    enter(register)
    known = calendar_in_force.of_folder(register.home)
    assert (known.is_working_day(NEW_YEAR), known.is_working_day(BRIDGE_DAY)) == (False, True)
    enter(register, BRIDGE_DAY)
    assert not calendar_in_force.of_folder(register.home).is_working_day(BRIDGE_DAY)


def test_a_year_that_nobody_signed_is_not_known(register: Register) -> None:
    with register.writing(Counter(register).acting) as context:
        members.add(context, "赵六", Role.ADMINISTRATOR)
        office_settings.change(context, duties_apart=True)
    enter(register, by="赵六")
    assert not calendar_in_force.of_folder(register.home).knows(2027)


def test_without_a_register_there_are_the_years_of_the_program(place: Home) -> None:
    assert calendar_in_force.of_folder(place) is SHIPPED
    assert not place.root.exists()


def test_a_register_of_an_older_program_is_not_read(register: Register) -> None:
    enter(register)
    register.close()
    with closing(sqlite3.connect(register.home.register)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0015'")
    assert calendar_in_force.of_folder(register.home) is SHIPPED


def test_a_file_that_is_no_register_is_named(register: Register) -> None:
    register.close()
    register.home.register.write_bytes(b"no register " * 1_000)
    with pytest.raises(PxtuiError, match="不是台账文件"):
        calendar_in_force.of_folder(register.home)
