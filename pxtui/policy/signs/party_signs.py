"""Signs about who sells, who buys and whose account is paid."""

import re
from collections.abc import Iterator

from pxtui.identifiers import phone
from pxtui.identifiers.firm_name import own_part
from pxtui.identifiers.person_name import same_name
from pxtui.identifiers.text import canonical_code, same
from pxtui.policy.facts import Trainee
from pxtui.policy.rules.rule import CLAIM
from pxtui.policy.signs.limits import Limits
from pxtui.policy.signs.sign import Noticed, SignRules, ask, rows, tell
from pxtui.policy.signs.surroundings import Party, Surroundings

RULES = SignRules()
sign = RULES.sign

_CARD = re.compile("62[0-9]{14,17}")


@sign("sign.seller-related", "提供培训服务单位", "销售方", "法定代表人", "联系电话", "单位地址", source="通知三")
def seller_related(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.seller-related`, ask: the seller has the buyer's credit code, legal representative, phone or address."""
    for seller in around.sellers:
        if common := _in_common(around.buyer, seller):
            yield ask(
                f"{seller.name}与申请单位{'、'.join(common)}相同；请核实是否向第三方购买培训服务。", item=seller.name
            )


@sign("sign.seller-alike", "提供培训服务单位", "销售方", "单位名称", source="通知三")
def seller_alike(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.seller-alike`, tell: buyer and seller share the part of their names that is their own (字号)."""
    buyer = own_part(around.buyer.name)
    for seller in around.sellers:
        if same(seller.name, around.buyer.name) or _in_common(around.buyer, seller):
            continue
        shared = _shared_beginning(buyer, own_part(seller.name))
        if len(shared) >= limits.name_characters:
            yield tell(f"{seller.name}与申请单位名称里都有“{shared}”；请看两家有无关联。", item=seller.name)


@sign("sign.contact-on-roster", "姓名", "联系电话", "经办人", "法定代表人", source="附件1、附件2")
def contact_on_roster(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.contact-on-roster`, tell: the applicant's contact or legal representative learns too; ask where one of
    their phones stands beside another name.
    """
    for row in around.application.roster:
        has_name = _is_named(row, around.buyer)
        if _has_phone(row, around.buyer) and not has_name and row.name.strip():
            yield ask(
                f"第{row.seq}号{row.name}的电话是单位经办人或法定代表人的；请改为本人电话，抽查时另行核实。", (row.seq,)
            )
        elif has_name:
            yield tell(f"第{row.seq}号{row.name}与单位经办人或法定代表人同名；请留意是否本人参训。", (row.seq,))


@sign("sign.teacher-on-roster", "姓名", "联系电话", "提供培训服务单位", source="附件1、附件2")
def teacher_on_roster(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.teacher-on-roster`, ask: somebody of the seller stands among the trainees, by name or phone."""
    for seller in around.sellers:
        if same(seller.name, around.buyer.name):
            continue
        found = tuple(row.seq for row in around.application.roster if _has_phone(row, seller) or _is_named(row, seller))
        if found:
            yield ask(
                f"{rows(found)}的姓名或电话是{seller.name}负责人、联系人的；请核实是授课还是参训。", found, seller.name
            )


@sign("sign.account-shared", "银行账号", source="附件3", stages=CLAIM)
def account_shared(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.account-shared`, ask: other firms have the buyer's bank account."""
    if around.account_holders:
        others = "、".join(around.account_holders[:5])
        yield ask(f"银行账号与{others}的相同；请凭开户证明核对账户是谁的。", item=others)


@sign("sign.account-personal", "银行账号", source="附件3；ISO/IEC 7812-1", stages=CLAIM)
def account_personal(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.account-personal`, ask: the account has the digits of a personal bank card."""
    digits = canonical_code(around.buyer.bank_account)
    if _CARD.fullmatch(digits) and _ends_like_a_card(digits):
        yield ask("银行账号像个人银行卡号；补贴只拨入企业账户，请核对开户证明。")


def _in_common(buyer: Party, seller: Party) -> list[str]:
    """What of it says that both are one hand; a name that is the buyer's own is for a rule of the notice."""
    if same(buyer.name, seller.name):
        return []
    has_code = canonical_code(buyer.credit_code) and canonical_code(buyer.credit_code) == canonical_code(
        seller.credit_code
    )
    facts = (
        ("统一社会信用代码", bool(has_code)),
        ("法定代表人", same_name(buyer.legal_representative, seller.legal_representative)),
        ("联系人", same_name(buyer.contact_name, seller.contact_name)),
        ("联系电话", bool(_digits(buyer) & _digits(seller))),
        ("地址", same(buyer.address, seller.address)),
    )
    return [name for name, is_common in facts if is_common]


def _shared_beginning(first: str, second: str) -> str:
    for length, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return first[:length]
    return min(first, second, key=len)


def _digits(party: Party) -> set[str]:
    return {phone.digits(text) for text in party.phones} - {""}


def _has_phone(row: Trainee, party: Party) -> bool:
    return phone.digits(row.phone) in _digits(party)


def _is_named(row: Trainee, party: Party) -> bool:
    return same_name(row.name, party.legal_representative) or same_name(row.name, party.contact_name)


def _ends_like_a_card(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
