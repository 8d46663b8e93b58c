"""Records, earlier trainings, results, tariffs and the bank's answer come in by the same reader as rosters."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pxtui.errors import PxtuiError
from pxtui.papers.bank_list import read_bank_answers
from pxtui.papers.reading.earlier_trainings import read_earlier_trainings
from pxtui.papers.reading.learning_records import LearningReading, read_learning_records
from pxtui.papers.reading.listing import Listed
from pxtui.papers.reading.offline_lists import read_offline_results, read_tariffs
from tests.support.incoming import LI, ZHANG

pytestmark = pytest.mark.slow

Reading = LearningReading | Listed[Any]

HEADS = {
    "learning": "姓名,身份证号,学习日期,学习时长",
    "history": "姓名,身份证号,职业,开始日期,结束日期",
    "results": "姓名,身份证号,是否合格,学时",
    "tariffs": "职业,等级,补贴标准",
    "bank": "案件编号,金额,结果,流水号",
}
ROWS = {
    "learning": "张三,{id},2020-03-02,90",
    "history": "张三,{id},焊工,2020-01-06,2020-01-12",
    "results": "张三,{id},是,40",
    "tariffs": "焊工,5,1500",
    "bank": "2020-DQ-0001,600.00,成功,88",
}
READERS: dict[str, Callable[[Path], Reading]] = {
    "learning": read_learning_records,
    "history": read_earlier_trainings,
    "results": read_offline_results,
    "tariffs": read_tariffs,
    "bank": read_bank_answers,
}
PERSONAL = ["learning", "history", "results"]
KINDS = list(READERS)


def test_a_year_that_cannot_be_meant_is_told_with_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "以往培训.csv"
    told = ROWS["history"].format(id=ZHANG)
    path.write_text("\n".join((HEADS["history"], told, told.replace("2020-01-06", "0202-01-06"))), encoding="utf-8")
    listed = read_earlier_trainings(path)
    assert [(row.cell, row.reason) for row in listed.refused] == [("D3", "“0202-01-06”的年份0202不对，请核对。")]
    assert len(listed.rows) == 1


def read(folder: Path, kind: str, *lines: str) -> Reading:
    path = folder / f"{kind}.csv"
    path.write_text("\n".join([HEADS[kind], *lines]), encoding="utf-8")
    return READERS[kind](path)


def rows(reading: Reading) -> Sequence[Any]:
    return reading.lines if isinstance(reading, LearningReading) else reading.rows


def row(kind: str, number: str = ZHANG) -> str:
    return ROWS[kind].format(id=number)


@pytest.mark.parametrize("kind", PERSONAL)
@pytest.mark.parametrize("number", [f'="{ZHANG}"', f"身份证：{ZHANG}", f"\u2066{ZHANG}。", f"{ZHANG}\t", f"“{ZHANG}”"])
def test_a_number_comes_out_of_what_was_put_round_it(kind: str, number: str, tmp_path: Path) -> None:
    (only,) = rows(read(tmp_path, kind, row(kind, number)))
    assert only.id_number == ZHANG


@pytest.mark.parametrize("kind", PERSONAL)
@pytest.mark.parametrize("line", [f",,李四,{LI}", f"李四 {LI}", f'"李四，{LI}，90"', f",,,,,{LI}"])
def test_no_row_with_a_number_vanishes(kind: str, line: str, tmp_path: Path) -> None:
    reading = read(tmp_path, kind, row(kind), line)
    assert len(rows(reading)) == 1
    assert [refusal.row for refusal in reading.refused] == [3]


@pytest.mark.parametrize("number", [ZHANG, LI])
@pytest.mark.parametrize("kind", KINDS)
def test_two_lines_without_a_line_end_between_them_are_not_the_first_one(
    kind: str, number: str, tmp_path: Path
) -> None:
    glued = f"{row(kind)},{row(kind, number)}"
    reading = read(tmp_path, kind, row(kind), glued)
    assert len(rows(reading)) == 1
    ((place, reason),) = [(refusal.row, refusal.reason) for refusal in reading.refused]
    assert place == 3
    assert "接成了一行" in reason


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_behind_the_headed_columns_is_no_other_line(kind: str, tmp_path: Path) -> None:
    reading = read(tmp_path, kind, f"{row(kind)},已核对")
    assert len(rows(reading)) == 1
    assert not reading.refused


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_nobody_recognises_is_refused(kind: str, tmp_path: Path) -> None:
    where = {"tariffs": ",,1500,80"}.get(kind, ",,是,40" if kind in PERSONAL else ",,成功,88")
    reading = read(tmp_path, kind, row(kind), where)
    assert (len(rows(reading)), [refusal.row for refusal in reading.refused]) == (1, [3])


@pytest.mark.parametrize("kind", KINDS)
def test_blank_rows_totals_notes_and_the_header_again_are_nobody(kind: str, tmp_path: Path) -> None:
    reading = read(
        tmp_path, kind, row(kind), ",,", "合计,,,1500", HEADS[kind], row(kind), "说明：由平台导出", "制表人："
    )
    assert (len(rows(reading)), reading.refused) == (2, ())


@pytest.mark.parametrize("kind", PERSONAL)
def test_two_columns_of_numbers_are_both_named(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text(f"{HEADS[kind]},身份证号码\n{row(kind)},{LI}\n", encoding="utf-8")
    with pytest.raises(PxtuiError, match=r"B列“身份证号”和[E-F]列“身份证号码”都可能是身份证号"):
        READERS[kind](path)


@pytest.mark.parametrize("kind", PERSONAL)
def test_hidden_rows_and_merged_cells_are_told(kind: str, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for line in (HEADS[kind], row(kind), row(kind), row(kind, LI)):
        sheet.append(line.split(","))
    sheet.merge_cells("B2:B3")
    sheet.row_dimensions[4].hidden = True
    workbook.save(tmp_path / "list.xlsx")
    reading = READERS[kind](tmp_path / "list.xlsx")
    assert [one.id_number for one in rows(reading)] == [ZHANG, ZHANG, LI]
    assert [(repair.cell, repair.was) for repair in reading.repairs] == [
        ("B3", ""),
        ("B4", f"（隐藏或筛选掉的行）{LI}"),
    ]


def test_an_effective_duration_beside_another_is_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text(f"身份证号,学习日期,学习时长,有效学习时长\n{ZHANG},2020-03-02,90,45\n", encoding="utf-8")
    with pytest.raises(PxtuiError, match="C列“学习时长”和D列“有效学习时长”都可能是学习时长"):
        read_learning_records(path)
    office = tmp_path / "platforms.toml"
    office.write_text('[platforms."技工教育网"]\ncolumns.duration = ["有效学习时长"]\n', encoding="utf-8")
    (line,) = read_learning_records(path, platform="技工教育网", office=office).lines
    assert line.duration.total_seconds() == 45 * 60


def test_a_statement_of_the_bank_may_have_more_columns(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(
        "日期,账号,收款账号,案件编号,金额,结果,流水号,备注,退票原因\n"
        '2020-04-02,1,2,2020-DQ-0001,"600.00",退票,,见附件,户名不符\n',
        encoding="utf-8",
    )
    (answer,) = read_bank_answers(path).rows
    assert (answer.account, answer.reference) == ("2", "户名不符")
