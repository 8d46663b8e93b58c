"""Vouchers that look as if they told of one and the same expense, which is counted once (notice 三)."""

from collections.abc import Sequence
from itertools import combinations

from pxtui.identifiers.text import canonical
from pxtui.identifiers.voucher_number import is_tax_invoice
from pxtui.policy.facts import Voucher


def counted_twice(vouchers: Sequence[Voucher]) -> tuple[str, ...]:
    """A sentence for each two of which one may be the invoice and the other the slip of its payment.

    That is a question and no finding: a course may be paid in two equal parts.
    """
    return tuple(
        f"第{first}张和第{second}张金额、收付款方都相同，只有一张是发票号码：发票和付它的凭证是同一笔支出，只录发票；"
        "确是两笔的不用改。"
        for (first, earlier), (second, later) in combinations(enumerate(vouchers, start=1), 2)
        if _may_be_one(earlier, later)
    )


def _may_be_one(first: Voucher, second: Voucher) -> bool:
    same = _parties_and_amount(first) == _parties_and_amount(second)
    return first.amount_fen > 0 and same and _is_invoice(first) is not _is_invoice(second)


def _parties_and_amount(voucher: Voucher) -> tuple[str, str, int]:
    return canonical(voucher.payer), canonical(voucher.payee), voucher.amount_fen


def _is_invoice(voucher: Voucher) -> bool:
    return is_tax_invoice(voucher.number)
