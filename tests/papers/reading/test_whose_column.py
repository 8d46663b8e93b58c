"""Of several columns that could be one field the trainee's own is read; where nobody can tell, none."""

from collections.abc import Sequence

import pytest

from pxtui.errors import PxtuiError
from pxtui.papers.reading.rosters import RosterReading, UndecidedColumns, read_pasted

OWN, OTHER = "510402198601120018", "510403198702030026"


def pasted(heads: str, *rows: Sequence[object], chosen: dict[str, str] | None = None) -> RosterReading:
    lines = [heads.replace("|", "\t"), *("\t".join(map(str, row)) for row in rows)]
    return read_pasted("\n".join(lines), chosen)


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("户主姓名|家庭成员姓名|身份证号", ("张大山", "张建国", OWN)),
        ("班主任姓名|姓名|身份证号", ("王老师", "张建国", OWN)),
        ("企业联系人姓名|培训学员姓名|身份证号", ("王经办", "张建国", OWN)),
        ("姓名|学员姓名|身份证号", ("王经办", "张建国", OWN)),
        ("姓名|身份证号|监护人姓名|监护人身份证号", ("张建国", OWN, "张大山", OTHER)),
        ("监护人姓名|监护人身份证号|学生姓名|学生身份证号", ("张大山", OTHER, "张建国", OWN)),
        ("学生监护人姓名|学生姓名|身份证号", ("张大山", "张建国", OWN)),
        ("单位职工姓名|单位负责人姓名|身份证号", ("张建国", "王经办", OWN)),
        ("Guardian Name|Name|ID Number", ("张大山", "张建国", OWN)),
    ],
)
def test_the_name_is_the_trainee_s(heads: str, cells: Sequence[str]) -> None:
    (row,) = pasted(heads, cells).rows
    assert (row.name, row.id_number) == ("张建国", OWN)


@pytest.mark.parametrize(
    ("heads", "phone"),
    [
        ("家庭电话|联系电话", "2"),
        ("紧急联系电话|单位电话|本人手机", "3"),
        ("联系电话|学员电话", "2"),
        ("联系电话|紧急联系人电话", "1"),
        ("学员家庭电话|电话", "2"),
        ("家庭电话", ""),
    ],
)
def test_the_telephone_is_the_trainee_s(heads: str, phone: str) -> None:
    numbers = [str(place) for place, _ in enumerate(heads.split("|"), 1)]
    (row,) = pasted(f"姓名|身份证号|{heads}", ("张建国", OWN, *numbers)).rows
    assert row.phone == phone


@pytest.mark.parametrize(
    ("heads", "named"),
    [
        ("姓名|身份证号|身份证号码", "B列“身份证号”和C列“身份证号码”"),
        ("姓名|员工姓名|身份证号", "A列“姓名”和B列“员工姓名”"),
        ("姓名|身份证号|联系电话|手机", "C列“联系电话”和D列“手机”"),
        ("姓名|身份证号|考核结果|是否合格", "C列“考核结果”和D列“是否合格”"),
    ],
)
def test_where_two_remain_both_are_named_and_nothing_is_read(heads: str, named: str) -> None:
    with pytest.raises(UndecidedColumns, match=named):
        pasted(heads, ("张建国", OWN, OTHER, "1"))


def test_what_somebody_decided_is_read() -> None:
    heads, cells = "姓名|身份证号|身份证号码", ("张建国", OTHER, OWN)
    assert pasted(heads, cells, chosen={"id_number": "C"}).rows[0].id_number == OWN
    with pytest.raises(UndecidedColumns):
        pasted(heads, cells, chosen={"id_number": "A"})


def test_a_sheet_with_others_names_alone_has_no_names() -> None:
    with pytest.raises(PxtuiError, match="只有“户主姓名”，没有参训人员本人的“姓名”"):
        pasted("序号|户主姓名|与户主关系|身份证号", (1, "张大山", "子", OWN))


def test_two_numbers_in_every_row_without_a_header_are_for_a_person_to_tell_apart() -> None:
    with pytest.raises(PxtuiError, match="B列和C列都是身份证号"):
        pasted(f"张建国|{OWN}|{OTHER}", ("李秀英", OTHER, OWN))


def test_english_heads_are_heads() -> None:
    heads = "No.|Name|Gender|Age|ID Number|Phone|Remarks"
    (row,) = pasted(heads, (1, "Li Wei", "Female", 33, OTHER, "13800000002", "welder")).rows
    assert (row.name, row.sex, row.age, row.id_number, row.phone, row.remark) == (
        "Li Wei",
        "女",
        33,
        OTHER,
        "13800000002",
        "welder",
    )


def test_a_score_and_a_verdict_under_one_heading_are_told_apart() -> None:
    upper, lower = "姓名|身份证号|课程学时|考核|", "|||成绩|是否合格"
    (row,) = pasted(upper, lower.split("|"), ("张建国", OWN, 40, 90, "合格")).rows
    assert row.passed is True
