"""Columns of a sheet and what they hold: by the words of its header, or by the prescribed order without one."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from pxtui.errors import Refused
from pxtui.identifiers.text import canonical
from pxtui.papers.reading.grid import Cell, cell_address, cell_text
from pxtui.papers.reading.roster_cells import looks_like_id_number, read_sex
from pxtui.papers.reading.roster_content import columns_by_content
from pxtui.papers.reading.roster_reading import Form, SheetColumn

_PERSON = ("seq", "name", "sex", "age", "id_number", "phone")
_LEARNING = ("course_hours", "completed_hours", "account", "password", "passed")
PRESCRIBED_ORDER: Mapping[Form, tuple[str, ...]] = {
    2: (*_PERSON, "remark"),
    4: (*_PERSON, *_LEARNING, "remark"),
}
"""Attachments 2 and 4 of 攀人社发〔2020〕33号, column by column."""

_SYNONYMS = {
    "seq": "序号 序 编号 顺序号 行号 号 NO 学员序号 人员序号",
    "name": "姓名 名字 学员 学员姓名 人员姓名 参训人员 参训人员姓名 培训人员姓名 职工姓名 员工姓名",
    "sex": "性别 男/女",
    "age": "年龄 周岁 实际年龄",
    "id_number": "身份证号 身份证号码 身份证 公民身份号码 公民身份证号 公民身份证号码 居民身份证号"
    " 居民身份证号码 证件号 证件号码 有效证件号码 身份证件号 身份证件号码 身份号码 证号",
    "phone": "联系电话 手机 手机号 手机号码 电话 电话号码 联系方式 移动电话 联系手机 联系电话号码 本人电话",
    "course_hours": "课程学时 总学时 应修学时 课程课时 总课时 应修课时 培训学时 培训课时 应学学时 规定学时 学时 课时",
    "completed_hours": "完成学时 已学学时 实际学时 完成课时 已学课时 实际课时 已完成学时 实际完成学时"
    " 实修学时 学习学时",
    "account": "学员平台账号 平台账号 账号 登录名 登录账号 学员账号 平台登录账号 用户名 平台用户名 学习账号",
    "password": "密码 登录密码 平台密码 学员平台密码 初始密码 账号密码",
    "passed": "考核是否合格 是否合格 考核结果 考核情况 考核结论 合格与否 是否通过 考核是否通过 考试结果 结业考核 考核",
    "remark": "备注 附注 备考 备注说明",
}
_MEANINGS = {
    "seq": "序号",
    "name": "姓名",
    "sex": "性别",
    "age": "年龄",
    "id_number": "身份证号",
    "phone": "联系电话",
    "course_hours": "课程学时",
    "completed_hours": "完成学时",
    "account": "学员平台账号",
    "password": "密码",
    "passed": "考核是否合格",
    "remark": "备注",
}
_FIELD_OF = {word: field for field, words in _SYNONYMS.items() for word in words.split()}

# For the words that nobody foresaw; asked in this order, and only for what no foreseen word has claimed.
_LIKENESSES = {
    "name": re.compile("姓名$"),
    "id_number": re.compile("^(?!.*(类型|种类|有效|日期|地址|复印)).*(身份证|身份号码|证件号|证件编号)"),
    "completed_hours": re.compile("(完成|已学|已修|实际|实学|实修).*(学时|课时)"),
    "course_hours": re.compile("(课程|总|应|规定|计划|培训|要求).*(学时|课时)"),
    "password": re.compile("密码$"),
    "account": re.compile("(平台|学员|学习|登录|登陆).*(账号|账户|用户名)"),
    "passed": re.compile("^(?!.*(证书|日期|成绩|分数)).*(合格|(考核|考试|结业|测试).*(结果|情况|通过|结论))"),
    "phone": re.compile("^(?!.*(紧急|家属|单位|公司|企业)).*(手机|电话|联系方式)"),
    "seq": re.compile("^序号|序号$"),
    "remark": re.compile("备注"),
}
_TITLE_ROWS = 100
"""A header stands within these; more rows than that above it are no title."""
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|〔.*?〕")
_DECORATION = "*#※:/·.、,_-"
_LONGEST_LABEL = 30
_LETTERS_BEHIND = re.compile("(?<=[\u4e00-\u9fff])[/A-Za-z.]+$")


@dataclass(frozen=True, slots=True)
class Header:
    """Places of the columns of a roster."""

    form: Form
    columns: Mapping[str, int]
    """Field (a name of `PRESCRIBED_ORDER`) to column, counted from 0; what the sheet lacks is missing."""
    first_row: int
    """The row below the header, counted from 0."""
    height: int = 0
    """Rows of the header; 0: there is none."""


def find_header(rows: Sequence[Sequence[Cell]]) -> Header | None:
    """The first header with a name and an ID number, else what the cells say of the columns, else None.

    Raises:
        PxtuiError: two rosters side by side, a header without one of the two columns that no roster can lack, or
            cells like persons' of which nobody can tell where the names stand.
    """
    top = rows[:_TITLE_ROWS]
    for index in range(len(top)):
        if header := header_at(top, index):
            return header
    for row in top:
        _refuse_half_a_header([_label(cell) for cell in row])
    return _prescribed(rows)


def header_at(rows: Sequence[Sequence[Cell]], index: int) -> Header | None:
    """The header that begins in row `index` (counted from 0) and takes one row or two.

    Raises:
        PxtuiError: two rosters stand side by side.
    """
    labels = [_label(cell) for cell in rows[index]]
    if not any(labels):
        return None
    fields, height = _fields(labels), 1
    if index + 1 < len(rows):
        joint = _fields_of_two_rows(labels, [_label(cell) for cell in rows[index + 1]])
        if len(joint) > len(fields):
            fields, height = joint, 2
    if not {"name", "id_number"} <= fields.keys():
        return None
    if all([_FIELD_OF.get(label) for label in labels].count(field) > 1 for field in ("name", "id_number")):
        raise Refused("表头里有两组“姓名”“身份证号”：请把并排的两份名单上下接成一份，再导入")
    form: Form = 4 if sum(field in fields for field in _LEARNING) > 1 else 2
    return Header(form, fields, index + height, height)


def sheet_columns(rows: Sequence[Sequence[Cell]], header: Header) -> tuple[SheetColumn, ...]:
    """Every column with a heading or content, and what it was taken for."""
    heads = rows[header.first_row - header.height : header.first_row]
    fields = {column: field for field, column in header.columns.items()}
    filled = {column for row in rows[header.first_row :] for column, cell in enumerate(row) if cell not in ("", None)}
    columns = []
    for column in range(max((*filled, *fields, *(len(row) - 1 for row in heads)), default=-1) + 1):
        texts = [cell_text(row[column]) if column < len(row) else "" for row in heads]
        heading = canonical("".join(texts))
        if heading or column in filled or column in fields:
            letter = cell_address(1, column + 1)[:-1]
            columns.append(SheetColumn(letter, heading, _MEANINGS.get(fields.get(column, ""), "")))
    return tuple(columns)


def is_label(text: str) -> bool:
    """Whether the text is a word that heads a column."""
    return (text if text.isalnum() else _label(text)) in _FIELD_OF


def _label(cell: Cell) -> str:
    """The cell's words without blanks, brackets and ornaments; empty for what is no header cell."""
    if not isinstance(cell, str) or not cell or len(cell) > _LONGEST_LABEL:
        return ""
    text = canonical(cell)
    label = (_IN_BRACKETS.sub("", text) or text).strip(_DECORATION).replace("帐", "账")
    return _LETTERS_BEHIND.sub("", label).upper()


def _fields(labels: Sequence[str]) -> dict[str, int]:
    fields: dict[str, int] = {}
    for column, label in enumerate(labels):
        if field := _FIELD_OF.get(label):
            fields.setdefault(field, column)
    claimed = {column for column, label in enumerate(labels) if label in _FIELD_OF}
    for field, likeness in _LIKENESSES.items():
        for column, label in enumerate(labels):
            if field not in fields and column not in claimed and label and likeness.search(label):
                fields[field] = column
                claimed.add(column)
    return fields


def _fields_of_two_rows(upper: Sequence[str], lower: Sequence[str]) -> dict[str, int]:
    """The fields of a header whose upper cells are divided below, as 学员平台 into 账号 and 密码."""
    below_a_title = {"name", "id_number"} <= _fields(lower).keys()
    if below_a_title or any(character.isdigit() for label in lower for character in label):
        return {}
    joint: list[str] = []
    spanning = ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        spanning = above or (spanning if below else "")
        words = (below, below + spanning, spanning + below) if below else (above,)
        joint.append(next((word for word in words if word in _FIELD_OF), words[-1]))
    return _fields(joint)


def _refuse_half_a_header(labels: Sequence[str]) -> None:
    exact = {_FIELD_OF[label] for label in labels if label in _FIELD_OF}
    for field, word in (("name", "姓名"), ("id_number", "身份证号")):
        if len(exact) > 3 and field not in _fields(labels):
            raise Refused(f"表头里没有“{word}”一列，请补上这一列再导入")


def _prescribed(rows: Sequence[Sequence[Cell]]) -> Header | None:
    people = [(row, column) for row in rows if (column := _id_column(row)) is not None]
    if not people:
        return None
    ((id_column, _),) = Counter(column for _, column in people).most_common(1)
    start = id_column - PRESCRIBED_ORDER[2].index("id_number")
    used = max(column for row, _ in people for column, cell in enumerate(row) if cell_text(cell).strip())
    form: Form = 4 if used - start > len(PRESCRIBED_ORDER[2]) else 2
    columns = {field: column for column, field in enumerate(PRESCRIBED_ORDER[form], start) if column >= 0}
    if "name" not in columns or sum(_fits(row, columns) for row, _ in people) * 2 < len(people):
        if by_content := columns_by_content([row for row, column in people if column == id_column], id_column):
            titles = takewhile(lambda row: sum(map(bool, row)) < 2, rows)
            return Header(2, by_content, len(list(titles)))
        raise Refused(
            "没有表头，各列也不是附件2、附件4的次序（序号、姓名、性别、年龄、身份证号……），认不出哪一列是姓名：请加上表头再导入"
        )
    return Header(form, columns, 0)


def _id_column(row: Sequence[Cell]) -> int | None:
    return next((column for column, cell in enumerate(row) if looks_like_id_number(cell_text(cell))), None)


def _fits(row: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    """Whether a name stands in the column of names and nothing but a sex, if anything, in that of sexes."""
    name, sex = (cell_text(row[columns[field]]).strip() for field in ("name", "sex"))
    return not any(character.isdigit() for character in name) and (not sex or read_sex(sex) is not None)
