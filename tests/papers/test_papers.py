"""The papers as a reader, a printer and an attacker meet them."""

import errno
import os
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from pxtui.errors import PxtuiError
from pxtui.identifiers.id_number import check_character
from pxtui.papers.attachments import attachment_1, attachment_2, attachment_3, attachment_4
from pxtui.papers.attachments.attachment_1 import Attachment1
from pxtui.papers.attachments.attachment_2 import Attachment2, RosterLine
from pxtui.papers.attachments.attachment_3 import Attachment3, PaidInvoice
from pxtui.papers.attachments.attachment_4 import Attachment4, ClaimLine
from pxtui.papers.reading.rosters import read_roster
from pxtui.papers.writing import sheet_writer
from pxtui.papers.writing.wording import Opinion, Words, words_of
from tests.papers.golden import facts_of, workbook_of

_Attachment = Attachment1 | Attachment2 | Attachment3 | Attachment4
_APPLICANT = "攀枝花市恒力机械有限公司"
_COMMANDS = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠A1", "#N/A", "=cmd|'/C calc'!A0", "_x0041_")


def test_attachment_2_has_the_prescribed_heading_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    _write(Attachment2(_APPLICANT, _roster(1), "3f9a1c"), path)

    assert _texts(path)[:4] == [
        ["附件2"],
        ["攀枝花市线上职业技能培训参训人员花名册"],
        [f"企业、培训机构（盖章）：{_APPLICANT}"],
        ["序号", "姓名", "性别", "年龄", "身份证号", "联系电话", "备注"],
    ]


def test_attachment_4_has_the_prescribed_heading_and_columns_and_our_foot(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    _write(Attachment4(_APPLICANT, _claim(26), "3f9a1c"), path)

    lines = _texts(path)
    header = "序号|姓名|性别|年龄|身份证号|联系电话|课程学时|完成学时|学员平台账号|密码|考核是否合格|备注"
    assert lines[:4] == [
        ["附件4"],
        ["攀枝花市线上职业技能培训补贴申报花名册"],
        [f"企业、培训机构（盖章）：{_APPLICANT}"],
        header.split("|"),
    ]
    assert lines[-2] == ["合计 26 人"]
    assert [text[:3] for text in lines[-1]] == ["填表人", "审核人", "日期："]


@pytest.mark.parametrize(("rows", "breaks"), [(1, []), (25, []), (26, [29]), (60, [29, 54])])
def test_25_lines_a_page_one_page_wide_under_a_repeated_heading(rows: int, breaks: list[int], tmp_path: Path) -> None:
    _write(Attachment2(_APPLICANT, _roster(rows), "3f9a1c"), tmp_path / "2.xlsx")
    _write(Attachment4(_APPLICANT, _claim(rows), "3f9a1c"), tmp_path / "4.xlsx")

    for name, width, height, foot_rows in (("2.xlsx", 160, 261, 0), ("4.xlsx", 257, 188, 2)):
        worksheet = _worksheet(tmp_path / name)

        assert (worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight) == (1, 0)
        assert worksheet.print_title_rows == "$1:$4"
        assert [mark.id for mark in worksheet.row_breaks.brk] == breaks
        assert worksheet.oddFooter.center.text == "第 &P 页 / 共 &N 页"
        assert worksheet.oddFooter.right.text == "版本 3f9a1c"
        widths = sum(dimension.width for dimension in worksheet.column_dimensions.values())
        assert widths * 7 / 96 * 25.4 == pytest.approx(width, abs=0.1)
        full_page = (*range(1, 5 + min(rows, 25)), *range(worksheet.max_row - foot_rows + 1, worksheet.max_row + 1))
        assert sum(worksheet.row_dimensions[row].height for row in full_page) * 25.4 / 72 <= height


def test_rosters_read_back_without_loss(tmp_path: Path) -> None:
    roster, claim = _roster(60), _claim(60)
    _write(Attachment2(_APPLICANT, roster, "3f9a1c"), tmp_path / "2.xlsx")
    _write(Attachment4(_APPLICANT, claim, "3f9a1c"), tmp_path / "4.xlsx")

    opened, claimed = read_roster(tmp_path / "2.xlsx"), read_roster(tmp_path / "4.xlsx")

    assert (opened.form, claimed.form) == (2, 4)
    for written, reading in ((roster, opened), (claim, claimed)):
        assert not reading.refused
        assert not reading.repairs
        assert [_fields_of(row, type(written[0])) for row in reading.rows] == [
            _fields_of(row, type(written[0])) for row in written
        ]


def test_no_text_becomes_a_command_and_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    rows = [
        ClaimLine(seq, name=text, phone=text, account=text, password=text, remark=text)
        for seq, text in enumerate(_COMMANDS, 1)
    ]
    _write(Attachment4("=HYPERLINK(1)", rows, "&G&D"), path)

    worksheet = _worksheet(path)
    for text, (_, name, *_unused) in zip(_COMMANDS, worksheet.iter_rows(min_row=5, max_row=15), strict=True):
        assert name.data_type == "s"
        assert name.value == text.replace("_x", "_x005F_x")
        assert name.number_format == "@"
    with ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert worksheet.oddFooter.right.text == "版本 &&G&&D"


def test_what_cannot_be_printed_is_replaced_visibly(tmp_path: Path) -> None:
    path = tmp_path / "controls.xlsx"
    _write(Attachment2("甲\x00乙\x1b[2J\u202e丙\ud800", [RosterLine(1, "\t=1\r+1\x85丁")], "v"), path)

    lines = _texts(path)
    assert lines[2] == ["企业、培训机构（盖章）：甲\ufffd乙\ufffd[2J\ufffd丙\ufffd"]
    assert lines[4][1] == " =1 +1 丁"


def test_the_same_paper_is_the_same_file(tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (first, second):
        _write(_filled_3(), path)

    assert first.read_bytes() == second.read_bytes()
    with ZipFile(first) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.touch(mode=0o644)
    _write(Attachment2(_APPLICANT, _roster(1), "v"), path)

    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读"), (errno.EIO, "请联系管理员")],
)
def test_a_disk_that_refuses_leaves_the_old_file_and_nothing_else(
    number: int, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(b"old")

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(PxtuiError, match=reason):
        _write(Attachment2(_APPLICANT, _roster(1), "v"), path)

    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("roster.xlsx", b"old")]


def test_a_missing_folder_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PxtuiError, match="文件夹不存在"):
        _write(Attachment2(_APPLICANT, _roster(1), "v"), tmp_path / "none" / "roster.xlsx")


def test_a_long_remark_is_set_smaller_then_gets_a_higher_row_then_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    rows = [RosterLine(seq, "李四", remark="长" * length) for seq, length in enumerate((4, 12, 120), 1)]
    _write(Attachment2(_APPLICANT, rows, "v"), path)

    worksheet = _worksheet(path)
    short, smaller, higher = (worksheet.cell(row, 7) for row in (5, 6, 7))
    heights = [worksheet.row_dimensions[row].height for row in (5, 6, 7)]
    assert short.font.size > smaller.font.size >= higher.font.size
    assert heights[0] == heights[1] < heights[2]
    assert higher.value == "长" * 120

    path.unlink()
    with pytest.raises(PxtuiError, match="共5000字"):
        _write(Attachment2(_APPLICANT, [RosterLine(1, "李四", remark="长" * 5000)], "v"), path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("paper", [Attachment1, Attachment3])
def test_every_text_given_stands_on_the_form(paper: Any, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    codes = {"kind", "size", "jurisdiction", "level", "route", "trainees", "approval_result", "objection", "version"}
    texts = {field.name: f"<{field.name}>" for field in fields(paper) if field.type is str and field.name not in codes}
    numbers = {
        field.name: field_number
        for field_number, field in enumerate(fields(paper), 70001)
        if "int" in str(field.type) or "Decimal" in str(field.type)
    }
    opinions = {
        field.name: Opinion(f"<{field.name}>", f"<{field.name}:officer>", date(2020, 3, 1))
        for field in fields(paper)
        if field.type is Opinion
    }
    _write(paper(version="v", **texts, **numbers, **opinions), path)

    shown = "\n".join(text for line in _texts(path) for text in line) + _worksheet(path).oddFooter.center.text
    for text in texts.values():
        assert text in shown
    for name, number in numbers.items():
        figure = f"{number // 100}.{number % 100:02}".rstrip("0") if name.endswith("fen") else str(number)
        assert figure in shown, name
    for opinion in opinions.values():
        assert opinion.text in shown
        assert opinion.officer in shown


def test_choices_are_ticked_and_blanks_stay_blank(tmp_path: Path) -> None:
    _write(
        Attachment1(version="v", size="medium", methods=frozenset({"live", "recorded"}), approval_result="approved"),
        tmp_path / "filled.xlsx",
    )
    _write(Attachment1(version="v"), tmp_path / "blank.xlsx")

    filled, blank = (
        "\n".join(text for line in _texts(tmp_path / name) for text in line) for name in ("filled.xlsx", "blank.xlsx")
    )
    for ticked in ("☑中型", "☑在线直播", "☑教学视频录播", "☑同意开班"):
        assert ticked in filled
    assert filled.count("☑") == 4
    assert "☑" not in blank
    assert "从业人员____人" in blank
    assert "None" not in blank
    with pytest.raises(PxtuiError, match="huge"):
        _write(Attachment1(version="v", size="huge"), tmp_path / "unknown.xlsx")


def test_attachment_3_states_amounts_in_figures_and_capitals_and_every_voucher(tmp_path: Path) -> None:
    path = tmp_path / "claim.xlsx"
    _write(_filled_3(), path)

    lines = _texts(path)
    assert ["申请补贴金额", "小写：￥21600.00　　大写：人民币贰万壹仟陆佰元整"] in lines
    assert ["051001900311", "12345678", "2020年4月3日", "恒力网校", "22200", "0017", "2020年4月5日"] in [
        line[-7:] for line in lines
    ]
    assert ["合计", "22200"] in lines


@pytest.mark.parametrize(("vouchers", "tall"), [(0, 0), (3, 0), (40, 2)])
def test_attachment_3_takes_two_pages_however_many_vouchers(vouchers: int, tall: int, tmp_path: Path) -> None:
    path = tmp_path / "claim.xlsx"
    _write(Attachment3(version="v", vouchers=[PaidInvoice(number="12345678")] * vouchers), path)

    worksheet = _worksheet(path)
    assert (worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight) == (1, tall)
    assert len(worksheet.row_breaks.brk) == 1
    decisions = worksheet.row_breaks.brk[0].id + 1
    assert worksheet.cell(decisions, 1).value == "申请单位意见"


def test_attachment_3_of_a_refused_claim_grants_nothing(tmp_path: Path) -> None:
    refused = Attachment3(version="v", is_refused=True, approval=Opinion("授课记录系编造", "王五", date(2020, 4, 20)))
    _write(refused, tmp_path / "refused.xlsx")
    shown = "\n".join(text for line in _texts(tmp_path / "refused.xlsx") for text in line)
    assert "不予补贴，理由：授课记录系编造" in shown
    assert "同意补贴" not in shown


def test_both_halves_of_a_receipt_for_eight_materials_are_on_one_page() -> None:
    facts = facts_of("material-receipt", "full")
    lines = [{**facts.tables["materials"][0], "seq": seq} for seq in range(1, 9)]
    content = workbook_of("material-receipt", replace(facts, tables={"materials": lines}))
    sheet: Any = load_workbook(BytesIO(content)).active
    assert sheet.row_breaks.brk == []
    heights = sum(dimension.height for dimension in sheet.row_dimensions.values()) * 25.4 / 72
    assert heights < 297 - (sheet.page_margins.top + sheet.page_margins.bottom) * 25.4


def test_a_faulty_edit_of_the_labels_is_named() -> None:
    words = Words("attachment-1.toml", {"fee": "人均{per_heads}元", "broken": "{"}, {})

    with pytest.raises(PxtuiError, match=r"attachment-1\.toml中没有“exam”"):
        words.label("exam")
    for key in ("fee", "broken"):
        with pytest.raises(PxtuiError, match=f"“{key}”的填写位置有误"):
            words.filled(key, per_head=1)
    with pytest.raises(PxtuiError, match="没有名为“attachment-9”的文书"):
        words_of("attachment-9")


def test_an_office_writes_its_own_words_over_ours(tmp_path: Path) -> None:
    (tmp_path / "attachment-1.toml").write_text('[labels]\ntitle = "培训申请表（东区）"\n', encoding="utf-8")
    _write(Attachment1(version="v"), tmp_path / "1.xlsx", words_of("attachment-1", tmp_path))
    assert [line[0] for line in _texts(tmp_path / "1.xlsx")[:2]] == ["附件1", "培训申请表（东区）"]
    (tmp_path / "attachment-1.toml").write_text("title = 培训", encoding="utf-8")
    with pytest.raises(PxtuiError, match=r"attachment-1\.toml”第1行第[0-9]+列写法有误"):
        words_of("attachment-1", tmp_path)


def _write(paper: _Attachment, path: Path, words: Words | None = None) -> None:
    if isinstance(paper, Attachment1):
        page = attachment_1.page(paper, words or words_of("attachment-1"))
    elif isinstance(paper, Attachment2):
        page = attachment_2.page(paper)
    elif isinstance(paper, Attachment3):
        page = attachment_3.page(paper, words or words_of("attachment-3"))
    else:
        page = attachment_4.page(paper)
    sheet_writer.write(page, path)


def _roster(rows: int) -> list[RosterLine]:
    return [
        RosterLine(
            seq,
            ("李四", "阿木约布", "欧阳𠮷祥", "买买提·艾山江")[seq % 4],
            "女" if seq % 2 else "男",
            34,
            _id_number(seq),
            f"138{seq:08}",
            "退役军人" if seq % 7 == 0 else "",
        )
        for seq in range(1, rows + 1)
    ]


def _claim(rows: int) -> list[ClaimLine]:
    return [
        ClaimLine(
            person.seq,
            person.name,
            person.sex,
            person.age,
            person.id_number,
            person.phone,
            course_hours=Decimal(40),
            completed_hours=Decimal("37.5") if person.seq % 3 else Decimal(40),
            account=f"hengli{person.seq:04}",
            password="Px0001" if person.seq % 5 == 0 else "",
            passed=(True, False, None)[person.seq % 3],
            remark=person.remark,
        )
        for person in _roster(rows)
    ]


def _id_number(seq: int) -> str:
    first_17 = f"5104021986{seq % 12 + 1:02}{seq % 28 + 1:02}{seq // 500:02}{seq % 2 or 2}"
    return first_17 + check_character(first_17)


def _filled_3() -> Attachment3:
    voucher = PaidInvoice(
        code="051001900311",
        number="12345678",
        issued_on=date(2020, 4, 3),
        seller="恒力网校",
        amount_fen=2_220_000,
        payment="0017",
        paid_on=date(2020, 4, 5),
    )
    return Attachment3(version="3f9a1c", applicant_name=_APPLICANT, claimed_fen=2_160_000, vouchers=(voucher,))


def _fields_of(row: Any, kind: Any) -> dict[str, object]:
    return {field.name: getattr(row, field.name) for field in fields(kind)}


def _worksheet(path: Path) -> Any:
    return load_workbook(path).active


def _texts(path: Path) -> list[list[str]]:
    """The cells that hold anything, row by row."""
    rows = _worksheet(path).iter_rows(values_only=True)
    return [[str(value) for value in row if value is not None] for row in rows]
