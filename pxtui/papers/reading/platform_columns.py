"""Names that each platform gives the columns of its learning records: a file of ours and one of an office."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from pxtui.errors import Refused
from pxtui.identifiers.text import canonical
from pxtui.papers.reading.grid import Cell, cell_text
from pxtui.papers.reading.roster_words import Whose, whose

FILE = "platforms.toml"

FIELDS = {
    "name": "姓名",
    "id_number": "身份证号",
    "account": "平台账号",
    "day": "学习日期",
    "course": "课程名称",
    "duration": "学习时长（分钟）",
    "signed_in_at": "签到时间",
    "device": "设备",
    "quiz": "答疑测试",
    "score": "结业考核成绩",
    "passed": "考核是否合格",
}
"""Columns that a line of the records can have, by our names."""

UNITS = {
    "分钟": timedelta(minutes=1),
    "分": timedelta(minutes=1),
    "秒": timedelta(seconds=1),
    "小时": timedelta(hours=1),
    "min": timedelta(minutes=1),
    "s": timedelta(seconds=1),
    "h": timedelta(hours=1),
}
_NO_UNITS = {"学时", "课时"}
"""Units of unknown length: each platform's own hours."""
_IN_BRACKETS = re.compile(r"\((.*?)\)|\[(.*?)\]|【(.*?)】")


_NEVER_GUESSED = ("id_number", "name", "duration", "score")
"""Of other fields the first column is taken: a second day or title changes nothing that is paid."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns in a sheet, counted from 0, and the unit of its durations."""

    places: Mapping[str, int]
    unit: timedelta
    rivals: Mapping[str, tuple[int, ...]]
    """By field, the columns of which nobody can tell which is meant; the first stands in `places`."""


@dataclass(frozen=True, slots=True)
class PlatformColumns:
    """The words of one platform."""

    field_of: Mapping[str, str]
    unit: timedelta
    """Of durations without one."""
    own_words: frozenset[str] = frozenset()
    """Those of the platform alone: they go before the ones that all share."""

    def found_in(self, cells: Sequence[Cell]) -> Columns:
        """The columns that a row of cells heads: the platform's own words first, then the trainee's own column."""
        headings = [canonical(cell_text(cell)) for cell in cells]
        found: dict[str, list[int]] = {}
        for column, heading in enumerate(headings):
            field = self.field_of.get(heading) or self.field_of.get(_IN_BRACKETS.sub("", heading))
            if field is not None and not (field == "duration" and _in_brackets(heading) in _NO_UNITS):
                found.setdefault(field, []).append(column)
        meant = {field: self._meant(columns, headings) for field, columns in found.items()}
        unit = UNITS.get(_in_brackets(headings[meant["duration"][0]]), self.unit) if "duration" in meant else self.unit
        rivals = {field: tuple(meant[field]) for field in _NEVER_GUESSED if len(meant.get(field, ())) > 1}
        return Columns({field: columns[0] for field, columns in meant.items()}, unit, rivals)

    def _meant(self, columns: list[int], headings: Sequence[str]) -> list[int]:
        of_platform = [column for column in columns if headings[column] in self.own_words]
        own = [column for column in columns if whose(headings[column]) is Whose.OWN]
        return of_platform or own or columns


def platform_columns(platform: str | None, office: Path | None = None) -> PlatformColumns:
    """The words for a platform's records; one that no file names, or None, has those that all share.

    Args:
        platform: its name as the case has it.
        office: the file of the office; it need not be there.

    Raises:
        PxtuiError: a file is not as it must be.
    """
    texts = [((files("pxtui.papers") / FILE).read_bytes(), FILE)]
    if office is not None and office.is_file():
        texts.append((office.read_bytes(), str(office)))
    field_of: dict[str, str] = {}
    of_platform: dict[str, str] = {}
    unit = UNITS["分钟"]
    for content, name in texts:
        table = _table(content, name)
        field_of.update(_words(table, name))
        platforms = _part(table, "platforms", name)
        for title in platforms:
            if platform is not None and canonical(title) == canonical(platform):
                own = _part(platforms, title, name)
                of_platform.update(_words(own, name))
                unit = _unit_named(own.get("unit", "分钟"), name)
    return PlatformColumns({**field_of, **of_platform}, unit, frozenset(of_platform))


def _table(content: bytes, name: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"“{name}”格式有误（{error}），请改正或删去这个文件。") from error


def _part(table: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
    part = table.get(key, {})
    if not isinstance(part, dict):
        raise Refused(f"“{name}”里的“{key}”应是一节，请对照说明改正。")
    return part


def _words(table: Mapping[str, Any], name: str) -> Iterator[tuple[str, str]]:
    for field, words in _part(table, "columns", name).items():
        if field not in FIELDS:
            raise Refused(f"“{name}”里的“{field}”不是学习记录的栏目，可用：{'、'.join(FIELDS)}。")
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise Refused(f"“{name}”里“{field}”应写成带引号的列名，用方括号括起，请改正。")
        yield from ((canonical(word), field) for word in words)


def _unit_named(text: object, name: str) -> timedelta:
    if text not in UNITS:
        raise Refused(f"“{name}”里的时长单位“{text}”无法辨认，可用：{'、'.join(UNITS)}。")
    return UNITS[str(text)]


def _in_brackets(heading: str) -> str:
    found = _IN_BRACKETS.search(heading)
    return next(filter(None, found.groups()), "") if found else ""
