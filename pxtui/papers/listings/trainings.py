"""Lists of trainings for others: of the classes of a register, and of the offline procedure for the province.

Their headings are those by which such a list is read (`pxtui.papers.reading.earlier_trainings`).
"""

from collections.abc import Iterable, Sequence

from pxtui.papers.writing import sheet
from pxtui.papers.writing.sheet import LINE, NOTE, TEXT, TITLE, VALUE, Cell, HeadedColumn, Page, Paper, SheetRow

_PAGE = Page(297, 210, 12, 12, 12)
REGISTER = (
    HeadedColumn("姓名", 20, VALUE),
    HeadedColumn("身份证号", 42, TEXT),
    HeadedColumn("单位", 52, VALUE),
    HeadedColumn("职业（工种）", 34, VALUE),
    HeadedColumn("等级", 16, VALUE),
    HeadedColumn("开始日期", 23, VALUE),
    HeadedColumn("结束日期", 23, VALUE),
    HeadedColumn("方式", 12, VALUE),
    HeadedColumn("是否补贴", 12, VALUE),
    HeadedColumn("是否已拨付", 12, VALUE),
    HeadedColumn("备案编号", 27, VALUE),
)
OFFLINE = (
    HeadedColumn("姓名", 20, VALUE),
    HeadedColumn("身份证号", 42, TEXT),
    HeadedColumn("单位", 44, VALUE),
    HeadedColumn("职业（工种）", 28, VALUE),
    HeadedColumn("等级", 16, VALUE),
    HeadedColumn("开始日期", 23, VALUE),
    HeadedColumn("结束日期", 23, VALUE),
    HeadedColumn("线上学时", 13, VALUE),
    HeadedColumn("线下学时", 13, VALUE),
    HeadedColumn("是否合格", 10, VALUE),
    HeadedColumn("补贴金额", 17, VALUE),
    HeadedColumn("拨付日期", 24, VALUE),
)


def page(
    title: str,
    about: str,
    columns: Sequence[HeadedColumn],
    lines: Iterable[Sequence[str]],
    note: str,
    version: str,
    issued: str,
) -> Paper:
    """The list ready to be written.

    Args:
        about: the office and the day, below the title.
        note: what the numbers are and where the list ends, in Chinese.
    """
    return sheet.letter(
        name=title,
        page=_PAGE,
        widths=tuple(column.width for column in columns),
        lead=(
            SheetRow(15, (Cell(title, TITLE, len(columns)),)),
            SheetRow(9, (Cell(about, LINE, len(columns)),)),
        ),
        head=(SheetRow(12, tuple(Cell(column.header, sheet.HEADER) for column in columns)),),
        looks=tuple(column.look for column in columns),
        lines=(tuple(line) for line in lines),
        foot=(SheetRow(9, (Cell(note, NOTE, len(columns)),)),),
        version=version,
        issued=issued,
    )
