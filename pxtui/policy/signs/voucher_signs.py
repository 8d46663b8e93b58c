"""Signs about invoices and fees."""

from collections.abc import Iterator, Sequence
from datetime import date

from pxtui.identifiers.text import canonical, same
from pxtui.identifiers.voucher_number import is_tax_invoice, tail_of, voucher_key
from pxtui.policy.facts import Voucher
from pxtui.policy.rules.rule import CLAIM
from pxtui.policy.signs.limits import Limits
from pxtui.policy.signs.sign import Noticed, SignRules, ask, tell
from pxtui.policy.signs.surroundings import Surroundings
from pxtui.policy.subsidy import yuan

RULES = SignRules()
sign = RULES.sign


@sign("sign.invoice-split", "发票号码", "开票日期", "销售方", source="通知三；附件3", stages=CLAIM)
def invoice_split(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.invoice-split`, ask: an invoice follows one of another claim, of the same seller and day; tell: several
    invoices of one claim follow each other.
    """
    invoices = [voucher for voucher in around.application.vouchers if voucher.amount_fen > 0]
    for voucher in invoices:
        for other in around.vouchers:
            if other.amount_fen > 0 and other.issued_on == voucher.issued_on and same(other.payee, voucher.payee):
                first, second = _tail(voucher.number), _tail(other.number)
                if first is not None and second is not None and abs(first - second) == 1:
                    yield ask(
                        f"凭证{voucher.number}与{other.source}的{other.number}连号、同日、同一销售方；"
                        "请核实是否一笔费用分开报。",
                        item=voucher.number,
                    )
    for run in _runs(invoices):
        if len(run) >= limits.split_run:
            numbers = "、".join(voucher.number for voucher in run[:4])
            yield tell(f"{len(run)}张凭证连号、同日、同一销售方（{numbers}）；请与合同核对。", item=run[0].number)


@sign("sign.invoice-red", "发票号码", "开票日期", "价税合计", source="通知三；附件3", stages=CLAIM)
def invoice_red(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.invoice-red`, ask: a red-letter invoice elsewhere, no earlier, takes back exactly what one here costs."""
    for voucher in around.application.vouchers:
        for other in around.vouchers:
            is_taken_back = other.amount_fen == -voucher.amount_fen and same(other.payee, voucher.payee)
            if voucher.amount_fen > 0 and is_taken_back and other.issued_on >= voucher.issued_on:
                yield ask(
                    f"凭证{voucher.number}（{yuan(voucher.amount_fen)}元）开具后，{other.source}有同一销售方同额红字凭证"
                    f"{other.number}（{other.issued_on}）；请到税务查验平台查此凭证是否已红冲。",
                    item=voucher.number,
                )


@sign("sign.fee-at-cap", "实际支出培训费用", "购买服务覆盖人数", source="通知三", stages=CLAIM)
def fee_at_cap(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.fee-at-cap`, tell: the fee of a person is the cap to the fen; ask where it always is at this seller."""
    cap, heads = around.cap_per_person_fen, around.application.purchased_heads
    cost = sum(voucher.amount_fen for voucher in around.application.vouchers)
    if not cap or not heads or cost != cap * heads:
        return
    alike = [claim for claim in around.seller_claims if claim.heads and claim.cost_fen == cap * claim.heads]
    sentence = f"人均费用恰为上限{yuan(cap)}元"
    if len(alike) >= limits.seller_claims_at_cap and len(alike) == len(around.seller_claims):
        named = "、".join(claim.source for claim in alike[:3])
        yield ask(f"{sentence}，同一销售方另{len(alike)}件也都如此（{named}）；请核对合同价格和实际付款。")
    else:
        yield tell(f"{sentence}；请与合同价格核对。")


def _runs(vouchers: Sequence[Voucher]) -> Iterator[list[Voucher]]:
    """Invoices of one seller and day whose numbers follow each other."""
    places: dict[tuple[str, date, int], Voucher] = {}
    for voucher in vouchers:
        if (tail := _tail(voucher.number)) is not None:
            places[canonical(voucher.payee), voucher.issued_on, tail] = voucher
    run: list[Voucher] = []
    before: tuple[str, date, int] | None = None
    for place in sorted(places):
        if before is None or place != (*before[:2], before[2] + 1):
            if run:
                yield run
            run = []
        run.append(places[place])
        before = place
    if run:
        yield run


def _tail(number: str) -> int | None:
    """The last eight digits of a tax invoice as a number."""
    key = voucher_key(number)
    return int(tail_of(key)) if is_tax_invoice(number) and tail_of(key) else None
