"""Lists of earlier trainings, offline ones among them: a table of any kind with a header row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pxtui.errors import PxtuiError
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.papers.grid import Cell, Grid, cell_address, cell_text, read_table, without_controls
from pxtui.papers.roster_reading import Refusal

_SYNONYMS = {
    "id_number": "身份证号 身份证号码 公民身份号码 证件号码 证件号 身份证",
    "name": "姓名 学员姓名",
    "occupation": "职业 工种 职业(工种) 培训职业 培训工种 培训职业(工种) 项目 培训项目",
    "level": "等级 级别 技能等级 培训等级",
    "starts_on": "开始日期 开班日期 起始日期 培训开始日期 开始时间 开班时间",
    "ends_on": "结束日期 结业日期 截止日期 培训结束日期 结束时间 结业时间",
    "delivery": "方式 培训方式 培训形式 线上线下 线上/线下",
    "subsidised": "是否补贴 享受补贴 是否享受补贴 补贴",
    "paid": "是否已拨付 已拨付 是否拨付 拨付 是否已发放",
}
_FIELD_OF = {word: field for field, words in _SYNONYMS.items() for word in words.split()}
_NEEDED = {"id_number": "身份证号", "occupation": "职业（工种）", "starts_on": "开始日期", "ends_on": "结束日期"}

_LEVELS = {
    "5": ("5", "五级", "五级/初级工", "初级", "初级工"),
    "4": ("4", "四级", "四级/中级工", "中级", "中级工"),
    "3": ("3", "三级", "三级/高级工", "高级", "高级工"),
    "2": ("2", "二级", "二级/技师", "技师"),
    "1": ("1", "一级", "一级/高级技师", "高级技师"),
}
_LEVEL_OF = {word: level for level, words in _LEVELS.items() for word in words}
_NO_LEVEL = {"", "无", "不分等级", "无等级", "/", "-"}
_YES, _NO = {"是", "√", "1", "true", "有", "已拨付"}, {"否", "×", "0", "false", "无", "未拨付"}
_DAY = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[T ]?00:00:00)?")


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One training of one person as the list says it; a missing yes-or-no column is None."""

    id_number: str
    name: str
    occupation: str
    level: str | None
    starts_on: date
    ends_on: date | None
    is_online: bool | None
    subsidised: bool | None
    paid: bool | None


@dataclass(frozen=True, slots=True)
class TrainingList:
    """A whole list: the rows that can be taken and those that cannot."""

    rows: tuple[TrainingRow, ...]
    refused: tuple[Refusal, ...]


class _Unreadable(ValueError):
    """A cell that says nothing readable: its field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def read_earlier_trainings(path: Path) -> TrainingList:
    """Read a list (.xlsx, .xls, .ods, .csv).

    Raises:
        PxtuiError: no table, or a column is missing without which nothing can be judged.
    """
    for grid in read_table(path):
        for index, cells in enumerate(grid.rows):
            columns = _columns(cells)
            if "id_number" in columns and len(columns) > 2:
                return _read(grid, index + 1, columns)
    raise PxtuiError(f"没有找到表头，请在第一行写明：{'、'.join(_NEEDED.values())}、等级、方式、是否补贴、是否已拨付。")


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, cell in enumerate(cells):
        field = _FIELD_OF.get(canonical(cell_text(cell)))
        if field is not None:
            columns.setdefault(field, column)
    return columns


def _read(grid: Grid, first_row: int, columns: Mapping[str, int]) -> TrainingList:
    missing = [label for field, label in _NEEDED.items() if field not in columns]
    if missing:
        raise PxtuiError(f"缺少“{'”“'.join(missing)}”列，请补上表头后再导入。")
    rows: list[TrainingRow] = []
    refused: list[Refusal] = []
    for index, cells in enumerate(grid.rows[first_row:], start=first_row + 1):
        texts = {
            field: without_controls(cell_text(cells[column])).strip() if column < len(cells) else ""
            for field, column in columns.items()
        }
        if not texts["id_number"] and not texts["occupation"]:
            continue
        try:
            rows.append(_row(texts))
        except _Unreadable as fault:
            cell = cell_address(index, columns[fault.field] + 1)
            refused.append(Refusal(grid.sheet, index, cell, len(rows) + len(refused) + 1, str(fault)))
    return TrainingList(tuple(rows), tuple(refused))


def _row(texts: Mapping[str, str]) -> TrainingRow:
    number = canonical_code(texts["id_number"])
    if not re.fullmatch("[0-9]{15}|[0-9]{17}[0-9X]", number):
        raise _Unreadable("id_number", "身份证号不是15位或18位，请改为文本格式后照证件重新录入。")
    if not texts["occupation"]:
        raise _Unreadable("occupation", "没有职业（工种），请补填。")
    starts_on = _day(texts, "starts_on")
    if starts_on is None:
        raise _Unreadable("starts_on", "没有开始日期，请补填。")
    return TrainingRow(
        id_number=number,
        name=texts.get("name", ""),
        occupation=texts["occupation"],
        level=_level(texts.get("level", "")),
        starts_on=starts_on,
        ends_on=_day(texts, "ends_on"),
        is_online=_online(texts.get("delivery", "")),
        subsidised=_yes_or_no(texts, "subsidised"),
        paid=_yes_or_no(texts, "paid"),
    )


def _day(texts: Mapping[str, str], field: str) -> date | None:
    text = texts[field]
    if not text:
        return None
    match = _DAY.fullmatch(canonical(text))
    try:
        if match is None:
            raise ValueError(text)
        return date(*map(int, match.groups()))
    except ValueError:
        raise _Unreadable(field, f"“{text}”不是日期，请写成2020-03-16的形式。") from None


def _level(text: str) -> str | None:
    word = canonical(text)
    if word in _NO_LEVEL:
        return None
    if word not in _LEVEL_OF:
        raise _Unreadable("level", f"“{text}”不是技能等级，请写五级至一级，没有等级的留空。")
    return _LEVEL_OF[word]


def _online(text: str) -> bool | None:
    word = canonical(text).lower()
    if word in ("线上", "online"):
        return True
    if word in ("线下", "offline"):
        return False
    if not word:
        return None
    raise _Unreadable("delivery", f"“{text}”不是线上也不是线下，请改正。")


def _yes_or_no(texts: Mapping[str, str], field: str) -> bool | None:
    word = canonical(texts.get(field, "")).lower()
    if not word:
        return None
    if word not in _YES | _NO:
        raise _Unreadable(field, f"“{texts[field]}”不是“是”或“否”，请改正。")
    return word in _YES
