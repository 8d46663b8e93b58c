"""What an office writes in braces is a name and nothing else: no attribute, no item, no conversion, no width."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pxtui.errors import PxtuiError
from pxtui.papers.writing import office_template
from pxtui.papers.writing.wording import Words, words_of
from tests.papers.golden import facts_of

ATTACKS = (
    "{case.__class__.__mro__}",
    "{applicant_name.__class__.__mro__[1]}",
    "{applicant_name.a}",
    "{applicant_name[0]}",
    "{applicant_name!r}",
    "{applicant_name!s:>9}",
    "{applicant_name:>99999999}",
    "{applicant_name:{number}}",
    "{0.__init__.__globals__}",
    "{.__class__}",
    "{ applicant_name }",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_wording_that_reads_more_than_a_name_is_refused_with_file_and_line(attack: str, tmp_path: Path) -> None:
    file = tmp_path / "correction-notice.toml"
    file.write_text(f'[labels]\n# 抬头\naddressee = "致{attack}："\n', encoding="utf-8")
    with pytest.raises(PxtuiError) as refused:
        words_of("correction-notice", tmp_path)
    assert refused.value.sentence == (
        f"“{file}”第3行“addressee”里的“{attack}”不能用：花括号里只写填写处的名称，不加点、方括号、叹号和冒号；请改正。"
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_is_filled_with_more_than_a_name(attack: str) -> None:
    with pytest.raises(PxtuiError, match="填写位置有误"):
        Words("title.toml", {"title": attack}, {}).filled("title", applicant_name="甲", number="1", case="乙")


def test_braces_in_a_value_and_doubled_braces_stand_as_they_are() -> None:
    words = Words("title.toml", {"title": "{{{applicant_name}}}"}, {})
    assert words.filled("title", applicant_name="{number}", number="1") == "{{number}}"


@pytest.mark.parametrize("attack", [*ATTACKS[:-1], "{defects.__mro__}", "{defects.fault.__class__}", "{number"])
def test_a_template_that_reads_more_than_a_name_is_refused_with_file_and_cell(attack: str, tmp_path: Path) -> None:
    path = tmp_path / "correction-notice.xlsx"
    workbook: Any = Workbook()
    workbook.active["B3"] = f"致{{{attack}}}"
    workbook.save(path)
    with pytest.raises(PxtuiError, match=r"模板“correction-notice\.xlsx”(B3|第3行).*请改正模板。"):
        office_template.filled(path, facts_of("correction-notice", "full"))
    assert list(office_template.unknown_places(path, {"applicant_name"}, {"defects": {"fault"}}))


def test_a_value_in_double_braces_is_printed_and_not_filled_again(tmp_path: Path) -> None:
    path = tmp_path / "correction-notice.xlsx"
    workbook: Any = Workbook()
    workbook.active["A1"] = "{{applicant_name}}"
    workbook.save(path)
    facts = replace(facts_of("correction-notice", "full"), values={"applicant_name": "{{number!r}}"})
    workbook = load_workbook(BytesIO(office_template.filled(path, facts)))
    assert workbook.active["A1"].value == "{{number!r}}"
