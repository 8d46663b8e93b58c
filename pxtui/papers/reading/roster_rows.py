"""The rows below a header: which of them are persons, and what they say."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TypeVar

from pxtui.identifiers.text import canonical
from pxtui.papers.reading.grid import Cell, Grid, cell_address, cell_text, printable
from pxtui.papers.reading.roster_cells import (
    has_lost_digits,
    looks_like_id_number,
    read_account,
    read_age,
    read_hours,
    read_id_number,
    read_name,
    read_password,
    read_phone,
    read_seq,
    read_sex,
    read_text,
    read_verdict,
)
from pxtui.papers.reading.roster_columns import Header, header_at, is_label, sheet_columns
from pxtui.papers.reading.roster_reading import Refusal, Repair, RosterReading, RosterRow

_DIGITS_LOST = "身份证号存成了数值，15位以后的数字已丢失，无法还原：请把该单元格改为文本格式，照身份证重新录入后再导入"
_NOBODY = "有性别、年龄或电话等内容，却没有姓名和身份证号：请补上姓名和身份证号，或删去这一行后再导入"

# All compared with `canonical` text: half-width, without blanks.
_EXAMPLE = re.compile("(填写)?(示例|样例|范例|例)[:0-9]*")
_NOTE = re.compile("(备?注|附注|(填表|填报|填写|编制)?说明|注意(事项)?|要求)([:0-9.、(]|$)")
_TOTAL = re.compile("合计|总计|共计|小计|累计|以下(空白|无)|本页|第[0-9]+页|共[0-9]+[人页名]")
_SIGNATURE = re.compile(
    ".*((填表|制表|填报|审核|复核|经办|负责|联系|统计|录入|校对|核对|审批|申报)人|(填表|制表|填报|申报)(日期|时间|单位)"
    "|盖章|公章|签章|签字|签名|法定代表)|日期|[0-9]{0,4}年[0-9]{0,2}月"
)
_CAPTION = re.compile(r"[^:\d]{2,20}:")
_NAME_LIKE = re.compile("[\u3400-\u9fff]{2,6}|[\u3400-\u9fff]+(·[\u3400-\u9fff]+)+|[A-Za-z .·'-]{2,40}")
_SHORT_WORDS = re.compile(r"[^\d/,，。;；:：]{2,10}")
_PHONE_LIKE = re.compile("[0-9]{7,12}")
_FEWEST_DIGITS_OF_AN_ID_NUMBER = 6
_WORKING_AGES = range(14, 100)

_Value = TypeVar("_Value")


class _Kind(Enum):
    PERSON = auto()
    UNNAMED = auto()
    """Like a person's, but without name and ID number."""
    NOTE = auto()
    """The beginning of notes: plain words below it are no names."""
    OTHER = auto()


@dataclass(slots=True)
class _Block:
    """The rows under one header, read column by column: ten thousand rows are one call a column."""

    columns: Mapping[str, int]
    numbers: list[int] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    def texts(self, name: str) -> list[str]:
        column = self.columns.get(name)
        return [""] * len(self.lines) if column is None else [line[column] for line in self.lines]

    def read(self, name: str, reader: Callable[[str], _Value]) -> list[_Value]:
        """Value of the column; what is put right on the way goes to `repairs`."""
        texts = self.texts(name)
        values = [reader(text) for text in texts]
        self.repairs += (
            Repair(number, self.address(number, name), printable(was), now)
            for number, was, value in zip(self.numbers, texts, values, strict=True)
            if value is not was and (now := _as_text(value, was)) != was
        )
        return values

    def address(self, number: int, name: str) -> str:
        return cell_address(number, self.columns[name] + 1)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row that is somebody's."""

    block: _Block
    number: int
    seq_text: str
    person: RosterRow
    """`seq` is 0 where the sheet states none."""
    kind: _Kind


def read_rows(grid: Grid, header: Header) -> RosterReading:
    """Every person below the header; blank rows, repeated headers, examples, notes and totals are passed over.

    A row keeps the number that the sheet gives it. Where that is missing or unreadable it takes the number after
    the row above, if no other row has it; else, and where an earlier row has its own, the one after the largest.
    """
    rows: list[RosterRow] = []
    refused: list[Refusal] = []
    repairs: list[Repair] = []
    taken: set[int] = set()
    blocks = list(_blocks(grid.rows, header))
    entries = list(_entries(blocks))
    for entry, seq in zip(entries, _numbers([entry.person.seq for entry in entries]), strict=True):
        number, person, address = entry.number, entry.person, entry.block.address
        if entry.kind is _Kind.UNNAMED:
            refused.append(Refusal(grid.sheet, number, address(number, "name"), seq, _NOBODY))
        elif has_lost_digits(person.id_number):
            refused.append(Refusal(grid.sheet, number, address(number, "id_number"), seq, _DIGITS_LOST))
        else:
            if "seq" in entry.block.columns and entry.seq_text != str(seq):
                repairs.append(Repair(number, address(number, "seq"), printable(entry.seq_text), str(seq)))
            rows.append(person if person.seq == seq else replace(person, seq=seq))
            taken.add(number)
    repairs += (repair for block in blocks for repair in block.repairs if repair.row in taken)
    repairs.sort(key=lambda repair: repair.row)
    columns = sheet_columns(grid.rows, header)
    return RosterReading(header.form, grid.sheet, tuple(rows), tuple(refused), tuple(repairs), columns)


def _blocks(rows: Sequence[Sequence[Cell]], header: Header) -> Iterator[_Block]:
    """The rows with any content under each header: at the top of every page of some rosters it stands again."""
    block = _Block(header.columns)
    width = max(header.columns.values()) + 1
    for index, row in enumerate(rows):
        if index < header.first_row or not any(row):
            continue
        line = [cell if isinstance(cell, str) else cell_text(cell) for cell in row]
        line += [""] * (width - len(line))
        if is_label(line[header.columns["name"]]) and (again := header_at(rows, index)):
            yield block
            header = again
            block = _Block(header.columns)
            width = max(header.columns.values()) + 1
        else:
            block.numbers.append(index + 1)
            block.lines.append(line)
    yield block


def _entries(blocks: Sequence[_Block]) -> Iterator[_Entry]:
    in_notes = False
    for block in blocks:
        seqs = block.texts("seq")
        for number, line, seq, person in zip(block.numbers, block.lines, seqs, _people(block), strict=True):
            kind = _kind(line, block.columns, person, in_notes=in_notes)
            in_notes = in_notes or kind is _Kind.NOTE
            if kind in (_Kind.PERSON, _Kind.UNNAMED):
                yield _Entry(block, number, seq, person, kind)


def _people(block: _Block) -> Iterator[RosterRow]:
    return map(
        RosterRow,
        (read_seq(text) or 0 for text in block.texts("seq")),
        block.read("name", read_name),
        block.read("sex", read_sex),
        block.read("age", read_age),
        block.read("id_number", read_id_number),
        block.read("phone", read_phone),
        block.read("remark", read_text),
        block.read("course_hours", read_hours),
        block.read("completed_hours", read_hours),
        block.read("account", read_account),
        block.read("password", read_password),
        block.read("passed", read_verdict),
    )


def _as_text(value: object, was: str) -> str:
    """Text of the value as the cell has it if nothing was put right; a verdict is the same in any of its words."""
    if isinstance(value, bool):
        return was
    return "" if value is None else str(value)


def _kind(line: Sequence[str], columns: Mapping[str, int], person: RosterRow, *, in_notes: bool) -> _Kind:
    if looks_like_id_number(person.id_number):
        return _Kind.OTHER if not person.seq and _is_example(line) else _Kind.PERSON
    if foot := _kind_below_the_table(line, columns.get("remark"), person):
        return foot
    human = person.sex is not None or _PHONE_LIKE.fullmatch(person.phone) is not None
    if not person.name and not person.id_number:
        # A template's numbers and filled-down formulas stand there before anybody is entered.
        human = human or (person.seq > 0 and (person.age in _WORKING_AGES or person.account != ""))
        return _Kind.UNNAMED if human else _Kind.OTHER
    if human or sum(map(str.isdigit, person.id_number)) >= _FEWEST_DIGITS_OF_AN_ID_NUMBER:
        return _Kind.PERSON
    like_a_name = _SHORT_WORDS if person.seq else _NAME_LIKE
    return _Kind.PERSON if not in_notes and like_a_name.fullmatch(person.name) else _Kind.OTHER


def _is_example(line: Sequence[str]) -> bool:
    return any(_EXAMPLE.fullmatch(canonical(text)) for text in line)


def _kind_below_the_table(line: Sequence[str], remark: int | None, person: RosterRow) -> _Kind | None:
    """NOTE or OTHER for what stands below a table (remarks are free to use its words); None for everything else."""
    words = [canonical(text) for column, text in enumerate(line) if column != remark]
    heads = [next(filter(None, words), ""), canonical(person.name)]
    if any(map(_NOTE.match, heads)):
        return _Kind.NOTE
    if any(map(_TOTAL.match, heads)) or is_label(person.name) or _is_example(words):
        return _Kind.OTHER
    signed = any(map(_SIGNATURE.match, heads)) or (not person.seq and any(map(_CAPTION.match, words)))
    return _Kind.OTHER if signed and person.sex is None else None


def _numbers(stated: Sequence[int]) -> list[int]:
    """The numbers that the rows bear, each once; see `read_rows`."""
    reserved = set(stated)
    given: set[int] = set()
    numbers: list[int] = []
    largest, number = max(stated, default=0), 0
    for seq in stated:
        number += 1
        if seq and seq not in given:
            number = seq
        elif seq or number in reserved or number in given:
            number = largest + 1
        largest = max(largest, number)
        given.add(number)
        numbers.append(number)
    return numbers
