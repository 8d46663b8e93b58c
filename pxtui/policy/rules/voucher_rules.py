"""Rules about the vouchers of a claim on the route `sme-paid` (notice 三, 四(二))."""

from collections.abc import Callable, Iterator

from pxtui.identifiers.text import canonical, same
from pxtui.identifiers.voucher_number import is_tax_invoice
from pxtui.policy import words
from pxtui.policy.matter import JudgedVoucher, Matter
from pxtui.policy.rules.rule import CLAIM, Found, RuleSet, block, warn
from pxtui.policy.subsidy import yuan

VoucherRule = Callable[[Matter, JudgedVoucher], Iterator[Found]]
CostRule = Callable[[Matter, int], Iterator[Found]]

RULES: RuleSet[VoucherRule] = RuleSet()
"""Rules about one voucher."""

COST_RULES: RuleSet[CostRule] = RuleSet()
"""Rules about all vouchers together and the fen that those without a block add up to."""

rule = RULES.rule


@COST_RULES.rule("voucher.none", "四(二)", CLAIM)
def none(matter: Matter, accepted_fen: int) -> Iterator[Found]:
    """`voucher.none`, block: the claim has no voucher at all. Source: 通知四(二); contract."""
    if not matter.voucher_lines:
        yield block("没有购买第三方培训服务的支出凭证；请录入发票或付款凭证。")


@rule("voucher.duplicate", "三", CLAIM)
def duplicate(matter: Matter, line: JudgedVoucher) -> Iterator[Found]:
    """`voucher.duplicate`, block: an earlier voucher has the same number. Source: 通知三; contract."""
    if line.stands_earlier:
        number = line.voucher.number
        yield block(f"凭证{words.quoted(number)}重复录入；请删去重复的一张。", number)


@rule("voucher.reused", "三", CLAIM)
def reused(matter: Matter, line: JudgedVoucher) -> Iterator[Found]:
    """`voucher.reused`, block: the number was claimed in another case. Source: 通知三; contract."""
    if line.used_elsewhere:
        number = line.voucher.number
        where = words.voucher_use(number, matter.application.voucher_sources)
        yield block(f"凭证{words.quoted(number)}已在其他补贴申请中使用{where}，不能再次使用；请更换凭证。", number)


@rule("voucher.same-tail", "三", CLAIM)
def same_tail(matter: Matter, line: JudgedVoucher) -> Iterator[Found]:
    """`voucher.same-tail`, warn: another number of 8 against 18 or 20 digits ends alike: maybe one invoice, once with
    its code. Source: 通知三; contract.
    """
    if line.same_tail:
        number = line.voucher.number
        others = "、".join(words.quoted(other) for other in line.same_tail)
        yield warn(
            f"凭证{words.quoted(number)}与{others}末8位相同，可能是同一张发票；请对照票面的代码和号码核实。", number
        )


@rule("voucher.number-odd", "三", CLAIM)
def number_odd(matter: Matter, line: JudgedVoucher) -> Iterator[Found]:
    """`voucher.number-odd`, warn: no tax invoice has such a number. Source: 通知三; contract."""
    number = line.voucher.number
    if not is_tax_invoice(number):
        yield warn(
            f"凭证号码{words.quoted(number)}不是发票号码（8位，连同代码18或20位，数电票20位）；请对照票面核实，付款回单须附发票。",
            number,
        )


@rule("voucher.wrong-payer", "三", CLAIM)
def wrong_payer(matter: Matter, line: JudgedVoucher) -> Iterator[Found]:
    """`voucher.wrong-payer`, block: the payer is not the applicant. Source: 通知三; contract."""
    voucher, name = line.voucher, matter.application.applicant.name
    if not same(voucher.payer, name):
        payer, expected = words.quoted(voucher.payer), canonical(name) or "申请单位（单位名称未填）"
        yield block(
            f"凭证{words.quoted(voucher.number)}的付款方为{payer}，应为{expected}；请更换凭证。", voucher.number
        )


@rule("voucher.not-third-party", "三", CLAIM)
def not_third_party(matter: Matter, line: JudgedVoucher) -> Iterator[Found]:
    """`voucher.not-third-party`, block: the payee is the applicant. Source: 通知三; contract."""
    voucher = line.voucher
    if same(voucher.payee, matter.application.applicant.name):
        yield block(
            f"凭证{words.quoted(voucher.number)}的收款方就是申请单位，不是第三方培训服务支出；请更换凭证。",
            voucher.number,
        )


@rule("voucher.postdated", "四(二)", CLAIM)
def postdated(matter: Matter, line: JudgedVoucher) -> Iterator[Found]:
    """`voucher.postdated`, warn: issued after the day on which the subsidy is applied for.

    Source: 通知四(二); contract.
    """
    voucher, decided_on = line.voucher, matter.application.decided_on
    if voucher.issued_on > decided_on:
        yield warn(
            f"凭证{words.quoted(voucher.number)}开于{voucher.issued_on}，晚于申请日{decided_on}；请核对日期。",
            voucher.number,
        )


@rule("voucher.predated", "末段", CLAIM)
def predated(matter: Matter, line: JudgedVoucher) -> Iterator[Found]:
    """`voucher.predated`, warn: issued before the first day of the notice, 2020-02-20. Source: 通知末段; contract."""
    voucher, first_day = line.voucher, matter.first_effective_day
    if voucher.issued_on < first_day:
        yield warn(
            f"凭证{words.quoted(voucher.number)}开于{voucher.issued_on}，早于通知实施日{first_day}；请核实是否本班费用。",
            voucher.number,
        )


@rule("voucher.other-provider", "三", CLAIM)
def other_provider(matter: Matter, line: JudgedVoucher) -> Iterator[Found]:
    """`voucher.other-provider`, warn: a provider is named, and the payee is neither it nor the applicant.

    Source: 通知三; contract.
    """
    voucher, provider = line.voucher, matter.training.provider
    expected = (provider, matter.application.applicant.name)
    if canonical(provider) and not any(same(voucher.payee, name) for name in expected):
        payee = words.quoted(voucher.payee)
        yield warn(
            f"凭证{words.quoted(voucher.number)}的收款方为{payee}，"
            f"批准的培训服务单位为{words.quoted(provider)}；请核实合同。",
            voucher.number,
        )


@COST_RULES.rule("voucher.no-cost", "三", CLAIM)
def no_cost(matter: Matter, accepted_fen: int) -> Iterator[Found]:
    """`voucher.no-cost`, block: there are vouchers, but those without a block add up to 0 or less.

    Source: 通知三; contract.
    """
    if matter.voucher_lines and accepted_fen <= 0:
        yield block(f"有效凭证合计{yuan(accepted_fen)}元，没有可补贴的支出；请补交有效凭证。")
