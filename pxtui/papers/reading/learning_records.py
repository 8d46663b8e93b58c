"""Learning records as platforms export them: a line a session, in whatever file and under whatever headings."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from pxtui.clock import CHINA
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical
from pxtui.papers.reading.grid import Cell, Grid, cell_address, cell_text, read_table
from pxtui.papers.reading.incoming_rows import incoming_rows
from pxtui.papers.reading.platform_columns import FIELDS, Columns, PlatformColumns, platform_columns
from pxtui.papers.reading.roster_cells import lacks_digits, read_account
from pxtui.papers.reading.roster_kinds import DIGITS_LOST
from pxtui.papers.reading.roster_reading import Refusal, Repair
from pxtui.progress import Watch

_HEADER_ROWS = 100
"""A header stands within these."""
_HALF_A_HEADER = 3
"""Columns that are known; a row with fewer of them may be anything."""
_IN_NO_ROSTER = {"day", "duration", "signed_in_at"}

_DAY = re.compile("(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|(20[0-9]{2})([0-9]{2})([0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2})[:时点]([0-9]{1,2})分?(?::?([0-9]{1,2})秒?(?:\.[0-9]+)?)?")
_MOMENT = re.compile(f"({_DAY.pattern})[T ]*({_CLOCK.pattern})")
_NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]+)?")
_SPELT = re.compile(r"(?:([0-9]{1,4})(?:小时|时))?(?:([0-9]{1,6})(?:分钟|分))?(?:([0-9]{1,7})秒)?")
_HOURS_MINUTES_SECONDS = re.compile(r"([0-9]{1,4}):([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]+)?")
_SCORE = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)分?")
_NOT_TAKEN = {"", "-", "--", "/", "无", "未考", "缺考", "未参加", "未参加考核", "未考试", "未测试"}
_YES = {"通过", "合格", "是", "√", "1", "已通过", "及格"}
_NO = {"未通过", "不通过", "不合格", "否", "×", "0", "不及格"}

_NOT_FOUND = "未找到学习记录：请确认表头有“身份证号”“学习时长（分钟）”“学习日期”三列"


class NoLearningRecords(Refused):
    """The file can be read, but no sheet begins like learning records: it may be a roster."""


@dataclass(frozen=True, slots=True)
class LearningLine:
    """One session as the file says it. Empty or None: it says nothing."""

    place: str
    """第12行, with its sheet where there are several."""
    id_number: str
    name: str
    day: date
    duration: timedelta
    course: str
    account: str
    device: str
    signed_in_at: datetime | None
    quiz: str
    """As it stands; a score, where the platform gives one, is no verdict."""
    score: Decimal | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class LearningReading:
    """Lines of a file, all of them."""

    lines: tuple[LearningLine, ...]
    refused: tuple[Refusal, ...]
    repairs: tuple[Repair, ...] = ()
    """Of the lines read: merged cells, hidden rows, errors of formulas, what was put round a number."""


class _Unreadable(ValueError):
    """A cell that says nothing readable: its field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def read_learning_records(
    path: Path, *, platform: str | None = None, office: Path | None = None, watch: Watch | None = None
) -> LearningReading:
    """Read the records on all visible sheets of a file (.xlsx, .xls, .ods, .csv), one sheet after the other.

    Args:
        platform: whose records they are: whose words its headings are in, see `platform_columns`.
        office: the office's own file of such words.

    Raises:
        NoLearningRecords: there is none.
        PxtuiError: the file cannot be read (see `grid.read_table`), or the words cannot, or the records lack a column.
        Cancelled: `watch` says so.
    """
    words = platform_columns(platform, office)
    found: list[tuple[Grid, int, Columns]] = []
    left_out: list[tuple[Grid, str]] = []
    faults: list[str] = []
    for grid in read_table(path, watch):
        try:
            header = _header(grid, words)
        except _Unreadable as fault:
            faults.append(f"工作表“{grid.sheet}”{fault}")
            left_out.append((grid, faults[-1]))
        else:
            found += [] if header is None else [(grid, *header)]
            left_out += [(grid, grid.fault)] if grid.fault else []
    shown = [candidate for candidate in found if candidate[0].visible] or found
    if faults and not shown:
        raise Refused(faults[0])
    if not shown:
        raise NoLearningRecords(left_out[0][1] if left_out else _NOT_FOUND)
    # A sheet that anybody can see is not passed over silently where others can be read.
    refused = [Refusal(grid.sheet, 1, "A1", 0, fault) for grid, fault in left_out if grid.visible]
    lines: list[LearningLine] = []
    repairs: list[Repair] = []
    for grid, first_row, columns in shown:
        read, unread, repaired = _read(grid, first_row, columns, words, several=len(shown) > 1)
        lines += read
        refused += sorted(unread, key=lambda refusal: refusal.row)
        repairs += repaired
    return LearningReading(tuple(lines), tuple(refused), tuple(repairs))


def _header(grid: Grid, words: PlatformColumns) -> tuple[int, Columns] | None:
    """The row below the first header, counted from 0, and its columns.

    Raises:
        _Unreadable: the header lacks a column, or two of its columns could be one field.
    """
    lacking = ""
    for index, cells in enumerate(grid.rows[:_HEADER_ROWS]):
        columns = words.found_in(cells)
        missing = _missing(columns.places)
        if not missing:
            _require_decided(columns, cells)
            return index + 1, columns
        begun = len(columns.places) >= _HALF_A_HEADER and _IN_NO_ROSTER & columns.places.keys()
        if begun and not lacking:
            lacking = f"缺少“{'”“'.join(missing)}”列，请补上表头后再导入"
    if lacking:
        raise _Unreadable("", lacking)
    return None


def _require_decided(columns: Columns, cells: Sequence[Cell]) -> None:
    for field, places in columns.rivals.items():
        named = "和".join(
            f"{cell_address(1, place + 1)[:-1]}列“{canonical(cell_text(cells[place]))}”" for place in places
        )
        sentence = f"{named}都可能是{FIELDS[field]}，没有读取：请只留一列，或在platforms.toml里写明是哪一列，再导入"
        raise _Unreadable(field, sentence)


def _missing(places: Mapping[str, int]) -> list[str]:
    missing = [FIELDS[field] for field in ("id_number", "duration") if field not in places]
    return missing if {"day", "signed_in_at"} & places.keys() else [*missing, FIELDS["day"]]


def _read(
    grid: Grid, first_row: int, columns: Columns, words: PlatformColumns, *, several: bool
) -> tuple[list[LearningLine], list[Refusal], list[Repair]]:
    headers = [columns]

    def again(cells: Sequence[Cell]) -> Mapping[str, int] | None:
        found = words.found_in(cells)
        if _missing(found.places):
            return None
        _require_decided(found, cells)
        headers.append(found)
        return found.places

    incoming = incoming_rows(grid, first_row, columns.places, ("id_number", "duration"), again)
    lines: list[LearningLine] = []
    refused = list(incoming.refused)
    for count, row in enumerate(incoming.rows, start=1):
        place = f"工作表“{grid.sheet}”第{row.index + 1}行" if several else f"第{row.index + 1}行"
        unit = next(header.unit for header in headers if header.places is row.columns)
        try:
            lines.append(_line(place, row.texts, unit))
        except _Unreadable as fault:
            cell = row.cell(fault.field if fault.field in row.columns else "id_number")
            refused.append(Refusal(grid.sheet, row.index + 1, cell, count, str(fault)))
    unread = {refusal.row for refusal in refused}
    return lines, refused, [repair for repair in incoming.repairs if repair.row not in unread]


def _line(place: str, texts: Mapping[str, str], unit: timedelta) -> LearningLine:
    if not texts["id_number"]:
        raise _Unreadable("id_number", "没有身份证号：请取消合并单元格，每行都填上身份证号后再导入")
    if lacks_digits(texts["id_number"]):
        raise _Unreadable("id_number", DIGITS_LOST)
    signed_in_on, signed_in = _moment(texts.get("signed_in_at", ""))
    day = _day(texts.get("day", "")) or signed_in_on
    if day is None:
        raise _Unreadable("day", "没有学习日期，请补填后再导入")
    score, verdict = _score(texts.get("score", ""))
    return LearningLine(
        place=place,
        id_number=texts["id_number"],
        name=texts.get("name", ""),
        day=day,
        duration=_duration(texts["duration"], unit),
        course=texts.get("course", ""),
        account=read_account(texts.get("account", "")),
        device=texts.get("device", ""),
        signed_in_at=None if signed_in is None else datetime.combine(signed_in_on or day, signed_in, tzinfo=CHINA),
        quiz="" if canonical(quiz := texts.get("quiz", "")) in _NOT_TAKEN else quiz,
        score=score,
        passed=_verdict(texts.get("passed", "")) if verdict is None else verdict,
    )


def _day(text: str) -> date | None:
    """The day; a time of day behind it is nobody's concern."""
    if not text:
        return None
    moment = _MOMENT.fullmatch(_plain(text))
    return _date(moment[1] if moment else _plain(text), "day", text)


def _moment(text: str) -> tuple[date | None, time | None]:
    """Day and time of day of a sign-in, as far as they are given."""
    if not text:
        return None, None
    plain = _plain(text)
    if clock := _CLOCK.fullmatch(plain):
        return None, _time(clock, text)
    if moment := _MOMENT.fullmatch(plain):
        return _date(moment[1], "signed_in_at", text), _time(moment, text)
    return _date(plain, "signed_in_at", text), None


def _date(day: str, field: str, text: str) -> date:
    match = _DAY.fullmatch(day)
    try:
        if match is None:
            raise ValueError(day)
        year, month, day_of_month = (int(part) for part in match.groups() if part)
        return date(year, month, day_of_month)
    except ValueError:
        raise _Unreadable(field, f"“{text}”不是日期或时间，请写成2020-03-16或2020-03-16 08:30的形式") from None


def _time(match: re.Match[str], text: str) -> time:
    """From the last three groups: hour, minute, second."""
    hour, minute, second = (int(part or 0) for part in match.groups()[-3:])
    try:
        return time(hour, minute, second)
    except ValueError:
        raise _Unreadable("signed_in_at", f"“{text}”不是时间，请写成08:30的形式") from None


def _duration(text: str, unit: timedelta) -> timedelta:
    """In whole seconds: what is over is not rounded up."""
    plain = canonical(text)
    if _NUMBER.fullmatch(plain):
        return timedelta(seconds=int(Decimal(plain) * int(unit.total_seconds())))
    parts = _HOURS_MINUTES_SECONDS.fullmatch(plain) or _SPELT.fullmatch(plain)
    if parts is None or not plain:
        sentence = (
            f"“{text}”不是学习时长，请写分钟数（如90）或时:分:秒（如01:30:00）" if plain else "没有学习时长，请补填"
        )
        raise _Unreadable("duration", sentence)
    hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _score(text: str) -> tuple[Decimal | None, bool | None]:
    """A score, or the word that some platforms put in its place."""
    plain = canonical(text)
    if plain in _NOT_TAKEN:
        return None, None
    if match := _SCORE.fullmatch(plain):
        return Decimal(match[1]), None
    if (verdict := _verdict(plain)) is not None:
        return None, verdict
    raise _Unreadable("score", f"“{text}”不是考核成绩，请写分数，没有考核的留空")


def _verdict(text: str) -> bool | None:
    plain = canonical(text)
    return True if plain in _YES else False if plain in _NO else None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
