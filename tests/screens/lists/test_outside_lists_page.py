"""The page of lists from elsewhere: taken in with a preview, hits decided one by one, an import taken back."""

from pathlib import Path

import pytest

from db.models import ListKind
from pxtui.casework.office.register import Register
from tests.support.counter import Counter
from tests.support.outside_lists import imported, written
from tests.support.pages import seen
from tests.support.rosters import made_up_people

HONEST, HIT = made_up_people(2)
PAGE = ("office", "=w")


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def test_nothing_is_imported_and_the_key_to_begin_with_is_named(register: Register, counter: Counter) -> None:
    lines = seen(register, counter, *PAGE)
    assert any("按F6导入" in line for line in lines)
    assert any("“未比对”，不是“无命中”" in line for line in lines)


def test_a_list_is_keyed_previewed_and_compared(register: Register, counter: Counter, tmp_path: Path) -> None:
    counter.file([HONEST, HIT])
    file = written(tmp_path, ["姓名,身份证号", f"某,{HIT.id_number}", "某,510402197001010011"])
    keys = (*PAGE, "f6", "=1", "=市社保局", "enter", "=20200301", "enter", "=20200630", "enter", "enter")
    preview = seen(register, counter, *keys, f"={file}", "enter")
    assert any("读出1行，1行没有读出" in line for line in preview)
    assert any("身份证号（B列“身份证号”）" in line for line in preview)
    lines = seen(register, counter, *keys, f"={file}", "enter", "enter")
    assert any("养老待遇领取" in line and "有效" in line for line in lines)
    assert any("命中1" in line for line in lines)


def test_a_month_is_asked_for_where_employers_insure(register: Register, counter: Counter, tmp_path: Path) -> None:
    file = written(tmp_path, [HIT.id_number])
    keys = ("f6", "=4", "=市社保局", "enter", "=20200301", "enter", "=20200630", "enter", "enter")
    lines = seen(register, counter, *PAGE, *keys, f"={file}", "enter")
    assert any("请填参保月份" in line for line in lines)


def test_a_hit_is_decided_and_the_import_taken_back(register: Register, counter: Counter, tmp_path: Path) -> None:
    number = counter.file([HONEST, HIT])
    imported(counter, ListKind.DEATHS, written(tmp_path, ["身份证号", HIT.id_number]))
    hits = seen(register, counter, *PAGE, "enter")
    assert any(number in line and "第2行" in line and "待认定" in line for line in hits)
    assert not any(HIT.id_number in line for line in hits)
    decided = seen(register, counter, *PAGE, "enter", "enter", "=2", "=户籍未注销，派出所证明", "enter")
    assert any("不影响" in line for line in decided)
    back = seen(register, counter, *PAGE, "delete", "=选错了文件", "enter")
    assert any("已撤回" in line for line in back)


def test_on_the_page_of_the_check_it_is_said_and_decided_in_its_row(
    register: Register, counter: Counter, tmp_path: Path
) -> None:
    number = counter.file([HONEST, HIT])
    imported(counter, ListKind.DEATHS, written(tmp_path, ["身份证号", HIT.id_number]))
    room = ("eligibility", number)
    honest = "".join(seen(register, counter, room, "down"))
    assert "死亡注销（市社保局2020-03-01）无命中" in honest
    assert "未比对：养老待遇领取" in honest
    assert any("光标所在的一行没有名单命中" in line for line in seen(register, counter, room, "down", "f4"))
    lines = seen(register, counter, room, "down", "down", "f4", "=2", "enter", "=派出所证明", "enter")
    assert any("第2号死亡注销命中认定不影响" in line for line in lines)
