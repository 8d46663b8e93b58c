"""个人信息查阅单: all that the register keeps of one person, and who looked at it (PIPL article 45)."""

from collections.abc import Iterable
from dataclasses import dataclass

from pxtui.papers.writing import sheet
from pxtui.papers.writing.sheet import LINE, NOTE, TITLE, VALUE, Cell, HeadedColumn, Page, Paper, SheetRow

_PAGE = Page(210, 297, 15, 15, 15)
_COLUMNS = (HeadedColumn("类别", 30, VALUE), HeadedColumn("内容", 108, VALUE), HeadedColumn("来源、时间", 42, VALUE))
_NOTE = "认为有误的，可以向本部门要求更正；到期的信息按规定删去，删去的不再列出。"


@dataclass(frozen=True, slots=True)
class ExtractLine:
    """One thing that is kept."""

    kind: str
    content: str
    source: str


def page(who: str, office: str, issued: str, lines: Iterable[ExtractLine], version: str) -> Paper:
    """The paper ready to be written.

    Args:
        who: name and ID number, in full: it is handed to that person alone.
        issued: the day, as it is printed.
    """
    return sheet.letter(
        name="个人信息查阅单",
        page=_PAGE,
        widths=tuple(column.width for column in _COLUMNS),
        lead=(
            SheetRow(15, (Cell("个人信息查阅单", TITLE, len(_COLUMNS)),)),
            SheetRow(9, (Cell(who, LINE, len(_COLUMNS)),)),
            SheetRow(9, (Cell(f"{office}  {issued}", LINE, len(_COLUMNS)),)),
        ),
        head=(SheetRow(9, tuple(Cell(column.header, sheet.HEADER) for column in _COLUMNS)),),
        looks=tuple(column.look for column in _COLUMNS),
        lines=((line.kind, line.content, line.source) for line in lines),
        foot=(SheetRow(9, (Cell(_NOTE, NOTE, len(_COLUMNS)),)),),
        version=version,
        issued=issued,
    )
