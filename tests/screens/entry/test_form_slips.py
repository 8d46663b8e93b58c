"""Slips of a new clerk: two days keyed into one field, a leading zero, initials of a word that nobody filed."""

import pytest

from screens.entry.effects import InputRefused
from screens.entry.fields import Alphabet, Field
from screens.entry.form_engine import FormEngine
from tests.screens.entry.test_form_engine import DAY, FIELDS, keyed


def test_a_year_that_cannot_be_meant_is_told_with_the_year() -> None:
    assert DAY.fault("0323-04-10") == "开班日期“0323-04-10”的年份0323不对，请核对。"


def test_the_day_of_the_next_field_is_not_taken_into_a_day_that_is_whole() -> None:
    for whole, day in (("0323", "2020-03-23"), ("20200323", "2020-03-23"), ("1231", "2020-12-31")):
        engine = FormEngine(FIELDS, {"name": "甲", "kind": "farmer"})
        engine.go_to("day")
        keyed(engine, *whole)
        (refused,) = keyed(engine, "0")
        assert refused == InputRefused(f"开班日期已是“{whole}”，先按Enter到下一栏；改正请退格。")
        keyed(engine, "<enter>")
        assert (engine.values["day"], engine.field.key) == (day, "hours")


@pytest.mark.parametrize("typed", ["20120316", "20191231", "2020-12-31", "12-31", "2012.3.6"])
def test_a_day_with_its_year_is_keyed_without_objection(typed: str) -> None:
    engine = FormEngine((DAY,), {})
    assert keyed(engine, *typed) == []


def test_a_year_is_put_before_month_and_day() -> None:
    engine = FormEngine((DAY,), {})
    assert keyed(engine, "0316", "<home>", *"2019") == []
    assert engine.current()["day"] == "2019-03-16"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0410", "410"), ("040.5", "40.5"), ("0.5", "0.5"), ("00", "0"), ("-010", "-10"), ("40", "40"), ("0-5", "0-5")],
)
def test_a_number_is_kept_without_leading_zeros(typed: str, kept: str) -> None:
    assert Field("hours", "学时", 6, Alphabet.DECIMAL).completed(typed) == kept


def test_initials_that_fit_no_word_on_file_are_told() -> None:
    engine = FormEngine((Field("provider", "培训服务单位", 40), Field("remark", "备注", 8)), {})
    engine.offer("provider", (("恒力培训", "恒力培训"),))
    for typed, fits_nothing in (("", False), ("hl", False), ("xq", True)):
        engine.go_to("provider")
        keyed(engine, "<delete>", *([typed] if typed else []))
        assert engine.fits_nothing is fits_nothing
    keyed(engine, "<delete>", "新起培训")
    assert not engine.fits_nothing
    engine.go_to("remark")
    keyed(engine, "xq")
    assert not engine.fits_nothing
