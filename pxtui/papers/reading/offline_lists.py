"""Lists of the offline procedure: what became of people there, and the tariffs of the subsidy catalogue (notice 三)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from pxtui.papers.reading.listing import (
    Listed,
    ListForm,
    Unreadable,
    day_in,
    fen_in,
    hours_in,
    id_number_in,
    level_in,
    needed_text,
    read_list,
    yes_or_no_in,
)

_RESULT_SYNONYMS = {
    "id_number": "身份证号 身份证号码 公民身份号码 证件号码 证件号 身份证",
    "name": "姓名 学员姓名",
    "hours": "线下学时 线下完成学时 完成学时 学时",
    "passed": "是否合格 合格 考核结果 考核合格",
    "amount": "补贴金额 补贴金额(元) 发放金额 金额 金额(元)",
    "paid_on": "拨付日期 发放日期 拨付时间",
}
_TARIFF_SYNONYMS = {
    "occupation": "职业 工种 职业(工种) 培训职业 培训工种 培训职业(工种) 项目 培训项目",
    "level": "等级 级别 技能等级 培训等级",
    "hours": "学时 培训学时 规定学时 课程学时",
    "amount": "补贴标准 补贴标准(元) 补贴标准(元/人) 标准 金额",
}
_WEAK_RESULT_WORDS = frozenset({"学时", "完成学时", "金额", "金额(元)"})
_WEAK_TARIFF_WORDS = frozenset({"标准", "金额", "项目", "培训项目", "学时"})
_YES = frozenset({"是", "√", "1", "true", "合格", "通过"})
_NO = frozenset({"否", "×", "0", "false", "不合格", "未通过"})


@dataclass(frozen=True, slots=True)
class OfflineRow:
    """Result of one person in the offline procedure; None: the list does not say."""

    id_number: str
    name: str
    hours: Decimal | None
    passed: bool | None
    amount_fen: int | None
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class TariffRow:
    """A line of the catalogue: the subsidy of one person who completes a training."""

    occupation: str
    level: str | None
    hours: Decimal | None
    amount_fen: int


def read_offline_results(path: Path) -> Listed[OfflineRow]:
    """Read the outcome list of the offline procedure.

    Raises:
        PxtuiError: no table, or a column is missing without which nothing can be taken.
    """
    needed = {"id_number": "身份证号", "name": "姓名", "passed": "是否合格"}
    return read_list(
        path, ListForm(_RESULT_SYNONYMS, needed, "、线下学时、补贴金额、拨付日期", _result, _WEAK_RESULT_WORDS)
    )


def read_tariffs(path: Path) -> Listed[TariffRow]:
    """Read the tariffs of the subsidy catalogue.

    Raises:
        PxtuiError: no table, or a column is missing without which nothing can be taken.
    """
    needed = {"occupation": "职业（工种）", "level": "等级", "amount": "补贴标准"}
    return read_list(path, ListForm(_TARIFF_SYNONYMS, needed, "、学时", _tariff, _WEAK_TARIFF_WORDS))


def _result(texts: Mapping[str, str]) -> OfflineRow:
    return OfflineRow(
        id_number=id_number_in(texts),
        name=needed_text(texts, "name", "姓名"),
        hours=hours_in(texts, "hours"),
        passed=yes_or_no_in(texts, "passed", _YES, _NO),
        amount_fen=fen_in(texts, "amount"),
        paid_on=day_in(texts, "paid_on"),
    )


def _tariff(texts: Mapping[str, str]) -> TariffRow:
    amount_fen = fen_in(texts, "amount")
    if not amount_fen:
        raise Unreadable("amount", "没有补贴标准，请补填每人多少元。")
    return TariffRow(
        occupation=needed_text(texts, "occupation", "职业（工种）"),
        level=level_in(texts),
        hours=hours_in(texts, "hours"),
        amount_fen=amount_fen,
    )
