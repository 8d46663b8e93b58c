"""Attachment 4, the roster of a claim (notice 四(二), 附件4): title and columns as prescribed, the foot ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pxtui.papers.writing import sheet
from pxtui.papers.writing.sheet import HEADER, LINE, MARK, TITLE, Cell, HeadedColumn, Page, Paper, SheetRow

_PAGE = Page(297, 210, side_margin=20, top_margin=10, bottom_margin=11)
_COLUMNS = (
    HeadedColumn("序号", 11, sheet.FIGURES),
    HeadedColumn("姓名", 30, sheet.TEXT),
    HeadedColumn("性别", 11, sheet.TEXT),
    HeadedColumn("年龄", 11, sheet.FIGURES),
    HeadedColumn("身份证号", 37, sheet.TEXT_FIGURES),
    HeadedColumn("联系电话", 26, sheet.TEXT_FIGURES),
    HeadedColumn("课程学时", 17, sheet.FIGURES),
    HeadedColumn("完成学时", 17, sheet.FIGURES),
    HeadedColumn("学员平台账号", 34, sheet.TEXT_FIGURES),
    HeadedColumn("密码", 21, sheet.TEXT_FIGURES),
    HeadedColumn("考核是否合格", 14.5, sheet.TEXT),
    HeadedColumn("备注", 27.5, sheet.REMARK),
)
_PASSED = {True: "合格", False: "不合格", None: ""}


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One person; None and empty texts stay blank, the password above all."""

    seq: int
    name: str
    sex: str = ""
    age: int | None = None
    id_number: str = ""
    phone: str = ""
    course_hours: Decimal | None = None
    completed_hours: Decimal | None = None
    account: str = ""
    password: str = ""
    passed: bool | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Attachment4:
    """Content of the paper."""

    applicant_name: str
    rows: Sequence[ClaimLine]
    version: str
    """Short code of the state of the case that is printed."""
    case_number: str = ""
    """At the foot of every page."""


def page(paper: Attachment4) -> Paper:
    """The paper ready to be written, 25 lines a page."""
    columns = len(_COLUMNS)
    return sheet.table(
        name="附件4",
        page=_PAGE,
        columns=_COLUMNS,
        above=(
            SheetRow(6, (Cell("附件4", MARK, columns),)),
            SheetRow(11, (Cell("攀枝花市线上职业技能培训补贴申报花名册", TITLE, columns),)),
            SheetRow(7, (Cell(f"企业、培训机构（盖章）：{paper.applicant_name}", LINE, columns),)),
        ),
        lines=map(_values, paper.rows),
        version=paper.version,
        about=paper.case_number,
        foot=(
            SheetRow(6, (Cell(f"合计 {len(paper.rows)} 人", HEADER, columns),)),
            SheetRow(
                8, (Cell("填表人：", LINE, 5), Cell("审核人：", LINE, 4), Cell("日期：　　　年　　月　　日", LINE, 3))
            ),
        ),
    )


def _values(row: ClaimLine) -> tuple[sheet.Value, ...]:
    return (
        row.seq,
        row.name,
        row.sex,
        row.age,
        row.id_number,
        row.phone,
        row.course_hours,
        row.completed_hours,
        row.account,
        row.password,
        _PASSED[row.passed],
        row.remark,
    )
