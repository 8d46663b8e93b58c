"""The head of a case in windows of several widths."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.stages import Stage
from screens.frame.head import head

CASE = CaseSummary(
    "2020-DQ-0017",
    "线培〔2020〕DQ-0017",
    Stage.DRAFT,
    "攀枝花市恒力机械有限公司",
    "小型",
    "焊工四级",
    "40",
    date(2020, 4, 21),
    date(2020, 5, 4),
    None,
    "dongqu",
    "",
)
LONG = replace(CASE, applicant_name="攀枝花市格里坪餐饮管理有限公司", occupation="中式烹调师四级")


@pytest.mark.parametrize(
    ("case", "width", "left"),
    [
        (CASE, 120, "2020-DQ-0017  攀枝花市恒力机械有限公司  小型  焊工四级"),
        (CASE, 80, "2020-DQ-0017  攀枝花市恒力机械有限公司  小型  焊工四级"),
        (CASE, 70, "2020-DQ-0017 恒力机械有限公司 小型 焊工四级"),
        (LONG, 80, "2020-DQ-0017 格里坪餐饮管理有限公司 小型 中式烹调师四级"),
        (LONG, 60, "2020-DQ-0017 格里坪餐 > 小型 中式烹调师四级"),
        (replace(LONG, size=""), 80, "2020-DQ-0017 攀枝花市格里坪餐饮管理有限公司 中式烹调师四级"),
    ],
)
def test_what_is_learnt_is_seen_and_the_name_is_cut_first(case: CaseSummary, width: int, left: str) -> None:
    assert head(case, width) == (left, "40学时 04-21至05-04")
