"""Lines as a typesetter breaks them, and texts as wide as their fonts make them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pxtui.papers.writing.cell_text import SMALLEST_IN_LIST, on_one_line
from pxtui.papers.writing.font_widths import ROMAN, ems_of, most_ems_of
from pxtui.papers.writing.line_breaks import broken

_CLOSING = "、。，；：？！）》」』】〕”"
_OPENING = "（《「『【〔“"
SENTENCES = st.text(st.sampled_from("攀枝花市线上培训补贴，。、；：（）《》〔〕0123456789.-A元"), max_size=120)


@given(SENTENCES, st.integers(8, 40))
def test_nothing_of_a_sentence_is_lost_and_no_line_is_too_long(sentence: str, room: int) -> None:
    lines = broken(sentence, "仿宋", room).split("\n")
    assert "".join(lines) == sentence
    assert all(most_ems_of(line, "仿宋") <= room for line in lines)


@given(st.lists(st.sampled_from(["攀枝花市", "，线上", "培训。", "（33号）", "《方案》", "12300.00元"]), max_size=60))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(parts: list[str]) -> None:
    lines = broken("".join(parts), "仿宋", 12).split("\n")
    for before, after in pairwise(lines):
        assert after[0] not in _CLOSING
        assert before[-1] not in _OPENING
        assert not (before[-1].isascii() and after[0].isascii()), "a number is cut"


@pytest.mark.parametrize("room", range(14, 40))
def test_an_amount_in_capitals_stays_whole_where_a_line_holds_it(room: int) -> None:
    capitals = "人民币壹万贰仟叁佰肆拾元伍角"
    assert capitals in broken(f"同意补贴，补贴金额{capitals}，按规定拨付。", "仿宋", room)


def test_a_number_stays_whole_where_a_line_holds_it() -> None:
    assert broken("核定金额为1234567.89元", "仿宋", 8) == "核定金额为\n1234567.89元"
    assert broken("时间重叠2020年3月25日", "仿宋", 7) == "时间重叠\n2020年3月\n25日"
    assert re.sub("\n", "", broken("9" * 60, "仿宋", 8)) == "9" * 60


@pytest.mark.parametrize(
    "whole",
    ["2020年12月31日", "　　　年　　月　　日", "〔2020〕12号", "〔2020〕DQ-0017", "□QQ、微信", "0812-3333333", "37人"],
)
@pytest.mark.parametrize("before", range(12))
def test_days_numbers_of_papers_and_boxes_stay_whole_where_a_line_holds_them(before: int, whole: str) -> None:
    assert whole in broken("公" * before + whole + "公示", "仿宋", 12)


@pytest.mark.parametrize("room", range(8, 30))
def test_no_line_but_the_first_begins_with_a_blank(room: int) -> None:
    first, *others = broken("　　与线培〔2020〕DQ-0009 焊工五级（线上） 时间重叠", "仿宋", room).split("\n")
    assert first.startswith("　　")
    assert not [line for line in others if line[0].isspace()]


def test_a_day_that_no_line_holds_is_broken_behind_its_year() -> None:
    assert broken("2020年12月31日", "仿宋", 5) == "2020年\n12月31日"


@pytest.mark.parametrize(
    ("text", "font", "own", "widest"),
    [
        ("510402198603150018", ROMAN, 9.0, 11.448),
        ("510402198603150018", "仿宋", 9.0, 11.448),
        ("攀枝花市", "仿宋", 4.0, 4.0),
        ("“甲”", "仿宋", 3.0, 3.0),
        ("WWW", ROMAN, 2.832, 3.084),
    ],
)
def test_a_text_is_measured_in_its_font_and_in_those_that_stand_in_for_it(
    text: str, font: str, own: float, widest: float
) -> None:
    assert ems_of(text, font) == pytest.approx(own)
    assert most_ems_of(text, font) == pytest.approx(widest)


def test_a_number_is_set_smaller_down_to_what_can_be_read() -> None:
    assert on_one_line("5104", ROMAN, 10.5, 30) == 10.5
    smaller = on_one_line("2302 3301 0900 0000 0010 0000 0", ROMAN, 10.5, 40)
    assert smaller is not None
    assert SMALLEST_IN_LIST < smaller < 10.5
    assert on_one_line("9" * 60, ROMAN, 10.5, 30) is None
