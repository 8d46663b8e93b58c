"""What a city has one of, as each register tells it: funds, holidays, the lifting, tariffs, keys of other offices."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from db.models import (
    CalendarVersion,
    CatalogueTariff,
    ExchangedTraining,
    ExchangedVoucher,
    ExchangePartner,
    Fund,
    Lifting,
)
from pxtui.policy.subsidy import yuan

LIFTING = "疫情结束公告的日期"


def fund_name(code: str) -> str:
    """What is told of a fund."""
    return f"资金{code}的名称"


def holidays(version: CalendarVersion) -> str:
    """What is told of a year's calendar."""
    return f"{version.year}年的节假日（{version.document}）"


def tariff(row: CatalogueTariff) -> str:
    """What is told of a subsidy of the ordinary procedure."""
    return f"{row.occupation_key}{row.level or '不分'}级自{row.effective_on}起的线下补贴标准"


def partner(code: str) -> str:
    """What is told of another office's keys."""
    return f"{code}的交换公钥"


def told(session: Session) -> Iterator[tuple[str, str]]:
    """What it is, and what is said of it."""
    for fund in session.exec(select(Fund)):
        yield fund_name(fund.code), fund.name
    for version in session.exec(select(CalendarVersion).where(col(CalendarVersion.signed_on).is_not(None))):
        yield holidays(version), version.days
    for lifting in session.exec(select(Lifting)):
        yield LIFTING, f"{lifting.lifted_on}"
    for row in session.exec(select(CatalogueTariff)):
        yield tariff(row), f"{yuan(row.amount_fen)}元"
    for known in session.exec(select(ExchangePartner)):
        yield partner(known.office_code), (known.box_key + known.sign_key).hex()


def granted(session: Session) -> dict[str, int]:
    """By code, what a fund was granted, in fen."""
    return {fund.code: fund.granted_fen for fund in session.exec(select(Fund).order_by(col(Fund.code)))}


def elsewhere(session: Session) -> set[tuple[str, str]]:
    """Codes of offices, and cases that their lists told of and that count."""
    found: set[tuple[str, str]] = set()
    for table in (ExchangedTraining, ExchangedVoucher):
        every = select(table.office_code, table.case_number).where(col(table.struck) == "").distinct()
        found.update((code, number) for code, number in session.exec(every))
    return found
