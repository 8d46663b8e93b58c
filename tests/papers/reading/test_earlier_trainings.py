"""Lists of earlier trainings: what the rules compare is the occupation, not what the course is called."""

from pathlib import Path

import pytest

from pxtui.papers.reading.earlier_trainings import read_earlier_trainings


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("培训项目,职业（工种）", "春风行动第三期,焊工"),
        ("职业（工种）,培训项目", "焊工,春风行动第三期"),
        ("项目,工种", "春风行动第三期,焊工"),
        ("培训项目,备注", "焊工,春风行动第三期"),
    ],
)
def test_of_occupation_and_project_the_occupation_is_taken(heads: str, cells: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        f"身份证号,{heads},开始日期,结束日期\n510403196302049810,{cells},2020-01-06,2020-01-12\n", encoding="utf-8"
    )
    (row,) = read_earlier_trainings(path).rows
    assert row.occupation == "焊工"
