"""Rosters as they come in: a header, three made-up people, and the ways in which they are sent."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl

from pxtui.papers.reading.rosters import RosterReading, read_pasted

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"

ZHANG, LI, WANG = "510402198601120017", "510411197311020044", "51040219780308490X"
HEADER = ("序号", "姓名", "性别", "年龄", "身份证号", "联系电话", "备注")
ZHANG_ROW = (1, "张三", "男", 34, ZHANG, "13800000001", "")

Row = Sequence[object]


def book(path: Path, **sheets: Sequence[Row]) -> Path:
    workbook = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def pasted(*rows: Row) -> RosterReading:
    return read_pasted("\n".join("\t".join(str(cell) for cell in row) for row in rows))


def names(reading: RosterReading) -> list[str]:
    return [row.name for row in reading.rows]
