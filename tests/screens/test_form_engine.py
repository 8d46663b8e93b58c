"""The fields and the form engine by themselves."""

from datetime import date

import pytest

from screens.entry.effects import Refused
from screens.entry.fields import Alphabet, Field
from screens.entry.form_engine import Finished, FormEffect, FormEngine, Left

DAY = Field("day", "开班日期", 10, Alphabet.DATE, base_day=date(2020, 3, 16))
FIELDS = (
    Field("name", "单位名称", 40, required=True),
    Field("told", "规模", 20, derived=lambda values: f"{values.get('name', '')}微型"),
    Field("kind", "类别", 10, Alphabet.CHOICE, choices=(("farmer", "农民工"), ("worker", "职工"))),
    DAY,
    Field("hours", "学时", 4, Alphabet.DIGITS),
)


def keyed(engine: FormEngine, *keys: str) -> list[FormEffect]:
    """Type texts and press keys written as <enter>."""
    effects: list[FormEffect] = []
    for key in keys:
        effects += engine.press(key.strip("<>")) if key.startswith("<") else engine.type(key)
    return effects


@pytest.mark.parametrize(
    ("typed", "kept", "is_date"),
    [
        ("20200316", "2020-03-16", True),
        ("0316", "2020-03-16", True),
        ("2020-03-16", "2020-03-16", True),
        ("3.16", "2020-03-16", True),
        ("2020/3/6", "2020-03-06", True),
        ("２０２０年3月6日", "2020-03-06", True),
        ("20200230", "2020-02-30", False),
        ("316", "316", False),
        ("2020", "2020-20-20", False),
    ],
)
def test_a_date_is_taken_in_every_spelling(typed: str, kept: str, is_date: bool) -> None:
    value = DAY.completed(DAY.accepted(typed))
    assert value == kept
    assert (DAY.fault(value) == "") is is_date


@pytest.mark.parametrize(
    ("alphabet", "typed", "taken"),
    [
        (Alphabet.DIGITS, "１3８-0 a", "1380"),
        (Alphabet.ID_NUMBER, "51 04-*ｘ/.q", "5104XXXX"),
        (Alphabet.CODE, "91510400ma6２…", "91510400MA62"),
        (Alphabet.DECIMAL, "－1，234.50元", "-1234.50"),
        (Alphabet.TEXT, "张\u200b三\x1b[31m\t·", "张三[31m·"),
    ],
)
def test_a_field_takes_its_alphabet_and_no_more(alphabet: Alphabet, typed: str, taken: str) -> None:
    assert Field("key", "栏", 20, alphabet).accepted(typed) == taken


def test_a_record_is_keyed_from_the_first_field_to_the_last() -> None:
    engine = FormEngine(FIELDS, {})
    effects = keyed(engine, "恒力", "<enter>", "1", "0320", "<enter>", "40", "<enter>")
    record = {"name": "恒力", "kind": "farmer", "day": "2020-03-20", "hours": "40"}
    assert effects[-1] == Finished(record)
    assert [effect.key for effect in effects if isinstance(effect, Left)] == ["name", "kind", "day", "hours"]
    assert engine.value(1) == "恒力微型"
    assert engine.faults() == []


def test_a_faulty_date_stays_and_the_next_key_goes_on_editing() -> None:
    engine = FormEngine(FIELDS, {})
    engine.go_to("day")
    assert keyed(engine, "0230", "<enter>") == [Refused("开班日期“2020-02-30”不是日期，请写成20200316或0316。")]
    keyed(engine, "<backspace>", "<backspace>", "16", "<enter>")
    assert engine.field.key == "hours"


def test_a_choice_is_a_digit_or_an_arrow_and_nothing_else() -> None:
    engine = FormEngine(FIELDS, {})
    engine.go_to("kind")
    (refused,) = keyed(engine, "9")
    assert isinstance(refused, Refused)
    assert "1农民工  2职工" in refused.sentence
    keyed(engine, "<right>", "<right>")
    assert engine.current()["kind"] == "worker"


def test_what_is_missing_is_found_all_at_once() -> None:
    engine = FormEngine(FIELDS, {"hours": "40", "day": "2020-02-30"})
    assert [field.key for field, _ in engine.faults()] == ["name", "day"]


def test_a_text_with_suggestions_takes_a_digit_or_anything_else() -> None:
    platforms = (("甲平台", "甲平台"), ("乙平台", "乙平台"))
    fields = (Field("platform", "线上平台", 20, choices=platforms), Field("provider", "培训服务单位", 20))
    picked, typed = FormEngine(fields, {}), FormEngine(fields, {})
    picked.type("2")
    typed.type("丙平台2")
    typed.press("enter")
    assert (picked.values["platform"], picked.field.key) == ("乙平台", "provider")
    assert (typed.values["platform"], typed.field.key) == ("丙平台2", "provider")
