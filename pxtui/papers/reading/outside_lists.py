"""Lists from other offices as they come: a workbook, or a text of a million lines that is read line by line.

A line from which nobody can be told is told with its number; it is never taken for somebody who is not in the list.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pxtui.errors import Refused
from pxtui.file_content import content_of
from pxtui.identifiers import credit_code, id_number
from pxtui.identifiers.credit_code import InvalidCreditCode
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.papers.reading.delimited import DELIMITERS
from pxtui.papers.reading.grid import cell_address, cell_text, printable, read_table
from pxtui.papers.reading.listing import Unreadable, day_in
from pxtui.papers.reading.roster_cells import holds_id_number, read_id_number
from pxtui.progress import Watch

MOST_BYTES = 256 * 2**20
_LONGEST_LINE = 8_000
_LOOKED_AT_LINES = 20
"""Title lines may stand above the header."""
_WATCHED_LINES = 2_000
_CHUNK = 2**20
_DIFFERENT_DAYS = 20_000
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_MARK = b"\xef\xbb\xbf"
_PLAIN = re.compile("[0-9]{17}[0-9X]")
_MONTH = re.compile("([0-9]{4})[-/.年]?([0-9]{1,2})月?")
_FOOT = re.compile("合计|总计|小计|备注|说明|制表|填表|审核|注[:：]")

ID_NUMBER, CODE, UNIT, SINCE = "id_number", "code", "unit", "since"
LABELS = {ID_NUMBER: "身份证号", CODE: "统一社会信用代码", UNIT: "单位", SINCE: "日期"}
_SYNONYMS = {
    ID_NUMBER: "身份证号 身份证号码 公民身份号码 公民身份证号码 证件号码 证件号 身份证 社会保障号 社会保障号码 "
    "个人身份证号",
    CODE: "统一社会信用代码 社会信用代码 信用代码 统一信用代码 单位代码 单位信用代码",
    UNIT: "单位 单位名称 参保单位 参保单位名称 工作单位 所在单位 学校 学校名称 就读学校 企业名称 企业 名称 主体名称",
    SINCE: "日期 开始日期 起始日期 领取日期 待遇开始日期 待遇领取日期 领取待遇日期 首次领取日期 退休日期 死亡日期 "
    "死亡时间 注销日期 吊销日期 入学日期 入编日期 参加工作日期 参保日期",
}
_FIELD_OF = {word: field for field, words in _SYNONYMS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A line from which a person or an enterprise can be told."""

    line: int
    number: str
    """A person's, canonical with its century; of an enterprise empty."""
    code: str
    """A credit code, canonical; empty: none is told."""
    unit: str
    """The employer or school of a person, or the name of the enterprise itself, as it stands."""
    since: date | None


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line from which nobody can be told."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class OutsideFile:
    """A file whose lines are read as they are asked for."""

    digest: str
    """SHA-256, hexadecimal."""
    columns: tuple[str, ...]
    """Which column was taken for what, in Chinese: 身份证号（B列“证件号码”）."""
    rows: Iterator[OutsideRow | UnreadLine]


_Cells = tuple[int, Sequence[str]]
"""The number of a line and its cells."""


def open_list(path: Path, *, of_firms: bool, watch: Watch | None = None) -> OutsideFile:
    """Find the columns of a list (.csv and other texts of any length; .xlsx, .xls, .ods up to 20,000 rows).

    Args:
        of_firms: its lines are enterprises, else people.

    Raises:
        PxtuiError: no such file, no table, or no column by which anybody could be found.
        Cancelled: `watch` says so; while rows are read as well.
    """
    watch = watch or Watch()
    name = printable(path.name)
    data = content_of(path, MOST_BYTES, f"“{name}”超过{MOST_BYTES // 2**20}MB，请分成几份再导入。")
    if not data:
        raise Refused(f"“{name}”是空文件，请重新取得后再导入。")
    lines = _of_workbook(path, watch) if data.startswith((*_WORKBOOKS, *_WIDE)) else _of_text(data, name, watch)
    head: list[_Cells] = []
    columns: dict[str, int] | None = None
    for cells in lines:
        head.append(cells)
        if (columns := _header(cells[1], of_firms=of_firms)) is not None or len(head) == _LOOKED_AT_LINES:
            break
    if columns is None:
        return _without_header(sha256(data).hexdigest(), head, lines, of_firms=of_firms)
    titles = head[-1][1]
    told = tuple(
        f"{LABELS[field]}（{_letter(place)}列“{canonical(titles[place])}”）" for field, place in columns.items()
    )
    read = _firm if of_firms else _person
    return OutsideFile(sha256(data).hexdigest(), told, _rows(lines, columns, read))


def _without_header(digest: str, head: Sequence[_Cells], rest: Iterator[_Cells], *, of_firms: bool) -> OutsideFile:
    """A bare list of numbers: the first column that holds one in the first line that says anything."""
    first = next((cells for _, cells in head if any(map(str.strip, cells))), ())
    place = next((place for place, text in enumerate(first) if holds_id_number(text)), None)
    if of_firms or place is None:
        needed = f"{LABELS[CODE]}或企业名称" if of_firms else LABELS[ID_NUMBER]
        raise Refused(f"没有找到表头，请在第一行写明“{needed}”，可有单位、日期，再导入。")

    def lines() -> Iterator[_Cells]:
        yield from head
        yield from rest

    return OutsideFile(
        digest, (f"{LABELS[ID_NUMBER]}（{_letter(place)}列，没有表头）",), _rows(lines(), {ID_NUMBER: place}, _person)
    )


def _header(cells: Sequence[str], *, of_firms: bool) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for place, text in enumerate(cells):
        if (field := _FIELD_OF.get(canonical(text))) is not None:
            found.setdefault(field, place)
    if of_firms:
        return found if found.keys() & {CODE, UNIT} else None
    return found if ID_NUMBER in found else None


def _rows(
    lines: Iterator[_Cells], columns: Mapping[str, int], read: Callable[[int, Mapping[str, str]], OutsideRow]
) -> Iterator[OutsideRow | UnreadLine]:
    fields = list(columns.items())
    for line, cells in lines:
        texts = {field: cells[place].strip() if place < len(cells) else "" for field, place in fields}
        if not any(texts.values()) and _says_nothing(cells):
            continue
        try:
            yield read(line, texts)
        except Unreadable as fault:
            yield UnreadLine(line, str(fault))


def _says_nothing(cells: Sequence[str]) -> bool:
    """Whether a line is blank or the foot of a table."""
    first = next((canonical(text) for text in cells if text.strip()), "")
    return not first or _FOOT.match(first) is not None


def _person(line: int, texts: Mapping[str, str]) -> OutsideRow:
    text = texts[ID_NUMBER]
    # As nearly all of a million stand.
    number = text if _PLAIN.fullmatch(text) else id_number.with_century(read_id_number(text))
    if not id_number.has_check_character(number):
        raise Unreadable(ID_NUMBER, _fault_of(number))
    # An employer's code that is wrong is not used: its name is there, too.
    return OutsideRow(line, number, canonical_code(texts.get(CODE)), texts.get(UNIT, ""), _since(texts))


def _fault_of(number: str) -> str:
    if not number:
        return "没有身份证号。"
    if len(number) != len("510402198001010018"):
        return "身份证号不是15位或18位，可能被电子表格改成了数字。"
    return f"{id_number.masked(number)}末位校验不对，可能录错了一位。"


def _firm(line: int, texts: Mapping[str, str]) -> OutsideRow:
    code, unit = texts.get(CODE, ""), texts.get(UNIT, "")
    if not code and not canonical(unit):
        raise Unreadable(CODE, "没有统一社会信用代码，也没有企业名称。")
    try:
        code = credit_code.parse(code) if code else ""
    except InvalidCreditCode as fault:
        raise Unreadable(CODE, f"{fault}。") from None
    return OutsideRow(line, "", code, unit, _since(texts))


def _since(texts: Mapping[str, str]) -> date | None:
    return _day(texts.get(SINCE, ""))


@lru_cache(_DIFFERENT_DAYS)
def _day(text: str) -> date | None:
    text = canonical(text)
    if not text:
        return None
    if month := _MONTH.fullmatch(text):
        text = f"{month[1]}-{int(month[2]):02}-01"
    return day_in({SINCE: text}, SINCE)


def _of_workbook(path: Path, watch: Watch) -> Iterator[_Cells]:
    """The rows of the first sheet that has any; hidden ones come last."""
    grids = sorted(read_table(path, watch), key=lambda grid: not grid.visible)
    grid = next((grid for grid in grids if grid.rows), grids[0])
    if grid.fault:
        raise Refused(f"{grid.fault}；行数更多的请另存为.csv再导入。")
    for index, cells in enumerate(watch.chunks(grid.rows, 1)):
        yield index + 1, [cell_text(cell) for cell in cells[0]]


def _of_text(data: bytes, name: str, watch: Watch) -> Iterator[_Cells]:
    encoding = _encoding_of(data, name)
    lines = data.removeprefix(_MARK)
    delimiter = _delimiter(lines[:_CHUNK].decode(encoding, "replace"))
    watch.total, start, line = lines.count(b"\n") + 1, 0, 0
    while start < len(lines):
        end = lines.find(b"\n", start)
        end = len(lines) if end < 0 else end
        line += 1
        if line % _WATCHED_LINES == 0:
            watch.check()
            watch.done = line
        if end - start > _LONGEST_LINE:
            raise Refused(f"“{name}”第{line}行太长，不是名单，请核对文件。")
        text = lines[start:end].decode(encoding).rstrip("\r")
        start = end + 1
        # A line by itself: a quotation mark that stands alone swallows nobody below it.
        yield line, next(csv.reader([text], delimiter=delimiter), []) if text.strip() else ()
    watch.done = watch.total


def _encoding_of(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "utf-8" if encoding == "utf-8-sig" else encoding
    raise Refused(f"“{name}”不是表格，或文字编码无法辨认，请另存为.csv再导入。")


def _delimiter(sample: str) -> str:
    """The character that parts most lines of the beginning; a comma where none does."""
    lines = [line for line in sample.splitlines() if line.strip()][:_LOOKED_AT_LINES]
    return max(DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), mark == ","))


def _letter(place: int) -> str:
    return cell_address(1, place + 1)[:-1]
