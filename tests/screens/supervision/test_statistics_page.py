"""The page of the supervision: tables and bars that are legible without colour, and no key that waits for them."""

from collections.abc import Iterator

import pytest

from pxtui.casework.office.register import Register, open_register
from tests.conftest import NOW
from tests.support.counter import Counter
from tests.support.pages import seen
from tests.support.practice import practice_home


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The practice register, to be looked at."""
    made = open_register(practice_home(tmp_path_factory.mktemp("practice") / "data", tmp_path_factory), NOW)
    yield made
    made.close()


def page(register: Register, *keys: str, columns: int = 80) -> list[str]:
    return seen(register, Counter(register), "statistics", *keys, columns=columns)


def test_each_line_has_its_bar_with_the_number_beside_it_and_all_numbers_below(practice: Register) -> None:
    lines = page(practice, "right", "right")
    assert lines[1].strip() == "全部案件"
    assert lines[3].split() == ["督导统计", "按阶段", "截至2020-03-16", "48件"]
    bars = {line.split()[0]: line.count("=") for line in lines[5:16]}
    assert bars["培训中"] == max(bars.values()) > 15
    assert bars["线上预审中"] == bars["培训中"] // 8
    assert lines[5].startswith(" 录入中")
    assert lines[16].strip().startswith("录入中：件数3，报名人数72，")
    assert all(character.isprintable() and ord(character) < 0x10000 for line in lines for character in line)


def test_tab_draws_the_next_number_and_more_stand_beside_it_on_a_wide_terminal(practice: Register) -> None:
    narrow, wide = (page(practice, *["tab"] * 4, columns=columns) for columns in (80, 120))
    assert "申请（元）" in narrow[4]
    assert "245400.00 =" in narrow[5]
    assert len(wide[4].split()) > len(narrow[4].split())


def test_enter_goes_into_a_line_and_escape_comes_back(practice: Register) -> None:
    keys = ("right", "right", "right", "down", "enter")
    inside = page(practice, *keys)
    assert inside[1].split() == ["养老护理员", "Esc回到前一个范围，共1层"]
    assert inside[3].split()[-1] == "8件"
    assert page(practice, *keys, "escape")[1].strip() == "全部案件"


def test_what_is_typed_is_a_query_and_a_wrong_one_is_told_what_to_write(practice: Register) -> None:
    assert page(practice, "=2020-04 五级", "enter")[1].strip() == "收件2020-04-01至2020-04-30，五级"
    assert "请写成2020-03-16、2020-03或2020的形式" in page(practice, "=2020-44", "enter")[-2]


def test_reasons_are_asked_for_by_themselves(practice: Register) -> None:
    before = page(practice, "left", "left")
    assert "核减原因" in before[3]
    assert "按Enter开始" in before[-8]
    after = page(practice, "left", "left", "enter")
    assert after[5].split()[:4] == ["09", "学时不足", "11", "5700.00"]


def test_what_is_written_lies_in_the_folder_of_the_reports(practice: Register) -> None:
    assert "已写好：" in page(practice, "f11")[-2]
    assert "已写好：" in page(practice, "f9", "enter")[-2]
    names = sorted(path.name for path in (practice.home.papers / "报表").iterdir())
    assert names == ["月度上报表 2020-03.xlsx", "督导统计 截至2020-03-16 全部案件.xlsx"]


def test_no_key_waits_for_the_figures_and_escape_leaves_them(
    practice: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing behind the screens comes to an end.
    monkeypatch.setattr("tests.support.pages.BehindAtOnce.start", lambda *_: None)
    assert "正在统计，Esc取消" in page(practice, "right", "tab", "f1", "escape")[3]
    assert "督导统计" not in page(practice, "escape")[3]
