"""A paper's file has a name that every system takes, whatever the enterprise is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pxtui.papers.writing.file_names import file_name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("2020-DQ-0017", "附件4", "恒力机械"), "2020-DQ-0017 附件4 恒力机械.xlsx"),
        (("../../etc", "a\\b", 'c:"d|e?*<f>'), "_.._etc a_b c__d_e___f_.xlsx"),
        (("", "", ".hidden "), "hidden.xlsx"),
        (("", "", "con"), "_con.xlsx"),
        (("", "", "com1.txt"), "_com1.txt.xlsx"),
        (("", "", "甲\u202exslx\x1b\n乙"), "甲_xslx__乙.xlsx"),
        (("", " . ", ""), "未命名.xlsx"),
    ],
)
def test_file_names(parts: tuple[str, str, str], name: str) -> None:
    assert file_name(*parts) == name


@given(st.text(), st.text(), st.text(max_size=400))
def test_a_file_name_is_always_one_that_every_system_takes(case: str, paper: str, applicant: str) -> None:
    name = file_name(case, paper, applicant)

    assert len(name.encode()) <= 200
    assert not name.startswith((".", "-", " "))
    assert not set(name) & set('/\\:*?"<>|\0\n\u202e\u200b')
    assert name.endswith(".xlsx")
