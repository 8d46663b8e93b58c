"""The page of the tariffs: what the catalogues say and since when; a line or a whole catalogue is entered."""

from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.offline import tariffs
from pxtui.casework.offline.tariffs import Tariff
from tests.support.counter import Counter
from tests.support.pages import seen

DOCUMENT = "川人社办〔2020〕1号"
LINE = ("insert", "=焊工", "enter", "=5", "=40", "enter", "=600", "enter", f"={DOCUMENT}", "enter", "=0101", "enter")


@pytest.fixture
def clerk(register: Register) -> Counter:
    return Counter(register)


def page(clerk: Counter, *keys: str, columns: int = 80) -> list[str]:
    return seen(clerk.register, clerk, "tariffs", *keys, columns=columns)


def stored(clerk: Counter) -> list[Tariff]:
    with clerk.register.reading(clerk.acting) as context:
        return tariffs.tariffs(context)


def put(clerk: Counter, occupation: str, fen: int, day: date) -> None:
    with clerk.register.writing(clerk.acting) as context:
        tariffs.put(context, occupation, "5", "40", fen, effective_on=day, document=DOCUMENT)


def test_an_empty_page_says_what_to_do(clerk: Counter) -> None:
    assert page(clerk)[-6] == " 还没有补贴目录，按F6导入，或按Ins逐项录入；没有目录就不作假设。"


def test_each_stands_with_its_days(clerk: Counter) -> None:
    put(clerk, "焊工", 60_000, date(2019, 1, 1))
    put(clerk, "焊工", 80_000, date(2020, 3, 1))
    put(clerk, "焊工", 90_000, date(2020, 7, 1))
    lines = page(clerk)
    assert [line.split() for line in lines[5:8]] == [
        ["焊工", "五级", "40", "600.00", "2019-01-01", "至2020-02-29"],
        ["焊工", "五级", "40", "800.00", "2020-03-01", "现行"],
        ["焊工", "五级", "40", "900.00", "2020-07-01", "未施行"],
    ]
    assert "40学时，每人600.00元，2019-01-01至2020-02-29开班的适用" in lines[-6]
    assert "每人900.00元，2020-07-01起开班的适用" in page(clerk, "end")[-6]
    assert DOCUMENT in page(clerk, columns=120)[5]


def test_a_line_is_keyed(clerk: Counter) -> None:
    assert page(clerk, *LINE)[-2] == " 已录入。"
    (line,) = stored(clerk)
    assert (line.occupation, line.level, line.amount_fen, line.effective_on) == ("焊工", "5", 60_000, date(2020, 1, 1))


def test_the_next_line_begins_with_the_document_of_the_last(clerk: Counter) -> None:
    page(clerk, *LINE)
    page(clerk, "insert", "=电工", "enter", "=4", "down", "=700", "ctrl+n")
    assert [(line.occupation, line.document, line.effective_on) for line in stored(clerk)] == [
        ("焊工", DOCUMENT, date(2020, 1, 1)),
        ("电工", DOCUMENT, date(2020, 1, 1)),
    ]


def test_the_same_line_again_changes_nothing(clerk: Counter) -> None:
    page(clerk, *LINE)
    assert page(clerk, *LINE)[-2] == " 目录里已是这个标准，没有改动。"
    assert len(stored(clerk)) == 1


@pytest.mark.parametrize(("amount", "sentence"), [("六百", "“六百”不是金额"), ("0", "补贴标准应大于0，请填每人多少元")])
def test_a_sum_that_is_none_is_refused_and_what_was_keyed_stays(clerk: Counter, amount: str, sentence: str) -> None:
    lines = page(clerk, *LINE[:6], f"={amount}", "down", *LINE[8:])
    assert sentence in lines[-2]
    assert [line.split()[1] for line in lines[4:8]] == ["焊工", "五级", "40", amount]
    assert stored(clerk) == []


def test_an_occupation_is_found_by_a_part_of_its_name_or_its_initials(clerk: Counter) -> None:
    for occupation in ("焊工", "养老护理员", "中式烹调师"):
        put(clerk, occupation, 60_000, date(2020, 1, 1))
    for text in ("护理", "ylhly"):
        lines = page(clerk, f"={text}", "enter")
        assert [line.split()[0] for line in lines[5:8] if line] == ["养老护理员"]
    assert "目录里没有这个职业" in page(clerk, "f3", "=钳", "enter")[-6]
    assert len([line for line in page(clerk, "f3", "=钳", "enter", "escape")[5:9] if line]) == 3


def a_catalogue(folder: Path, *lines: str) -> str:
    path = folder / "目录.csv"
    path.write_text("\n".join(("职业（工种）,等级,学时,补贴标准", *lines)), encoding="utf-8")
    return f"={path}"


def test_a_catalogue_is_imported_once_it_was_looked_at(clerk: Counter, tmp_path: Path) -> None:
    file = a_catalogue(tmp_path, "焊工,五级,40,600", "电工,无,,700.5")
    keys = ("f6", file, "enter", f"={DOCUMENT}", "enter", "=0101", "enter")
    lines = page(clerk, *keys)
    assert "读出2项，请与目录原文核对：" in "".join(lines)
    assert " 电工 不分等级 每人700.50元" in lines
    assert "登记2项，2020-01-01起开班的适用，逐项见上：Enter确认" in lines[-2]
    assert stored(clerk) == []
    assert page(clerk, *keys, "enter")[-2] == " 读出2项，新增2项，改动0项。"
    assert len(stored(clerk)) == 2


def test_a_catalogue_with_a_row_that_cannot_be_read_is_left_whole(clerk: Counter, tmp_path: Path) -> None:
    file = a_catalogue(tmp_path, "焊工,五级,40,600", "电工,四级,,面议")
    lines = page(clerk, "f6", file, "enter", f"={DOCUMENT}", "enter", "=0101", "enter")
    assert "有1行读不出，没有登记；第一处在D3" in lines[-2]
    assert DOCUMENT in lines[5]
    assert stored(clerk) == []


def test_two_sums_for_one_training_are_refused(clerk: Counter, tmp_path: Path) -> None:
    file = a_catalogue(tmp_path, "焊工,五级,40,600", "焊工,五级,40,700")
    lines = page(clerk, "f6", file, "enter", f"={DOCUMENT}", "enter", "=0101", "enter", "enter")
    assert "“焊工”同一等级在表中有两个补贴标准" in lines[-2]
    assert lines[3].startswith(" 导入补贴目录")
    assert stored(clerk) == []


def test_without_the_document_nothing_is_read(clerk: Counter, tmp_path: Path) -> None:
    file = a_catalogue(tmp_path, "焊工,五级,40,600")
    assert page(clerk, "f6", file, "ctrl+n")[-2] == " 请填写文件名称和文号。"


def test_a_long_catalogue_scrolls_while_it_is_asked_whether_to_take_it(clerk: Counter, tmp_path: Path) -> None:
    file = a_catalogue(tmp_path, *(f"工种{'甲' * place},五级,40,600" for place in range(1, 30)))
    keys = ("f6", file, "enter", f"={DOCUMENT}", "enter", "=0101", "enter")
    last = f"工种{'甲' * 29} 五级"
    assert last not in "".join(page(clerk, *keys))
    lines = page(clerk, *keys, *["pagedown"] * 5)
    assert last in "".join(line.strip() for line in lines)
    assert "Enter确认" in lines[-2]
    assert page(clerk, *keys, "pagedown", "enter")[-2] == " 读出29项，新增29项，改动0项。"
