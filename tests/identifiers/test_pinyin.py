"""A name or word is found by the letters that people type, whichever of its readings they have in mind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pxtui.identifiers.pinyin import begin_with, contain, initials, other_initials, readings, word_initials

TYPED = [
    ("银行", "yh"),
    ("重庆", "cq"),
    ("长江", "cj"),
    ("厦门", "xm"),
    ("会计", "kj"),
    ("翟", "z"),
    ("翟", "d"),
    ("尉迟", "yc"),
    ("单于", "cy"),
    ("单雄信", "sx"),
    ("晟", "s"),
    ("晟", "c"),
    ("万俟", "mq"),
    ("长孙", "zs"),
    ("澹台", "tt"),
    ("乐正", "yz"),
    ("番禺", "py"),
    ("都江堰", "djy"),
    ("调度", "dd"),
    ("校验", "jy"),
    ("沙玛·阿果", "smag"),
    ("Ａ厂3号", "ac3"),
]


@pytest.mark.parametrize(("text", "typed"), TYPED)
def test_every_reading_finds(text: str, typed: str) -> None:
    assert begin_with(typed, readings(text))
    assert contain(typed, readings(f"东{text}"))
    assert not begin_with(typed, readings(f"东{text}")) or "d" in typed[:1]


@pytest.mark.parametrize(("text", "typed"), [("恒力", "hk"), ("恒力", "hlj"), ("", "a"), ("。", "a")])
def test_letters_that_nobody_reads_so_find_nothing(text: str, typed: str) -> None:
    assert not begin_with(typed, readings(text))
    assert not contain(typed, readings(text))


def test_the_readings_that_differ_least_come_first() -> None:
    assert other_initials("zqzj", "重庆长江") == ("cqzj", "zqcj", "cqcj")
    assert other_initials("hl", "恒力") == ()


def test_of_a_name_called_by_its_end_the_end_is_read_otherwise() -> None:
    assert other_initials(word_initials("银行"), "长江银行") == ("yh",)


def test_a_long_name_of_many_readings_has_no_more_than_63_others() -> None:
    spellings = other_initials(initials("行" * 40), "行" * 40)
    assert len(spellings) == len(set(spellings)) == 63
    assert spellings[0] == "h" + "x" * 39


@given(st.text())
def test_whatever_stands_in_a_name_the_usual_reading_is_the_first_of_all(text: str) -> None:
    assert "".join(letters[0] for letters in readings(text)) == initials(text)
    assert initials(text) not in other_initials(initials(text), text)
    assert word_initials(text) not in other_initials(word_initials(text), text)
