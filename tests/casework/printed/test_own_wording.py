"""An office that writes its own words or draws its own sheet is told each slip, where it is, and what was meant."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issuing, own_wording, sample
from pxtui.casework.printed.asking import COMMON_NAMES, common
from pxtui.casework.printed.catalogue import BY_FORM, OFFICE_KINDS, OfficeKind, PaperKind
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.casework.printed.test_reception import asked, filed, people
from tests.support.filings import a_filing

KINDS: dict[str, PaperKind | OfficeKind] = {**BY_FORM, **OFFICE_KINDS}


def faults(register: Register, acting: Acting) -> list[str]:
    with register.reading(acting) as context:
        return [fault.told for fault in own_wording.faults_of(context)]


def write(folder: Path, name: str, text: str | bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def draw(folder: Path, name: str, *cells: str) -> None:
    folder.mkdir(exist_ok=True)
    workbook: Any = Workbook()
    for cell in cells:
        workbook.active.append([cell])
    workbook.active.title = "页"
    workbook.save(folder / name)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "correction-notice.toml",
            '[labels]\ntitle = "补正"\naddresee = "致{applicant_name}"\n',
            "“wording/correction-notice.toml”第3行：没有名为“addresee”的用语，不会用到；最接近的是“addressee”",
        ),
        (
            "correction-notice.toml",
            '[labels]\naddressee = "致{aplicant_name}："\n',
            "“wording/correction-notice.toml”第2行：“addressee”里的{aplicant_name}不是本文书的填写处；最接近的是“applicant_name”",
        ),
        (
            "correction-notice.toml",
            '[labels]\naddressee = "致{applicant_name："\n',
            "“wording/correction-notice.toml”第2行：“addressee”的花括号不成对，请照原文改正",
        ),
        (
            "correction-notice.toml",
            '[labels]\naddressee = "致{applicant_name!r}："\n',
            "“wording/correction-notice.toml”第2行：“addressee”里的“{applicant_name!r}”不能用："
            "花括号里只写填写处的名称，不加点、方括号、叹号和冒号",
        ),
        (
            "correction-notice.toml",
            '[label]\ntitle = "补正"\n',
            "“wording/correction-notice.toml”第1行：“label”不会用到，用语写在[labels]下面；最接近的是“labels”",
        ),
        (
            "correction-notice.toml",
            "[labels]\ntitle = 5\n",
            "“wording/correction-notice.toml”第2行：“title”应是引号里的文字",
        ),
        (
            "correction-notice.toml",
            '[labels]\n# 标题\ntitle = "补正"\n'.encode("gbk"),
            "“wording/correction-notice.toml”：第2行不是UTF-8编码，请在记事本里“另存为”，编码选UTF-8",
        ),
        (
            "corection-notice.toml",
            "",
            "“wording/corection-notice.toml”：不是任何文书的文件，不会用到；最接近的是“correction-notice.toml”",
        ),
        (
            "attachment-2.toml",
            "",
            "“wording/attachment-2.toml”：“附件2 参训人员花名册”的用语由通知规定，这个文件不会用到",
        ),
    ],
)
def test_a_slip_in_a_wording_is_told_with_its_line_and_what_was_meant(
    name: str, text: str | bytes, told: str, register: Register, acting: Acting, place: Home
) -> None:
    write(place.wording, name, text)
    assert faults(register, acting) == [told]


def test_options_that_are_left_out_are_named(register: Register, acting: Acting, place: Home) -> None:
    options = own_wording.places_of("attachment-1").options
    key, codes = next((key, codes) for key, codes in options.items() if len(codes) > 1)
    code = next(iter(codes))
    write(place.wording, "attachment-1.toml", f'[options.{key}]\n{code} = "甲"\nno-such = "乙"\n')
    told = faults(register, acting)
    assert any("没有“no-such”" in sentence and "第3行" in sentence for sentence in told)
    assert any(f"选项“{key}”缺少" in sentence and "第1行" in sentence for sentence in told)


def test_a_slip_in_a_template_is_told_with_its_cell(register: Register, acting: Acting, place: Home) -> None:
    draw(place.templates, "correction-notice.xlsx", "{{aplicant_name}}", "{{defects.falt}}", "{{defects.fault}}")
    draw(place.templates, "bounce-notice.xlsx", "{{applicant_name!r}}")
    draw(place.templates, "attachment-2.xlsx", "{{applicant_name}}", "{{rows.name}}")
    draw(place.templates, "pre-review.xlsx", "{{applicant_name}}")
    write(place.templates, "attachment-1.xlsx", b"no workbook")
    assert faults(register, acting) == [
        "“templates/attachment-1.xlsx”：模板“attachment-1.xlsx”不是可用的xlsx工作簿，请重新另存后再试",
        "“templates/bounce-notice.xlsx” 页!A1：{{applicant_name!r}}不是本文书的填写处；最接近的是“applicant_name”",
        "“templates/correction-notice.xlsx” 页!A1：{{aplicant_name}}不是本文书的填写处；最接近的是“applicant_name”",
        "“templates/correction-notice.xlsx” 页!A2：{{defects.falt}}不是本文书的填写处；最接近的是“defects.fault”",
        "“templates/correction-notice.xlsx” 页!2:3：写了几行{{defects.…}}，每行都会重复全部明细："
        "只留一行，别的行程序会加",
        "“templates/pre-review.xlsx”：“线上预审意见”的成品不是工作簿，这个文件不会用到",
    ]


def test_our_own_wording_and_a_file_of_a_spreadsheet_program_have_no_mistake(
    register: Register, acting: Acting, place: Home
) -> None:
    for form, kind in KINDS.items():
        if kind.worded:
            ours = Path(own_wording.__file__).parents[2] / "papers" / "wording" / f"{form}.toml"
            write(place.wording, ours.name, ours.read_bytes())
    write(place.wording, "~$correction-notice.toml", b"\xff")
    assert faults(register, acting) == []


def test_every_paper_has_its_places(register: Register, acting: Acting) -> None:
    for form, kind in KINDS.items():
        found = own_wording.places_of(form)
        assert bool(found.texts) == kind.worded
        assert found.values
    with pytest.raises(PxtuiError, match="最接近的是“correction-notice”"):
        own_wording.places_of("corection-notice")
    number = filed(register, acting, a_filing(), people())
    assert set(asked(register, acting, number, common)) == set(COMMON_NAMES)


def test_a_sample_shows_the_office_s_words_and_is_not_issued(
    register: Register, acting: Acting, place: Home, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people(wrong=True), [Action.SUBMIT])
    write(place.wording, "correction-notice.toml", '[labels]\ntitle = "请补材料"\n')
    with register.reading(acting) as context:
        name, content = sample.sample_of(context, "correction-notice")
        assert issuing.issued_before(context, number) == []
    path = tmp_path / name
    path.write_bytes(content)
    assert name == f"样张 一次性补正告知书 {number}.xlsx"
    workbook: Any = load_workbook(path)
    assert workbook.active["A1"].value == "请补材料"
    with register.reading(acting) as context, pytest.raises(PxtuiError, match="请换一个案件"):
        sample.sample_of(context, "opening-approval", number)
