"""Clocks that are wrong or odd: three days back, ten years on, a leap day, the turn of a year, other zones."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from db.models import JournalEntry, Role, Stage
from pxtui import clock
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import clock_check
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.staff import members
from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.counter import ANSWER, Counter
from tests.support.filings import a_filing

ZONES = ("UTC", "America/New_York", "Asia/Urumqi", "Asia/Shanghai", "Pacific/Kiritimati", "Pacific/Pago_Pago")


@pytest.fixture
def desk(place: Home) -> Iterator[Counter]:
    """A real register with one application that waits for its decision."""
    register = empty_register(place, is_practice=False)
    counter = Counter(register)
    counter.do(counter.file(), Action.SUBMIT, opinion=ANSWER)
    yield counter
    register.close()


def state(desk: Counter) -> tuple[Stage, int]:
    """Where the application stands, and how many entries the journal has."""
    with desk.register.reading(desk.acting) as context:
        entries = context.session.exec(select(col(JournalEntry.id))).all()
        return cases.find(context, "2020-DQ-0001").stage, len(entries)


def approve(desk: Counter, at: datetime) -> Stage:
    with desk.register.writing(replace(desk.acting, at=at)) as context:
        return advance.advance(context, "2020-DQ-0001", Action.APPROVE, ANSWER)


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        (timedelta(days=-3), "早于台账最新记录.*只能查看；请校准时钟"),
        (timedelta(days=3652), "没有2030年的放假调休安排"),
    ],
    ids=("three days back", "ten years on"),
)
def test_no_approval_on_a_day_that_cannot_be_and_the_next_right_one_goes_on(
    desk: Counter, ahead: timedelta, sentence: str
) -> None:
    before = state(desk)
    with pytest.raises(PxtuiError, match=sentence):
        approve(desk, desk.acting.at + ahead)
    assert state(desk) == before
    assert approve(desk, desk.acting.at + timedelta(minutes=1)) is Stage.OPENED


def test_an_act_of_ten_years_on_is_told_of_when_the_clock_is_right_again(desk: Counter) -> None:
    with desk.register.writing(replace(desk.acting, at=desk.acting.at.replace(year=2030))) as context:
        members.add(context, "钱七", Role.CLERK)
    now = desk.acting.at + timedelta(minutes=1)
    with pytest.raises(PxtuiError, match="早于台账最新记录2030-03-16"):
        approve(desk, now)
    with desk.register.writing(replace(desk.acting, at=now), accepts_clock=True) as context:
        clock_check.accept(context, "时钟误拨到2030年，已校准")
    assert approve(desk, now) is Stage.OPENED


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_is_that_of_china_whatever_the_machine_s_zone(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        moment = clock.now()
        assert moment.utcoffset() == timedelta(hours=8)
        assert abs(moment - datetime.now(UTC)) < timedelta(minutes=1)
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


def test_no_day_of_any_year_has_another_length() -> None:
    assert {
        datetime(year, month, 1, tzinfo=CHINA).utcoffset() for year in range(1986, 2040) for month in range(1, 13)
    } == {timedelta(hours=8)}


@pytest.mark.parametrize("zone", ZONES)
def test_at_the_turn_of_a_year_numbers_and_days_are_those_of_china(
    zone: str, place: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        register = empty_register(place)
        counter = Counter(register, date(2020, 12, 31))
        numbers = []
        for at in (
            datetime(2020, 12, 31, 23, 59, 59, tzinfo=CHINA),
            datetime(2021, 1, 1, 0, 0, 0, tzinfo=CHINA),
        ):
            filing = replace(
                a_filing(),
                received_on=at.date(),
                training=replace(a_filing().training, starts_on=date(2021, 3, 1), ends_on=date(2021, 3, 14)),
            )
            with register.writing(replace(counter.acting, at=at)) as context:
                numbers.append(opening_filing.file(context, filing))
        assert numbers == ["2020-DQ-0001", "2021-DQ-0001"]
        with register.reading(counter.acting) as context:
            days = [entry.at.astimezone(CHINA).date() for entry in context.session.exec(select(JournalEntry))][-2:]
        assert days == [date(2020, 12, 31), date(2021, 1, 1)]
        register.close()
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


def test_on_a_leap_day_an_application_is_filed_and_approved(place: Home) -> None:
    register = empty_register(place)
    counter = Counter(register, date(2024, 2, 29))
    number = counter.file(starts_on=date(2024, 3, 4))
    assert number == "2024-DQ-0001"
    assert counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER) is Stage.OPENED
    register.close()
