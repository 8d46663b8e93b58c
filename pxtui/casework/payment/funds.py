"""Funds (资金来源): the sources of payments, their grants and balances (notice 三)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from db.about import About
from db.models import Act, Fund
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.payment import movements
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.papers.reading.listing import Unreadable, fen_in
from pxtui.policy.subsidy import yuan


@dataclass(frozen=True, slots=True)
class Source:
    """A fund with its sums, in fen."""

    code: str
    name: str
    granted_fen: int
    on_its_way_fen: int
    """The total of payments without an answer, handed over or not."""
    paid_fen: int
    recovered_fen: int

    @property
    def balance_fen(self) -> int:
        """The sum that is left for payments."""
        return self.granted_fen - self.on_its_way_fen - self.paid_fen + self.recovered_fen


@dataclass(frozen=True, slots=True)
class Grant:
    """What is entered of a fund."""

    name: str
    granted_fen: int


def about_payment(code: str, numbers: Sequence[str]) -> About:
    """What a payment of cases from a fund is about: two at once could each find the money that is there for one."""
    return About(cases=tuple(numbers), names=(f"fund {canonical_code(code)}",))


def put(context: Context, code: str, name: str, granted_fen: int) -> Source:
    """Enter a fund, or change the name and the grant of one.

    Raises:
        PxtuiError: code or name is empty, the grant is not positive, or it is below the sum already used.
    """
    kept, called = canonical_code(code), canonical(name)
    if not kept or not called:
        raise Refused("资金来源须有代码和名称，请补填，如ZX2020 职业技能提升行动专项资金。")
    if granted_fen <= 0:
        raise Refused("资金额度应大于0，请改正。")
    before = context.session.get(Fund, kept)
    if before is not None:
        now = source(context, kept)
        used = now.granted_fen - now.balance_fen
        if granted_fen < used:
            raise Refused(f"“{now.name}”已用和在途{yuan(used)}元，额度不能改为{yuan(granted_fen)}元。")
    journal.record(
        context,
        None,
        Act.FUND_PUT,
        f"资金来源：{kept} {called} {yuan(granted_fen)}元",
        before=None if before is None else {"name": before.name, "granted_fen": before.granted_fen},
        after={"code": kept, "name": called, "granted_fen": granted_fen},
    )
    context.session.merge(Fund(code=kept, name=called, granted_fen=granted_fen))
    context.session.flush()
    return source(context, kept)


def add(context: Context, code: str, name: str, granted_fen: int) -> Source:
    """Enter a fund that is new.

    Raises:
        PxtuiError: a fund has this code already, or as `put` says.
    """
    known = context.session.get(Fund, canonical_code(code))
    if known is not None:
        raise Refused(f"代码{known.code}已经是“{known.name}”，没有登记：请换一个代码，或更正那一个。")
    return put(context, code, name, granted_fen)


def increase(context: Context, code: str, fen: int) -> Source:
    """Add a further sum to the grant of a fund.

    Raises:
        PxtuiError: there is no such fund, or the sum is not positive.
    """
    now = source(context, code)
    if fen <= 0:
        raise Refused("增加的额度应大于0，请改正。")
    return put(context, now.code, now.name, now.granted_fen + fen)


def granted(context: Context, code: str) -> Grant | None:
    """What is entered of the fund with a code; None: there is none."""
    fund = context.session.get(Fund, canonical_code(code))
    return None if fund is None else Grant(fund.name, fund.granted_fen)


def funds(context: Context) -> tuple[Source, ...]:
    """All funds, in the order of their codes."""
    now = movements.standing(context)
    known = context.session.exec(select(Fund).order_by(col(Fund.code))).all()
    return tuple(_source(fund, now.get(fund.code, Counter())) for fund in known)


def source(context: Context, code: str) -> Source:
    """The fund with a code.

    Raises:
        PxtuiError: there is none.
    """
    fund = context.session.get(Fund, canonical_code(code))
    if fund is None:
        known = "、".join(context.session.exec(select(Fund.code).order_by(col(Fund.code)))) or "还没有登记"
        raise NotFound(
            f"没有代码为“{code}”的资金来源，现有：{known}；"
            "请先在资金来源一页（F10、0、5）按Ins或用 pxtui fund put 登记。"
        )
    return _source(fund, movements.standing(context).get(fund.code, Counter()))


def fen_of(text: str) -> int:
    """The fen of an amount keyed in yuan.

    Raises:
        PxtuiError: the text is no amount.
    """
    try:
        fen = fen_in({"amount": text}, "amount")
    except Unreadable as fault:
        raise Refused(str(fault)) from None
    if fen is None:
        raise Refused("请填写金额，单位是元，如600或600.00。")
    return fen


def _source(fund: Fund, sums: Counter[str]) -> Source:
    return Source(fund.code, fund.name, fund.granted_fen, sums["on_its_way"], sums["paid"], sums["recovered"])
