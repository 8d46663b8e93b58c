"""Which rows of a roster are persons, which are refused and why, and what the others are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pxtui.identifiers.text import canonical
from pxtui.papers.reading.roster_cells import (
    has_letters,
    holds_id_number,
    lacks_digits,
    looks_like_id_number,
    private_characters,
    read_sex,
)
from pxtui.papers.reading.roster_reading import RosterRow, RowKind
from pxtui.papers.reading.roster_words import is_label

DIGITS_LOST = "身份证号存成了数值，15位以后的数字已丢失，无法还原：请把该单元格改为文本格式，照身份证重新录入后再导入"
_NOBODY = "有性别、年龄或电话等内容，却没有姓名和身份证号：请补上姓名和身份证号，或删去这一行后再导入"
_NAMELESS = "没有姓名（单元格是空的、没有结果的公式或不是姓名）：请补上姓名后再导入"
MISPLACED = "这一行里有像身份证号的数字，却不在身份证号一列（错位、没有分列或整行在一格里）：请对齐各列后再导入"
_EXAMPLE_ROW = "这一行标明是示例，没有当作人员：请删去这一行；确是参训人员的，删去“示例”字样后再导入"
_CROWDED = "身份证号一格里还有别的内容（另一个号码、姓名或括号里的字）：请只留这一人的号码后再导入"
GLUED = "这一行里还有另一个像身份证号的数字，在没有表头的列里，像是两个人接成了一行：请分成两行后再导入"
GLUED_LINES = "没有表头的列里还有一整行内容，像是两行接成了一行：请分成两行后再导入"
ABOVE_THE_HEADER = "表头上方的这一行里有像身份证号的数字：请把参训人员都放到表头下面再导入"
UNKNOWN = "认不出这一行是什么：是参训人员的，请补齐姓名和身份证号；不是的，请删去后再导入"

# All compared with `canonical` text: half-width, without blanks.
_EXAMPLE = re.compile("(填写)?(示例|样例|范例|例)[:0-9]*")
_EXAMPLE_REMARK = re.compile(
    "(此|本|该|这)?(一)?(行|条)?(仅)?(为|是|系)?(填写|填表)?(示例|样例|范例)(行|数据)?[,.。!]?(.*删除?.*)?"
)
_EXAMPLE_NAME = re.compile(r"[\[(【〔](填写)?(示例|样例|范例|例)[\])】〕]|^(示例|样例|范例):|(示例|样例|范例)$")
_NOTE = re.compile("(备?注|附注|(填表|填报|填写|编制)?说明|注意(事项)?|要求)([:0-9.、(]|$)")
_TOTAL = re.compile("合计|总计|共计|小计|累计|总时长|以下(空白|无)|本页|第[0-9]+页|共[0-9]+[人页名]")
_SIGNATURE = re.compile(
    ".*((填表|制表|填报|审核|复核|经办|负责|联系|统计|录入|校对|核对|审批|申报)人|(填表|制表|填报|申报)(日期|时间|单位)"
    "|盖章|公章|签章|签字|签名|法定代表)|日期|[0-9]{0,4}年[0-9]{0,2}月"
)
_CAPTION = re.compile(r"[^:\d]{2,20}:")
_RULE = re.compile(
    "男/女|男或女|必填|选填|可不填|数字|周岁|文本(格式)?|[0-9]+位.*|.*(格式|一致|要求|填写|请填|如:|例如).*"
)
_NAME_LIKE = re.compile("[\u3400-\u9fff]{2,6}|[\u3400-\u9fff]+(·[\u3400-\u9fff]+)+|[A-Za-z .·'-]{2,40}")
_SHORT_WORDS = re.compile(r"[^\d/,，。;；:：]{2,10}")
_PHONE_LIKE = re.compile("[0-9]{7,12}")
_MANY_DIGITS = re.compile("[0-9]{5}")
_FEWEST_DIGITS_OF_AN_ID_NUMBER = 6
_FEWEST_COLUMN_NUMBERS = 4
_FEWEST_RULES = 2
_WORKING_AGES = range(14, 100)
_MADE_BEFOREHAND = frozenset({"seq", "sex", "age", "course_hours", "completed_hours"})
"""A template's numbers and filled-down formulas stand there before anybody is entered."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Why a row is refused, and where to look."""

    reason: str
    column: int
    """Counted from 0."""


def kind_of(
    line: Sequence[str], columns: Mapping[str, int], person: RosterRow, *, in_notes: bool
) -> RefusedRow | RowKind | None:
    """What a row with content is; None: a person, who is taken over.

    Args:
        line: all texts of the row.
        person: what was read of them; its `seq` is 0 where the sheet states none.
        in_notes: notes began above: plain words are no names any more.
    """
    if looks_like_id_number(person.id_number):
        if _is_example(line, columns, person):
            return RefusedRow(_EXAMPLE_ROW, columns["name"])
        return _fault_of(columns, person)
    for column, text in enumerate(line):
        if holds_id_number(text):
            return RefusedRow(_CROWDED if column == columns["id_number"] else MISPLACED, column)
    if not any(character.isalnum() for text in line for character in text):
        return RowKind.RULED_LINE
    if kind := _kind_below_the_table(line, columns, person):
        return kind
    return _kind_without_id_number(line, columns, person, in_notes=in_notes)


def begins_notes(line: Sequence[str]) -> bool:
    """Whether notes begin in this row; the name of a department or shift, which stands alone as well, begins none."""
    return kind_by_first_word([next(filter(None, map(canonical, line)), "")]) is RowKind.NOTE


def kind_by_first_word(words: Sequence[str]) -> RowKind | None:
    """What stands below any table, by canonical words that begin a row: a note, a total, a line to sign."""
    for kind, pattern in ((RowKind.NOTE, _NOTE), (RowKind.TOTAL, _TOTAL), (RowKind.SIGNATURE, _SIGNATURE)):
        if any(map(pattern.match, words)):
            return kind
    return None


def _fault_of(columns: Mapping[str, int], person: RosterRow) -> RefusedRow | None:
    """Why somebody's row cannot be taken over."""
    if lacks_digits(person.id_number):
        return RefusedRow(DIGITS_LOST, columns["id_number"])
    if not has_letters(person.name) or read_sex(person.name) is not None:
        return RefusedRow(_NAMELESS, columns["name"])
    if _MANY_DIGITS.search(person.name):
        return RefusedRow(MISPLACED, columns["name"])
    for field, text in (("name", person.name), ("id_number", person.id_number)):
        if spelt := private_characters(text):
            return RefusedRow(f"有自造字（{spelt}），换一台电脑就不是这个字：请改成标准汉字后再导入", columns[field])
    return None


def _kind_without_id_number(
    line: Sequence[str], columns: Mapping[str, int], person: RosterRow, *, in_notes: bool
) -> RefusedRow | RowKind | None:
    human = person.sex is not None or _PHONE_LIKE.fullmatch(person.phone) is not None
    filled = [text for text in line if text.strip()]
    stands_alone = len(filled) == 1 and has_letters(filled[0])
    if not person.name and not person.id_number:
        if human or (person.seq and (person.age in _WORKING_AGES or person.account)):
            return RefusedRow(_NOBODY, columns["name"])
        if _is_made_beforehand(line, columns, person):
            return RowKind.NUMBERED
        return RowKind.NOTE if in_notes or stands_alone else RefusedRow(UNKNOWN, columns["name"])
    if human or sum(map(str.isdigit, person.id_number)) >= _FEWEST_DIGITS_OF_AN_ID_NUMBER:
        return _fault_of(columns, person)
    like_a_name = _SHORT_WORDS if person.seq else _NAME_LIKE
    if not in_notes and like_a_name.fullmatch(person.name):
        return _fault_of(columns, person)
    return RowKind.NOTE if in_notes or stands_alone else RefusedRow(UNKNOWN, columns["name"])


def _is_made_beforehand(line: Sequence[str], columns: Mapping[str, int], person: RosterRow) -> bool:
    if "seq" in columns and line[columns["seq"]].strip() and not person.seq:
        return False
    allowed = {columns[field] for field in _MADE_BEFOREHAND & columns.keys()}
    return all(column in allowed for column, text in enumerate(line) if text.strip())


def _is_example(line: Sequence[str], columns: Mapping[str, int], person: RosterRow) -> bool:
    remark, name = columns.get("remark"), canonical(line[columns["name"]])
    words = [canonical(text) for column, text in enumerate(line) if column != remark]
    if any(map(_EXAMPLE.fullmatch, words)) and not person.seq:
        return True
    said = remark is not None and _EXAMPLE_REMARK.fullmatch(canonical(line[remark])) is not None
    return said or _EXAMPLE_NAME.search(name) is not None


def _kind_below_the_table(line: Sequence[str], columns: Mapping[str, int], person: RosterRow) -> RowKind | None:
    """What stands below a table or explains it (remarks are free to use its words); None for everything else."""
    words = [canonical(text) for column, text in enumerate(line) if column != columns.get("remark")]
    said = [word for word in words if word]
    heads = [next(iter(said), ""), canonical(person.name)]
    if (kind := kind_by_first_word(heads)) in (RowKind.NOTE, RowKind.TOTAL):
        return kind
    if is_label(person.name) or _numbers_columns(said):
        return RowKind.HEADER
    if _is_example(line, columns, person):
        return RowKind.EXAMPLE
    if _is_rule(said, columns, line):
        return RowKind.RULE
    captioned = not person.seq and not _is_name(person.name) and any(map(_CAPTION.match, words))
    signed = kind is RowKind.SIGNATURE or captioned
    return RowKind.SIGNATURE if signed and person.sex is None else None


def _is_name(text: str) -> bool:
    return _NAME_LIKE.fullmatch(text) is not None


def _numbers_columns(words: Sequence[str]) -> bool:
    """Whether the row numbers the columns: 1, 2, 3, 4 below the header."""
    return len(words) >= _FEWEST_COLUMN_NUMBERS and list(words) == [str(number + 1) for number in range(len(words))]


def _is_rule(words: Sequence[str], columns: Mapping[str, int], line: Sequence[str]) -> bool:
    """Whether the row says how each column is to be filled in."""
    rules = sum(_RULE.fullmatch(word) is not None for word in words)
    number = canonical(line[columns["id_number"]])
    return rules >= _FEWEST_RULES and rules * 2 >= len(words) and (not number or _RULE.fullmatch(number) is not None)
