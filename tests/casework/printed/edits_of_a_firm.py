"""What a firm does to an Attachment 4 before it sends it back: one edit a name."""

import random
from collections.abc import Callable
from typing import Any

from openpyxl.utils import get_column_letter

from tests.casework.printed.test_review import many

HEADS = 7
FIRST = 5
"""Row of the sheet with the first person."""
HEADINGS = (
    *("序号", "姓名", "性别", "年龄", "身份证号", "联系电话"),
    *("课程学时", "完成学时", "学员平台账号", "密码", "考核是否合格", "备注"),
)
SECRET = "Mi-Ma-"
"""Every password begins so, and no sentence says it."""
STRANGERS = many(HEADS + 40)[HEADS:]

Edit = Callable[[Any, random.Random], None]


def last(sheet: Any) -> int:
    """The row of the last person that still stands there."""
    row = FIRST
    while sheet.cell(row + 1, 1).value and "合计" not in str(sheet.cell(row + 1, 1).value):
        row += 1
    return row


def a_row(sheet: Any, drawn: random.Random) -> int:
    return drawn.randint(FIRST, last(sheet))


def put(sheet: Any, row: int, heading: str, value: Any) -> None:
    """Write over a cell, merged or not."""
    column = HEADINGS.index(heading) + 1
    for area in [area for area in sheet.merged_cells.ranges if area.min_row <= row <= area.max_row]:
        sheet.unmerge_cells(str(area))
    sheet.cell(row, column).value = value


def cell_edit(heading: str, *values: Any) -> Edit:
    """Somebody's cell gets one of these values."""

    def edit(sheet: Any, drawn: random.Random) -> None:
        value = drawn.choice(values)
        put(sheet, a_row(sheet, drawn), heading, value(drawn) if callable(value) else value)

    return edit


def whole_rows(sheet: Any) -> list[list[Any]]:
    return [
        [sheet.cell(row, column).value for column in range(1, len(HEADINGS) + 1)]
        for row in range(FIRST, last(sheet) + 1)
    ]


def write_rows(sheet: Any, rows: list[list[Any]]) -> None:
    for area in list(sheet.merged_cells.ranges):
        if FIRST <= area.min_row <= last(sheet):
            sheet.unmerge_cells(str(area))
    for place, values in enumerate(rows):
        for column, value in enumerate(values, start=1):
            sheet.cell(FIRST + place, column).value = value


def ordered(change: Callable[[list[list[Any]], random.Random], Any]) -> Edit:
    """The rows in another order; `change` works in place."""

    def edit(sheet: Any, drawn: random.Random) -> None:
        rows = whole_rows(sheet)
        change(rows, drawn)
        write_rows(sheet, rows)

    return edit


def swap_cells(*headings: str) -> Edit:
    """Two people's cells change places."""

    def edit(sheet: Any, drawn: random.Random) -> None:
        if last(sheet) == FIRST:
            return
        one, other = drawn.sample(range(FIRST, last(sheet) + 1), 2)
        for heading in headings:
            column = HEADINGS.index(heading) + 1
            was = sheet.cell(one, column).value, sheet.cell(other, column).value
            put(sheet, one, heading, was[1])
            put(sheet, other, heading, was[0])

    return edit


def merge_down(heading: str) -> Edit:
    def edit(sheet: Any, drawn: random.Random) -> None:
        row, column = a_row(sheet, drawn), HEADINGS.index(heading) + 1
        if row < last(sheet):
            letter = get_column_letter(column)
            put(sheet, row, heading, sheet.cell(row, column).value)
            put(sheet, row + 1, heading, None)
            sheet.merge_cells(f"{letter}{row}:{letter}{row + 1}")

    return edit


def drop_row(sheet: Any, drawn: random.Random) -> None:
    if last(sheet) > FIRST + 1:
        write_rows(sheet, whole_rows(sheet))
        sheet.delete_rows(a_row(sheet, drawn))


def add_row(sheet: Any, drawn: random.Random) -> None:
    person = drawn.choice(STRANGERS)
    write_rows(sheet, whole_rows(sheet))
    row = a_row(sheet, drawn)
    sheet.insert_rows(row)
    values = (person.seq, person.name, "女", 30, person.id_number, person.phone, 40, 40, "neu", f"{SECRET}neu", "合格")
    for column, value in enumerate(values, start=1):
        sheet.cell(row, column).value = value


def twice(sheet: Any, drawn: random.Random) -> None:
    rows = whole_rows(sheet)
    values = drawn.choice(rows)
    sheet.insert_rows(FIRST)
    write_rows(sheet, [values, *rows])


def replaced(sheet: Any, drawn: random.Random) -> None:
    person, row = drawn.choice(STRANGERS), a_row(sheet, drawn)
    put(sheet, row, "姓名", person.name)
    put(sheet, row, "身份证号", person.id_number)


def hide_row(sheet: Any, drawn: random.Random) -> None:
    sheet.row_dimensions[a_row(sheet, drawn)].hidden = True


def hide_column(sheet: Any, drawn: random.Random) -> None:
    sheet.column_dimensions[get_column_letter(drawn.randint(1, len(HEADINGS)))].hidden = True


def blank_row(sheet: Any, _: random.Random) -> None:
    for heading in HEADINGS[1:]:
        put(sheet, last(sheet), heading, None)


def blank_column(*headings: str) -> Edit:
    def edit(sheet: Any, drawn: random.Random) -> None:
        heading = drawn.choice(headings)
        for row in range(FIRST, last(sheet) + 1):
            put(sheet, row, heading, None)

    return edit


def filtered(sheet: Any, drawn: random.Random) -> None:
    sheet.auto_filter.ref = f"A{FIRST - 1}:L{last(sheet)}"
    hide_row(sheet, drawn)


def typed_note(sheet: Any, _: random.Random) -> None:
    sheet.cell(last(sheet) + 3, 1).value = "以上人员信息已核对"


def other_format(sheet: Any, drawn: random.Random) -> None:
    sheet.cell(a_row(sheet, drawn), 8).number_format = "0"


def another_digit(drawn: random.Random) -> str:
    number = list(drawn.choice(many(HEADS)).id_number)
    place = drawn.randrange(6, 17)
    number[place] = str((int(number[place]) + drawn.randint(1, 9)) % 10)
    return "".join(number)


EDITS: dict[str, Edit] = {
    "another number of the row": cell_edit("序号", 99, 1, 2, "3"),
    "an unreadable number of the row": cell_edit("序号", "甲", None),
    "another name": cell_edit("姓名", "王小红", "欧阳·明", "学员1"),
    "a name with blanks": cell_edit("姓名", "学 员1", " 学员2 "),
    "another sex": cell_edit("性别", "男", "女"),
    "no sex": cell_edit("性别", None, "未知"),
    "another age": cell_edit("年龄", 36, "34岁", 17),
    "no age": cell_edit("年龄", None, "三十"),
    "a stranger's number": cell_edit("身份证号", lambda drawn: drawn.choice(STRANGERS).id_number),
    "a digit of a number": cell_edit("身份证号", another_digit),
    "a number with blanks": cell_edit("身份证号", "510402 1985 0101 0017"),
    "a number that lost digits": cell_edit("身份证号", 510402198501010000, "5.10402E+17"),
    "no number": cell_edit("身份证号", None),
    "another phone": cell_edit("联系电话", "13911112222", 13900000001, "0812-3333333"),
    "no phone": cell_edit("联系电话", None, "无"),
    "other hours of the course": cell_edit("课程学时", 48, "36", 40.5),
    "no hours of the course": cell_edit("课程学时", None, "全部"),
    "other hours learnt": cell_edit("完成学时", 40, "12.5", 0, "39课时"),
    "no hours learnt": cell_edit("完成学时", None, "约30", "#N/A"),
    "hours by a formula": cell_edit("完成学时", "=G5-1", "=SUM(G5:G6)"),
    "another account": cell_edit("学员平台账号", "zz99", 13811110000, "hl1"),
    "no account": cell_edit("学员平台账号", None, "1.23457E+17"),
    "an account by a formula": cell_edit("学员平台账号", '="hl"&A5'),
    "another password": cell_edit("密码", f"{SECRET}x", f" {SECRET}1 "),
    "no password": cell_edit("密码", None),
    "another result": cell_edit("考核是否合格", "不合格", "合格", "√"),
    "a score for a result": cell_edit("考核是否合格", "85分", None),
    "another remark": cell_edit("备注", "补考", "=1+1", None),
    "all accounts away": blank_column("学员平台账号", "备注", "联系电话"),
    "all results away": blank_column("考核是否合格", "完成学时", "密码"),
    "sorted by hours": ordered(lambda rows, _: rows.sort(key=lambda row: str(row[7]))),
    "sorted backwards": ordered(lambda rows, _: rows.reverse()),
    "shuffled": ordered(lambda rows, drawn: drawn.shuffle(rows)),
    "one moved to the end": ordered(lambda rows, _: rows.append(rows.pop(0))),
    "numbered anew": ordered(lambda rows, _: [row.__setitem__(0, at) for at, row in enumerate(rows, start=1)]),
    "names changed places": swap_cells("姓名"),
    "numbers changed places": swap_cells("身份证号"),
    "hours changed places": swap_cells("完成学时", "考核是否合格"),
    "accounts changed places": swap_cells("学员平台账号", "密码"),
    "phones merged": merge_down("联系电话"),
    "results merged": merge_down("考核是否合格"),
    "passwords merged": merge_down("密码"),
    "a row dropped": drop_row,
    "a row added": add_row,
    "a row twice": twice,
    "a person swapped": replaced,
    "the last row emptied": blank_row,
    "a row hidden": hide_row,
    "a column hidden": hide_column,
    "rows filtered out": filtered,
    "a note typed below": typed_note,
    "another format": other_format,
}
