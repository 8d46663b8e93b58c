"""The door to the screen, and the line under the caret."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.entry.line import TextLine
from screens.terminal.plain import fitted, inert, plain, right_fitted, wrapped
from screens.terminal.setup import prepare_environment
from screens.terminal.widths import measure_ambiguous


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("买买提·艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        ("[/red]张三[@click=app.quit]", "[/red]张三[@click=app.quit]"),
        ("张\x1b]52;c;eA==\x07三", "张?]52;c;eA==?三"),
        ("张\x9b31m三", "张?31m三"),
        ("\u202e张三\u2069", "?张三?"),
        ("张\u200b三\ufeff", "张?三?"),
        ("一\u2028二\t三\n", "一?二?三?"),
        ("\ue000\ud800", "??"),
        ("葛\U000e0100", "葛?"),
    ],
)
def test_nothing_from_outside_steers_or_hides(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(max_size=30))
def test_what_is_inert_has_a_character_for_each_and_stays_so(text: str) -> None:
    assert len(inert(text)) == len(text)
    assert inert(inert(text)) == inert(text)
    assert inert("买买提•艾力…　恒力") == "买买提•艾力…　恒力"


@given(st.text(max_size=30), st.integers(2, 40))
def test_a_text_takes_exactly_its_cells(text: str, width: int) -> None:
    assert cell_len(fitted(text, width)) == width
    assert cell_len(right_fitted(text, width)) == width
    assert all(cell_len(line) <= width for line in wrapped(text, width))
    assert "".join(wrapped(text, width)) == "".join(map(plain, text.split("\n")))
    assert sum(map(cell_len, plain(text))) == cell_len(plain(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("线培〔2020〕DQ-0017", "线培〔2020〕DQ-0017 "),
        ("线培〔2020〕DQ-10000", "线培〔2020〕DQ-10000"),
        ("线培〔2020〕DQ-123456", "线培〔2020〕DQ-1234>"),
        ("攀枝花市恒力机械有限公司", "攀枝花市恒力机械有 >"),
    ],
)
def test_a_text_that_is_cut_says_so(text: str, shown: str) -> None:
    assert fitted(text, 20) == shown
    assert right_fitted(text, 20).strip() == shown.strip()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("请按Enter存下", ["请按", "Enter存", "下"]),
        ("先按F5，再按F9。", ["先按F5，", "再按F9。"]),
        ("王明（0101）", ["王明", "（0101）"]),
        ("名单已存下。", ["名单已存", "下。"]),
        ("510402199603201983", ["51040219", "96032019", "83"]),
        ("一\n二", ["一", "二"]),
    ],
)
def test_lines_are_broken_where_a_reader_expects_it(text: str, lines: list[str]) -> None:
    assert wrapped(text, 8) == lines


@given(st.text("张三a1·…", max_size=12), st.integers(0, 12), st.integers(2, 20))
def test_the_caret_stands_within_its_room_before_its_character(text: str, caret: int, width: int) -> None:
    line = TextLine(text, min(caret, len(text))).mapped(plain)
    shown, cell = line.visible(width)
    assert cell_len(shown) <= width
    assert 0 <= cell < width
    cut = next(index for index in range(len(shown) + 1) if cell_len(shown[:index]) == cell)
    assert line.text[line.caret :].startswith(shown[cut:])
    assert line.text[: line.caret].endswith(shown[:cut])


@pytest.fixture
def _wide_window() -> Iterator[None]:
    measure_ambiguous(2)
    yield
    measure_ambiguous(1)


@pytest.mark.usefixtures("_wide_window")
def test_in_a_window_that_draws_them_wide_ambiguous_characters_take_two_cells() -> None:
    assert [cell_len(character) for character in "“”·—①※√αЖ─±"] == [2] * 11
    assert [cell_len(character) for character in "a1 张，。〔\u0301"] == [1, 1, 1, 2, 2, 2, 2, 0]
    assert fitted("买买提·艾力", 13) == "买买提·艾力 "
    assert fitted("“甲”", 4) == "“ >"
    assert cell_len("ab" * 300 + "·") == 602


@pytest.mark.usefixtures("_wide_window")
@given(st.text(max_size=30), st.integers(2, 40))
def test_there_too_a_text_takes_exactly_its_cells(text: str, width: int) -> None:
    assert cell_len(fitted(text, width)) == width
    assert all(cell_len(line) <= width for line in wrapped(text, width))


def test_back_in_a_window_that_draws_them_narrow_they_take_one() -> None:
    assert measure_ambiguous(2)
    assert not measure_ambiguous(2)
    assert measure_ambiguous(1)
    assert cell_len("“·”") == 3


def test_the_environment_loads_no_code_and_presses_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEXTUAL", "TEXTUAL_DRIVER", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT", "TEXTUAL_PRESS", "TEXTUAL_FILTERS"):
        monkeypatch.setenv(name, "evil:Driver")
    for name in ("TEXTUAL_FPS", "TEXTUAL_ANIMATIONS", "TEXTUAL_DISABLE_KITTY_KEY", "ESCDELAY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "standard")
    prepare_environment()
    assert {name: value for name, value in os.environ.items() if name.startswith(("TEXTUAL", "ESCDELAY"))} == {
        "TEXTUAL_COLOR_SYSTEM": "standard",
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_FPS": "120",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
        "ESCDELAY": "250",
    }
