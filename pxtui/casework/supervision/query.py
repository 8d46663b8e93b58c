"""What is asked of the register's statistics: a period of receipt and one value each of seven dimensions."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_

from db.models import Case, Stage
from pxtui.casework.lifecycle.stages import STAGE_NAMES
from pxtui.casework.office import duties
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import Permission
from pxtui.casework.office.roles import Role
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical
from pxtui.policy.parameters import Notice, bodies, looks_on
from pxtui.policy.words import LEVELS, SIZES

LOOK = Permission("督导统计的查看", frozenset({Role.HEAD, Role.AUDITOR}))
NOT_STATED = "未填"

_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LAST_MONTH = 12


class Dimension(Enum):
    """By what cases are counted; the value is its name in Chinese."""

    OFFICE = "部门"
    MONTH = "月份"
    STAGE = "阶段"
    OCCUPATION = "工种"
    LEVEL = "等级"
    PLATFORM = "平台"
    SIZE = "规模"


@dataclass(frozen=True, slots=True)
class Query:
    """Which cases are counted: those received within the period that have each of the values; None: any."""

    first: date | None = None
    last: date | None = None
    office: str | None = None
    """A code, like `stage`, `level` and `size`; empty: of cases where it is not stated. The others are texts."""
    stage: str | None = None
    occupation: str | None = None
    level: str | None = None
    platform: str | None = None
    size: str | None = None

    def in_words(self, notice: Notice) -> str:
        """The query in Chinese, as it stands on a page or sheet: 收件2020-03-01至2020-03-31，东区，焊工."""
        parts = [self._period, *(name_of(dimension, value, notice) for dimension, value in self._values())]
        return "，".join(filter(None, parts)) or "全部案件"

    @property
    def _period(self) -> str:
        if self.first is None and self.last is None:
            return ""
        return f"收件{self.first or '最早'}至{self.last or '今天'}"

    def _values(self) -> Iterator[tuple[Dimension, str]]:
        for dimension in Dimension:
            value = getattr(self, dimension.name.lower(), None)
            if value is not None:
                yield dimension, value

    def narrowed(self, dimension: Dimension, value: str) -> "Query":
        """The same with one value of a dimension more."""
        if dimension is Dimension.MONTH:
            return self.within(value) if value else self
        wanted: dict[str, Any] = {dimension.name.lower(): value}
        return replace(self, **wanted)

    def within(self, period: str) -> "Query":
        """The same for a day, a month or a year, as it is keyed.

        Raises:
            Refused: it is none.
        """
        first, last = days_of(period)
        return replace(self, first=first, last=last)

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """Conditions on cases. What was filed by mistake is no case of the statistics."""
        found: list[ColumnElement[bool]] = [col(Case.stage) != Stage.VOIDED]
        if self.first is not None:
            found.append(col(Case.opening_received_on) >= self.first)
        if self.last is not None:
            found.append(col(Case.opening_received_on) <= self.last)
        columns = {
            "office": Case.office_code,
            "stage": Case.stage,
            "occupation": Case.occupation,
            "level": Case.level,
            "platform": Case.platform,
            "size": Case.size,
        }
        for name, column in columns.items():
            value = getattr(self, name)
            if value is not None:
                found.append(col(column) == value if value else or_(col(column).is_(None), col(column) == ""))
        return (and_(*found),)


def require_look(context: Context) -> None:
    """Refuse the statistics to who neither answers for the office nor looks on.

    Raises:
        NotAllowed: where duties are apart, the person is no head, no auditor and not of the bureau.
    """
    if not looks_on(context.office):
        duties.require_role(context, LOOK)


def keyed(context: Context, text: str) -> Query:
    """A query from words with blanks between them: 2020-03 东区 焊工 五级; empty: all cases.

    A word is a day, a month or a year (two of them with ~ between: from the first to the last), an office, a stage, a
    level, a size, a platform of the notice; whatever else is an occupation.

    Raises:
        Refused: a period is none, or one dimension is named twice.
    """
    found, notice = Query(), context.rulebook.latest
    known = _known_words(notice)
    for typed in text.split():
        word = canonical(typed)
        if word[:1].isdigit():
            first, _, last = word.partition("~")
            before, (began, ends) = found, days_of(first)
            found = replace(found, first=began, last=days_of(last)[1] if last else ends)
            if before.first is not None or (found.last and found.first and found.last < found.first):
                raise Refused(f"收件期间“{word}”有误：只写一个期间，先写起、后写止，如2020-03~2020-05。")
            continue
        dimension, value = known.get(word, (Dimension.OCCUPATION, typed))
        if getattr(found, dimension.name.lower()) is not None:
            raise Refused(f"“{word}”：{dimension.value}只写一个，请去掉多的一个。")
        found = found.narrowed(dimension, value)
    return found


def days_of(period: str) -> tuple[date, date]:
    """The first and last day of a day, a month or a year, as it is keyed: 2020-03-16, 2020-03, 2020.

    Raises:
        Refused: it is none.
    """
    match = _PERIOD.fullmatch(period)
    try:
        if match is None:
            raise ValueError(period)
        year, month, day = (int(part) if part else 0 for part in match.groups())
        first = date(year, month or 1, day or 1)
        last = date(year, month or _LAST_MONTH, day or monthrange(year, month or _LAST_MONTH)[1])
    except ValueError:
        raise Refused(f"期间“{period}”有误，请写成2020-03-16、2020-03或2020的形式。") from None
    return first, last


def name_of(dimension: Dimension, value: str, notice: Notice) -> str:
    """A value of a dimension in Chinese."""
    if not value:
        return f"{dimension.value}{NOT_STATED}"
    names = {
        Dimension.STAGE: {stage.value: name for stage, name in STAGE_NAMES.items()},
        Dimension.LEVEL: {level.value: name for level, name in LEVELS.items()},
        Dimension.SIZE: {size.value: name for size, name in SIZES.items()},
        Dimension.OFFICE: {code: office.short_name for code, office in {**notice.offices, **bodies()}.items()},
    }
    return names.get(dimension, {}).get(value, value)


def _known_words(notice: Notice) -> dict[str, tuple[Dimension, str]]:
    words = {platform.name: (Dimension.PLATFORM, platform.name) for platform in notice.platforms}
    words |= {name: (Dimension.STAGE, stage.value) for stage, name in STAGE_NAMES.items()}
    words |= {name: (Dimension.LEVEL, level.value) for level, name in LEVELS.items()}
    words |= {name: (Dimension.SIZE, size.value) for size, name in SIZES.items()}
    for code, office in notice.offices.items():
        words |= dict.fromkeys((office.name, office.short_name, code), (Dimension.OFFICE, code))
        words[office.short_name.removesuffix("人社局")] = (Dimension.OFFICE, code)
    for dimension in (Dimension.OCCUPATION, Dimension.LEVEL, Dimension.PLATFORM, Dimension.SIZE):
        words[f"{dimension.value}{NOT_STATED}"] = (dimension, "")
    return words
