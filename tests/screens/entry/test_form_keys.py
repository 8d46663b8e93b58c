"""Fields, lists and lines of text under the keys of a clerk: what a form takes, shows and leaves alone."""

from datetime import date

import pytest

from screens.entry.choices import NO_CHOICE, narrowed, numbered, picked
from screens.entry.effects import InputRefused
from screens.entry.fields import Alphabet, Field, not_after
from screens.entry.form_engine import Finished, FormEngine, Left
from screens.entry.line import TextLine
from tests.screens.entry.test_form_engine import CHOOSING, FIELDS, keyed


def test_a_date_without_a_year_waits_for_one_where_no_year_is_meant() -> None:
    anywhere = Field("day", "日期", 10, Alphabet.DATE)
    assert anywhere.completed("0316") == "0316"
    assert anywhere.fault("0316") == "日期“0316”不是日期，请写成年月日8位。"
    assert anywhere.accepted("3a6") == "36"


def test_a_number_is_digits_with_at_most_one_point_between() -> None:
    amount = Field("amount", "金额", 12, Alphabet.DECIMAL)
    assert [text for text in ("12", "12.5", "-3") if amount.fault(text)] == []
    assert [text for text in ("12.", ".5", "1.2.3", "-", "3-") if not amount.fault(text)] == []


def test_what_was_handed_in_today_is_not_too_late_and_tomorrow_is() -> None:
    assert not_after(date(2020, 3, 16), "2020-03-15") == ""
    assert not_after(date(2020, 3, 16), "2020-03-16") == ""
    assert not_after(date(2020, 3, 16), "2020-03-17") == "2020-03-17还没有到，请填实际收到的日期。"


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        (["<down>", "<down>", "<up>"], "kind"),
        (["<ctrl+end>"], "hours"),
        (["<ctrl+end>", "<down>"], "hours"),
        (["<ctrl+end>", "<up>"], "day"),
        (["<ctrl+end>", "<shift+tab>"], "day"),
        (["<ctrl+end>", "<ctrl+home>"], "name"),
        (["<up>"], "name"),
    ],
)
def test_the_cursor_goes_from_field_to_field_within_the_form(keys: list[str], key: str) -> None:
    engine = FormEngine(FIELDS, {"name": "恒力"})
    assert keyed(engine, *keys) == []
    assert engine.field.key == key


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["厂"], "厂"),
        (["<f2>", "厂"], "恒力机械厂"),
        (["<end>", "厂"], "恒力机械厂"),
        (["<home>", "新"], "新恒力机械"),
        (["<left>", "厂"], "恒力机厂械"),
        (["<home>", "<right>", "新"], "恒新力机械"),
        (["<home>", "<left>", "新"], "新恒力机械"),
        (["<end>", "<right>", "<left>", "厂"], "恒力机厂械"),
        (["<delete>"], ""),
        (["<home>", "<delete>"], "力机械"),
        (["<backspace>"], "恒力机"),
        (["<f2>", "<left>", "<left>", "<backspace>"], "恒机械"),
    ],
)
def test_a_text_is_typed_over_or_corrected_at_the_caret(keys: list[str], text: str) -> None:
    engine = FormEngine(FIELDS, {"name": "恒力机械"})
    keyed(engine, *keys)
    assert engine.current()["name"] == text


@pytest.mark.parametrize(
    ("before", "keys", "code"),
    [
        ("worker", ["<f2>"], "worker"),
        ("worker", ["<backspace>"], ""),
        ("worker", ["<delete>"], ""),
        ("", ["<right>"], "farmer"),
        ("", ["<left>"], "worker"),
        ("worker", ["<right>"], "farmer"),
        ("farmer", ["<left>"], "worker"),
    ],
)
def test_a_choice_is_stepped_through_or_taken_out_as_a_whole(before: str, keys: list[str], code: str) -> None:
    engine = FormEngine(FIELDS, {"kind": before})
    engine.go_to("kind")
    keyed(engine, *keys)
    assert engine.current()["kind"] == code


def test_letters_keyed_in_a_list_go_one_by_one_and_an_arrow_ends_them() -> None:
    building = (("a", "建筑业"), ("b", "建筑设计"), ("c", "工业"))
    engine = FormEngine((Field("industry", "行业", 20, Alphabet.CHOICE, choices=building),), {"industry": "c"})
    assert engine.drawn == TextLine("工业", 0)
    keyed(engine, "j", "z", "<backspace>")
    assert engine.drawn == TextLine("j", 1)
    keyed(engine, "<right>")
    assert engine.drawn == TextLine("建筑业", 0)


def test_nothing_is_taken_from_a_list_for_a_text_that_nobody_is_keying() -> None:
    fields = (Field("occupation", "职业（工种）", 24), Field("remark", "备注", 20))

    def left_with(text: str, *keys: str) -> str:
        engine = FormEngine(fields, {"occupation": text})
        engine.offer("occupation", [("hg", "焊工")])
        keyed(engine, *keys)
        return engine.values["occupation"]

    assert left_with("h", "<enter>") == "h"
    assert left_with("", "焊", "<backspace>", "<enter>") == ""
    assert left_with("", "焊", "<enter>") == "hg"
    assert left_with("", "焊工", "<enter>") == "焊工"
    assert left_with("", "工", "<enter>") == "工"


def test_a_number_that_begins_like_one_on_file_stays_as_it_is_keyed() -> None:
    engine = FormEngine(FIELDS, {})
    engine.go_to("hours")
    engine.offer("hours", [("40", "40")])
    assert Finished({"name": "", "hours": "4"}) in keyed(engine, "4", "<enter>")


def test_fields_that_come_or_go_leave_the_cursor_where_it_is() -> None:
    engine = FormEngine(FIELDS, {"name": "恒力"})
    engine.go_to("day")
    engine.type("03")
    engine.ask_for([field for field in FIELDS if field.key != "kind"])
    assert (engine.field.key, engine.line.text) == ("day", "03")
    keyed(engine, "<up>")
    assert engine.field.key == "name"


def test_a_name_at_whose_end_the_text_stands_goes_before_a_label_that_holds_it() -> None:
    choices = (("a", "甲59乙"), ("b", "丙"))
    assert narrowed("59", choices, (("b", "J59"),)) == (("b", "丙"),)


def test_behind_the_ninth_no_digit_is_shown_and_a_code_that_nobody_knows_is_shown_as_it_is() -> None:
    ten = tuple((letter, letter) for letter in "甲乙丙丁戊己庚辛壬癸")
    assert numbered(ten)[-2:] == ["9壬", "癸"]
    assert Field("key", "栏", 20, Alphabet.CHOICE, choices=ten).shown("子") == "子"


@pytest.mark.parametrize(
    ("line", "width", "seen"),
    [
        (TextLine("张三李四", 4), 5, ("李四", 4)),
        (TextLine("张三李四", 0), 5, ("张三", 0)),
        (TextLine("abcd", 4), 5, ("abcd", 4)),
        (TextLine("abcdef", 6), 6, ("bcdef", 5)),
        (TextLine("abcdef", 3), 4, ("abcd", 3)),
        (TextLine("abc", 1), 0, ("b", 0)),
    ],
)
def test_a_long_text_is_shown_around_its_caret(line: TextLine, width: int, seen: tuple[str, int]) -> None:
    assert line.visible(width) == seen


def test_a_caret_stays_where_it_is_in_a_text_that_is_shown_wider() -> None:
    assert TextLine("a\tb", 2).mapped(lambda text: text.replace("\t", "  ")) == TextLine("a  b", 3)


def test_a_faulty_field_left_with_an_arrow_is_kept_and_told() -> None:
    engine = FormEngine(FIELDS, {"name": "恒力"})
    engine.go_to("day")
    kept = {"name": "恒力", "day": "2020-02-30"}
    fault = InputRefused("开班日期“2020-02-30”不是日期，请写成20200316或0316。")
    assert keyed(engine, "0230", "<down>") == [Left("day", kept), fault]
    assert keyed(engine, "<up>", "<delete>", "<down>") == [Left("day", {**kept, "day": "", "hours": ""})]


def test_a_further_name_of_a_choice_chooses_it() -> None:
    engine = FormEngine(CHOOSING, {})
    engine.type("e")
    assert engine.values["industry"] == "construction"


def test_what_is_on_file_is_offered_whole_until_something_is_keyed() -> None:
    engine = FormEngine((Field("occupation", "职业（工种）", 24),), {"occupation": "焊工"})
    engine.offer("occupation", [("焊工", "焊工"), ("钳工", "钳工")])
    assert len(engine.offered) == 2
    engine.type("钳")
    assert [label for _, label in engine.offered] == ["钳工"]


def test_a_digit_that_means_nothing_now_picks_nothing_and_is_not_shown() -> None:
    shown = (NO_CHOICE, ("a", "甲"))
    assert (picked("1", shown), picked("2", shown), picked("3", shown), picked("²", shown)) == (None, "a", None, None)
    assert numbered(shown) == ["2甲"]
