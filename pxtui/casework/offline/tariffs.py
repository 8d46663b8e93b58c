"""Tariffs of the subsidy catalogue (补贴目录, notice 三), imported by the office; none is shipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from sqlmodel import col, select

from db.models import Act, CatalogueTariff
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.identifiers.day import require_possible_year
from pxtui.identifiers.text import canonical
from pxtui.papers.reading.listing import Unreadable, hours_in
from pxtui.papers.reading.offline_lists import TariffRow


@dataclass(frozen=True, slots=True)
class Tariff:
    """The subsidy per person for an occupation and level from a day on, in fen."""

    occupation: str
    level: str | None
    hours: Decimal | None
    amount_fen: int
    effective_on: date
    document: str


@dataclass(frozen=True, slots=True)
class TariffInTime:
    """A tariff among those of the same occupation and level."""

    tariff: Tariff
    until: date | None
    """The last first day of a class to which it applies, the day before the next one; None: there is no next one."""
    state: str
    """Whether it applies to a class that starts today, in Chinese: 现行, 未施行, 至2020-06-30."""


def take_list(context: Context, rows: Sequence[TariffRow], *, effective_on: date, document: str) -> tuple[int, int]:
    """Enter a catalogue in force from a day on; returns the numbers of added and of changed tariffs.

    A tariff of the same day is overwritten; those of earlier days stay, for classes of their time.

    Raises:
        PxtuiError: the document is empty, or the list has two subsidies for one training.
    """
    if not document.strip():
        raise Refused("请写明补贴目录的文件名称和文号。")
    require_possible_year("施行日期", effective_on, context.today)
    wanted = _without_contradiction(rows)
    known = {
        (row.occupation_key, row.level): row
        for row in context.session.exec(
            select(CatalogueTariff).where(col(CatalogueTariff.effective_on) == effective_on)
        )
    }
    changes: list[dict[str, object]] = []
    added = 0
    for (occupation_key, level), row in wanted.items():
        held = known.get((occupation_key, level))
        if held is not None and (held.amount_fen, held.hours) == (row.amount_fen, row.hours):
            continue
        if held is None:
            added += 1
            held = CatalogueTariff(
                occupation=row.occupation,
                occupation_key=occupation_key,
                level=level,
                amount_fen=0,
                effective_on=effective_on,
                document="",
            )
        else:
            changes.append({"occupation": row.occupation, "level": level, "amount_fen": held.amount_fen})
        held.amount_fen, held.hours, held.document = row.amount_fen, row.hours, document.strip()
        context.session.add(held)
    journal.record(
        context,
        None,
        Act.CATALOGUE_IMPORT,
        f"导入补贴目录：{effective_on}起施行，新增{added}项，改动{len(changes)}项",
        before={"changed": changes},
        after={
            "document": document.strip(),
            "rows": [{"occupation": row.occupation, "level": row.level, "amount_fen": row.amount_fen} for row in rows],
        },
    )
    return added, len(changes)


def tariffs(context: Context) -> list[Tariff]:
    """All imported tariffs, by occupation, level and day."""
    ordered = select(CatalogueTariff).order_by(
        col(CatalogueTariff.occupation_key), col(CatalogueTariff.level), col(CatalogueTariff.effective_on)
    )
    return [_tariff(row) for row in context.session.exec(ordered)]


def in_time(context: Context) -> list[TariffInTime]:
    """All imported tariffs as `tariffs` has them, each with the days of the classes to which it applies."""
    found = tariffs(context)
    if not found:
        return []
    untils = [
        following.effective_on - timedelta(days=1) if _training_of(following) == _training_of(tariff) else None
        for tariff, following in pairwise(found)
    ]
    return [
        TariffInTime(tariff, until, _state(tariff, until, context.today))
        for tariff, until in zip(found, [*untils, None], strict=True)
    ]


def put(
    context: Context,
    occupation: str,
    level: str | None,
    hours: str,
    amount_fen: int,
    *,
    effective_on: date,
    document: str,
) -> bool:
    """Enter a single tariff of a catalogue; whether anything changed by it.

    Args:
        level: 5 to 1; None: the training has none.
        hours: 学时 as keyed; empty: the catalogue says none.

    Raises:
        PxtuiError: the occupation is empty, the hours are none, the amount is not positive, or as `take_list` says.
    """
    if not canonical(occupation):
        raise Refused("请填写职业（工种）。")
    if amount_fen <= 0:
        raise Refused("补贴标准应大于0，请填每人多少元。")
    try:
        row = TariffRow(occupation.strip(), level, hours_in({"hours": hours}, "hours"), amount_fen)
    except Unreadable as fault:
        raise Refused(str(fault)) from None
    return any(take_list(context, [row], effective_on=effective_on, document=document))


def tariff_for(context: Context, occupation: str, level: str | None, starts_on: date) -> Tariff | None:
    """The tariff for a class that starts on a day; None: no imported catalogue has it."""
    found = context.session.exec(
        select(CatalogueTariff)
        .where(
            col(CatalogueTariff.occupation_key) == canonical(occupation),
            col(CatalogueTariff.level) == (level or ""),
            col(CatalogueTariff.effective_on) <= starts_on,
        )
        .order_by(col(CatalogueTariff.effective_on).desc())
    ).first()
    return None if found is None else _tariff(found)


def _without_contradiction(rows: Sequence[TariffRow]) -> dict[tuple[str, str], TariffRow]:
    found: dict[tuple[str, str], TariffRow] = {}
    for row in rows:
        other = found.setdefault((canonical(row.occupation), row.level or ""), row)
        if (other.amount_fen, other.hours) != (row.amount_fen, row.hours):
            raise Refused(f"“{row.occupation}”同一等级在表中有两个补贴标准，请核对目录原文后只留一个。")
    return found


def _training_of(tariff: Tariff) -> tuple[str, str | None]:
    return canonical(tariff.occupation), tariff.level


def _state(tariff: Tariff, until: date | None, today: date) -> str:
    if until is not None and until < today:
        return f"至{until}"
    return "现行" if tariff.effective_on <= today else "未施行"


def _tariff(row: CatalogueTariff) -> Tariff:
    return Tariff(row.occupation, row.level or None, row.hours, row.amount_fen, row.effective_on, row.document)
