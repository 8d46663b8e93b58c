"""Trainings written out for others: of every class of a year, and of the offline procedure as the province wants it.

Numbers are masked; in full they go to who may see them so, with a reason, and the journal has it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select as selected
from sqlmodel import col

from db.models import Act, Case, Enrolment, LearningResult, Office, OfflineResult, Stage
from db.seal import identity_of
from pxtui.casework.lifecycle.moves import COUNTS_AS_PAID, HOLDING, SETTLED
from pxtui.casework.office import journal, outgoing, roles
from pxtui.casework.office.context import Context
from pxtui.casework.printed.entering import VERSION_CHARACTERS, folder_for
from pxtui.casework.staff.sight import require_full, require_people
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.id_number import masked
from pxtui.identifiers.text import canonical
from pxtui.papers.listings.trainings import OFFLINE, REGISTER, page
from pxtui.papers.writing.sheet import HeadedColumn
from pxtui.papers.writing.sheet_writer import written
from pxtui.policy import words
from pxtui.policy.facts import ApplicationKind, Level
from pxtui.policy.subsidy import yuan

FOLDER = "导出"
"""In the folder of papers."""
_ROWS_AT_ONCE = 2_000
_OF_ROWS = (Enrolment.application, Enrolment.id, Enrolment.uid, Enrolment.name, Enrolment.id_number)
_YES = {True: "是", False: "否", None: ""}


LISTS = (("register", "线上培训人员台账"), ("offline", "转线下补贴程序人员名单"))
"""Codes and names, for a form."""


class Written(StrEnum):
    """Which list."""

    REGISTER = "register"
    """Every class of the year that counts as a training of its people."""
    OFFLINE = "offline"
    """The classes of the year that went over to the offline procedure, with hours and results."""


_TITLES = {Written(code): name for code, name in LISTS}


@dataclass(frozen=True, slots=True)
class _Row:
    case: Case
    name: str
    number: str
    online_hours: str
    result: OfflineResult | None


def write(context: Context, which: Written, year: int, *, reason: str = "", folder: Path | None = None) -> Path:
    """Have a list of the year's classes written; where it will be.

    Args:
        reason: why the numbers stand in full; empty: they are masked.

    Raises:
        PxtuiError: there is nobody in it, or full numbers are not for this person.
    """
    require_people(context)
    is_full = bool(canonical(reason))
    if is_full:
        require_full(context, "带完整号码的名单")
    if not 1 <= year <= context.today.year + 1:
        raise Refused(f"{year}年不对，请写成2020的形式。")
    rows = list(_rows(context, which, year, is_full=is_full))
    if not rows:
        raise NotFound(f"本部门{year}年没有这样的班，没有写出文件。")
    title = f"{year}年{_TITLES[which]}"
    columns, lines = _lines(which, rows)
    version = hashlib.sha256(repr(lines).encode()).hexdigest()[:VERSION_CHARACTERS].upper()
    office = context.session.get_one(Office, context.office)
    numbers = "身份证号完整，只供办理使用" if is_full else "身份证号隐去中间几位"
    note = f"共{len(rows)}人次；{numbers}。按{context.today}的台账。"
    paper = page(title, f"{office.name}  {context.today}", columns, lines, note, version, f"{context.today}")
    after = {"rows": len(rows), "version": version, "reason": reason.strip(), "full": is_full}
    journal.record(
        context,
        None,
        Act.READ_REGISTER,
        f"导出{title}{len(rows)}人次，{'完整号码' if is_full else '号码隐去'}",
        after=after,
    )
    context.session.flush()
    suffix = "-全号" if is_full else ""
    path = folder_for(context, folder, FOLDER) / f"{title}{suffix}-{context.at:%Y%m%d-%H%M%S}.xlsx"
    outgoing.put(context, path, written(paper), title)
    return path


def _lines(which: Written, rows: Sequence[_Row]) -> tuple[Sequence[HeadedColumn], list[tuple[str, ...]]]:
    if which is Written.REGISTER:
        return REGISTER, [_of_register(row) for row in rows]
    return OFFLINE, [_of_offline(row) for row in rows]


def _of_register(row: _Row) -> tuple[str, ...]:
    paid = row.case.stage in COUNTS_AS_PAID or (row.result is not None and row.result.paid_on is not None)
    return (*_about(row), "线上", "是", _YES[paid], row.case.display_number)


def _of_offline(row: _Row) -> tuple[str, ...]:
    result = row.result
    if result is None:
        return (*_about(row), row.online_hours, "", "", "", "")
    hours = "" if result.hours is None else words.hours(result.hours)
    amount = "" if result.amount_fen is None else yuan(result.amount_fen)
    return (*_about(row), row.online_hours, hours, _YES[result.passed], amount, _day(result.paid_on))


def _about(row: _Row) -> tuple[str, ...]:
    case = row.case
    level = words.LEVELS[Level(case.level)] if case.level else "不分等级"
    days = (_day(case.starts_on), _day(case.ends_on))
    return (row.name, row.number, case.applicant_name, case.occupation, level, *days)


def _day(day: date | None) -> str:
    return "" if day is None else f"{day}"


def _rows(context: Context, which: Written, year: int, *, is_full: bool) -> Iterator[_Row]:
    """The approved people of the own office's classes that began in a year, by case and row, in one statement."""
    stages = HOLDING if which is Written.REGISTER else frozenset({Stage.TRANSFERRED})
    wanted = (
        selected(Case, *map(col, _OF_ROWS), col(LearningResult.completed_hours), OfflineResult)
        .join(Case, col(Case.id) == col(Enrolment.case_id))
        .outerjoin(LearningResult, col(LearningResult.enrolment_id) == col(Enrolment.id))
        .outerjoin(OfflineResult, col(OfflineResult.enrolment_id) == col(Enrolment.id))
        .where(col(Case.stage).in_(stages), col(Enrolment.approved).is_(True))
        .where(col(Case.starts_on) >= date(year, 1, 1), col(Case.starts_on) <= date(year, 12, 31))
        .where(*roles.of_own_office(context, Case.office_code))
        .order_by(col(Case.id), col(Enrolment.position))
    )
    for case, application, row_id, uid, name, blob, hours, result in context.session.execute(
        wanted.execution_options(yield_per=_ROWS_AT_ONCE)
    ):
        telling = ApplicationKind.CLAIM if case.stage in SETTLED else ApplicationKind.OPENING
        if application == telling.value:
            identity = identity_of(uid, (row_id, case.id))
            number = context.vault.unseal_in_row(str(Enrolment.__tablename__), identity, "id_number", blob)
            online = "" if hours is None else words.hours(hours)
            yield _Row(case, name, number if is_full else masked(number), online, result)
