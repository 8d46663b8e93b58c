"""Attachment 2, the roster of those to be trained (notice 四(一), 附件2): title, line and columns as prescribed."""

from collections.abc import Sequence
from dataclasses import dataclass

from pxtui.papers.writing import sheet
from pxtui.papers.writing.sheet import LINE, MARK, TITLE, Cell, HeadedColumn, Page, Paper, SheetRow

_PAGE = Page(210, 297, side_margin=25, top_margin=18, bottom_margin=18)
_COLUMNS = (
    HeadedColumn("序号", 12, sheet.FIGURES),
    HeadedColumn("姓名", 32, sheet.TEXT),
    HeadedColumn("性别", 11, sheet.TEXT),
    HeadedColumn("年龄", 11, sheet.FIGURES),
    HeadedColumn("身份证号", 38, sheet.TEXT_FIGURES),
    HeadedColumn("联系电话", 26, sheet.TEXT_FIGURES),
    HeadedColumn("备注", 30, sheet.REMARK),
)


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person; None and empty texts stay blank."""

    seq: int
    name: str
    sex: str = ""
    age: int | None = None
    id_number: str = ""
    phone: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Attachment2:
    """Content of the paper."""

    applicant_name: str
    rows: Sequence[RosterLine]
    version: str
    """Short code of the state of the case that is printed."""
    case_number: str = ""
    """At the foot of every page."""


def page(paper: Attachment2) -> Paper:
    """The paper ready to be written, 25 lines a page."""
    columns = len(_COLUMNS)
    return sheet.table(
        name="附件2",
        page=_PAGE,
        columns=_COLUMNS,
        above=(
            SheetRow(7, (Cell("附件2", MARK, columns),)),
            SheetRow(15, (Cell("攀枝花市线上职业技能培训参训人员花名册", TITLE, columns),)),
            SheetRow(9, (Cell(f"企业、培训机构（盖章）：{paper.applicant_name}", LINE, columns),)),
        ),
        lines=((row.seq, row.name, row.sex, row.age, row.id_number, row.phone, row.remark) for row in paper.rows),
        version=paper.version,
        about=paper.case_number,
    )
