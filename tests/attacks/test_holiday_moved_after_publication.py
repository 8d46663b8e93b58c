"""Somebody enters a calendar that shortens a public notice which is running, or makes a late claim one in time."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.calendar import year_calendar
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.publicity import publishing
from pxtui.casework.staff import members
from pxtui.errors import PxtuiError
from pxtui.policy import calendar_text
from pxtui.policy.calendar_text import YearPlan
from tests.support.counter import Counter
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people
from tests.support.years import NOTICE_2027

PLAN = calendar_text.read(NOTICE_2027.read_text(encoding="utf-8"))


def enter(counter: Counter, plan: YearPlan) -> None:
    with counter.register.writing(counter.acting) as context:
        year_calendar.enter(context, plan, "国办发明电〔2026〕8号")


def moved(*changes: tuple[date, bool]) -> YearPlan:
    """The plan of 2027 with some days otherwise."""
    return replace(PLAN, days={**PLAN.days, **dict(changes)})


def test_the_days_of_a_running_notice_stay(register: Register) -> None:
    counter = PayDesk(register)
    number = counter.file(made_up_people(2))
    counter.granted(number)
    counter.day = date(2026, 12, 30)
    enter(counter, PLAN)
    with register.writing(counter.acting) as context:
        batch = publishing.publish(context, [number], counter.day)
    assert (batch.days.ends_on, batch.days.payable_from) == (date(2027, 1, 4), date(2027, 1, 5))
    with pytest.raises(PxtuiError, match=r"^2027-01-04已用于推算2026-12-30公示的公示期"):
        enter(counter, moved((date(2027, 1, 4), False)))
    with pytest.raises(PxtuiError, match=r"^2027-01-02已用于推算"):
        enter(counter, moved((date(2027, 1, 2), True)))
    enter(counter, moved((date(2027, 12, 31), False)))


def test_who_signs_signs_the_days_that_were_seen(register: Register) -> None:
    counter = Counter(register, date(2026, 12, 1))
    with register.writing(counter.acting) as context:
        members.add(context, "赵六", Role.ADMINISTRATOR)
        members.add(context, "孙七", Role.ADMINISTRATOR)
        office_settings.change(context, duties_apart=True)
    first, second = replace(counter.acting, name="赵六"), replace(counter.acting, name="孙七")
    with register.writing(first) as context:
        seen = year_calendar.enter(context, PLAN, "国办发明电〔2026〕8号").days
    with register.writing(first) as context:
        year_calendar.enter(context, moved((date(2027, 12, 31), False)), "国办发明电〔2026〕8号")
    with register.writing(second) as context, pytest.raises(PxtuiError, match="又重新录入过"):
        year_calendar.sign(context, 2027, seen)
    with register.writing(second) as context:
        (waiting,) = year_calendar.versions(context)
        assert {*waiting.days} - {*seen} == {"2027-12-31 休"}
        assert year_calendar.sign(context, 2027, waiting.days).signed_by == "孙七"


def test_the_deadline_that_an_enterprise_was_told_stays(register: Register) -> None:
    counter = Counter(register, date(2026, 1, 10))
    number = counter.file(starts_on=date(2026, 1, 27))
    counter.day = date(2026, 12, 1)
    enter(counter, moved((date(2027, 2, 15), False)))
    enter(counter, PLAN)
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    with pytest.raises(PxtuiError, match=rf"^2027-02-14已用于推算{number}的申领截止日（至2027-02-14），是班，不能再改"):
        enter(counter, moved((date(2027, 2, 14), False)))
    with pytest.raises(PxtuiError, match=r"^2027-02-12已用于推算"):
        enter(counter, moved((date(2027, 2, 12), True)))
    enter(counter, moved((date(2027, 2, 15), False)))


def test_a_day_that_is_over_stays(register: Register) -> None:
    counter = Counter(register, date(2026, 12, 1))
    enter(counter, PLAN)
    counter.day = date(2027, 5, 8)
    with pytest.raises(PxtuiError, match=r"^2027-05-08已经过去，是班，不能再改"):
        enter(counter, moved((date(2027, 5, 8), False)))


def test_a_year_that_is_over_is_not_entered_otherwise(register: Register) -> None:
    counter = Counter(register, date(2026, 12, 1))
    off = [date(2026, 1, 1), date(2026, 5, 1), *(date(2026, 10, day) for day in (1, 2, 3))]
    off += [date(2026, 3, day) for day in range(2, 7)] + [date(2026, 4, day) for day in range(6, 11)]
    with pytest.raises(PxtuiError, match=r"^2026-01-02已经过去，是休，不能再改"):
        enter(counter, YearPlan(2026, dict.fromkeys(off, False)))


def test_a_signed_calendar_is_not_changed_in_the_table_either(register: Register) -> None:
    counter = Counter(register, date(2026, 12, 1))
    enter(counter, PLAN)
    for statement in ("UPDATE calendar_version SET days = ''", "DELETE FROM calendar_version"):
        with pytest.raises(Exception, match=r"never changed|冲突"), register.writing(counter.acting) as context:
            context.session.connection().exec_driver_sql(statement)
