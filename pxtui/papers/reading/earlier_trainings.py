"""Lists of earlier trainings, offline ones among them: a table of any kind with a header row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pxtui.identifiers.text import canonical
from pxtui.papers.reading.listing import (
    Listed,
    ListForm,
    Unreadable,
    day_in,
    id_number_in,
    level_in,
    needed_text,
    read_list,
    yes_or_no_in,
)
from pxtui.progress import Watch

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
# A project may be called anything; where an occupation stands beside it, that is what the rules compare.
_PROJECTS = frozenset({"项目", "培训项目"})
_NEEDED = {"id_number": "身份证号", "occupation": "职业（工种）", "starts_on": "开始日期", "ends_on": "结束日期"}
_YES = frozenset({"是", "√", "1", "true", "有", "已拨付"})
_NO = frozenset({"否", "×", "0", "false", "无", "未拨付"})


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


LABELS = {
    "id_number": "身份证号",
    "name": "姓名",
    "occupation": "职业",
    "level": "等级",
    "starts_on": "开始日期",
    "ends_on": "结束日期",
    "delivery": "方式",
    "subsidised": "是否补贴",
    "paid": "是否已拨付",
}
"""What the fields are called where somebody says which column is which."""


def read_earlier_trainings(
    path: Path, headings: Mapping[str, str] | None = None, watch: Watch | None = None
) -> Listed[TrainingRow]:
    """Read a list (.xlsx, .xls, .ods, .csv).

    Args:
        headings: by field, what its column is called in this source, canonical; instead of our words for it.

    Raises:
        PxtuiError: no table, or a column is missing without which nothing can be judged.
        Cancelled: `watch` says so.
    """
    synonyms = {**_SYNONYMS, **(headings or {})}
    return read_list(path, ListForm(synonyms, _NEEDED, "、等级、方式、是否补贴、是否已拨付", _row, _PROJECTS), watch)


def _row(texts: Mapping[str, str]) -> TrainingRow:
    number = id_number_in(texts)
    occupation = needed_text(texts, "occupation", "职业（工种）")
    starts_on = day_in(texts, "starts_on")
    if starts_on is None:
        raise Unreadable("starts_on", "没有开始日期，请补填。")
    return TrainingRow(
        id_number=number,
        name=texts.get("name", ""),
        occupation=occupation,
        level=level_in(texts),
        starts_on=starts_on,
        ends_on=day_in(texts, "ends_on"),
        is_online=_online(texts.get("delivery", "")),
        subsidised=yes_or_no_in(texts, "subsidised", _YES, _NO),
        paid=yes_or_no_in(texts, "paid", _YES, _NO),
    )


def _online(text: str) -> bool | None:
    word = canonical(text).lower()
    if word in ("线上", "online"):
        return True
    if word in ("线下", "offline"):
        return False
    if not word:
        return None
    raise Unreadable("delivery", f"“{text}”不是线上也不是线下，请改正。")
