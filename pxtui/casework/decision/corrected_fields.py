"""The fields of a decided case that a correction may put right: their values, what they may be, where they stand.

What decides is not among them: days, people, occupation, platform of a class are changed (`class_changes`), amounts and
results are reviewed anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from db.models import Applicant, Case, CorrectedField
from db.models import Voucher as VoucherRow
from db.phone_keys import phone_key
from db.readings import read_applicant
from pxtui.casework.check.eligibility import CaseFacts
from pxtui.casework.claim import accounts
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle.moves import SETTLED
from pxtui.casework.office.context import Context
from pxtui.casework.opening.applicants import name_applicant
from pxtui.errors import Refused
from pxtui.identifiers import credit_code, phone
from pxtui.identifiers.credit_code import InvalidCreditCode
from pxtui.identifiers.day import require_possible_year
from pxtui.identifiers.text import canonical, canonical_code, has_shape, same

NAMES = {
    CorrectedField.APPLICANT_NAME: "单位名称",
    CorrectedField.CREDIT_CODE: "统一社会信用代码",
    CorrectedField.ADDRESS: "单位地址",
    CorrectedField.CONTACT_NAME: "经办人",
    CorrectedField.CONTACT_PHONE: "经办人电话",
    CorrectedField.VOUCHER_DAY: "凭证开具日期",
}
JUDGED = frozenset({CorrectedField.APPLICANT_NAME, CorrectedField.CREDIT_CODE, CorrectedField.VOUCHER_DAY})
"""Rules and accounts compare these, so they may decide money: judged again, and seen by two where duties are apart."""
_LONGEST = 100
"""Characters of a text, as much as Attachment 1 has room for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One field, of a voucher its day."""

    field: CorrectedField
    position: int | None = None
    """Of the voucher among those of its case, from 0; None: no voucher's."""
    about: str = ""
    """The voucher's number."""

    @property
    def code(self) -> str:
        """What a screen or a command calls it: `address`, `voucher-day:2` for the second voucher."""
        return self.field.value if self.position is None else f"{self.field.value}:{self.position + 1}"

    @property
    def name(self) -> str:
        """In Chinese."""
        if self.position is None:
            return NAMES[self.field]
        return f"第{self.position + 1}张凭证{self.about or '（无号码）'}的开具日期"


def items(context: Context, case: Case) -> tuple[Item, ...]:
    """The fields of a case in a fixed order: the applicant's, then a day for every voucher."""
    vouchers = claim_filing.vouchers(context, case)
    return (
        *(Item(field) for field in CorrectedField if field is not CorrectedField.VOUCHER_DAY),
        *(Item(CorrectedField.VOUCHER_DAY, place, voucher.number) for place, voucher in enumerate(vouchers)),
    )


def value(context: Context, case: Case, item: Item) -> str:
    """What stands there now; of a day YYYY-MM-DD."""
    if item.field is CorrectedField.VOUCHER_DAY:
        return str(_voucher(context, case, item).issued_on)
    if item.field is CorrectedField.APPLICANT_NAME:
        return case.applicant_name
    if item.field is CorrectedField.CREDIT_CODE:
        return case.credit_code
    applicant = context.session.get_one(Applicant, case.applicant_id)
    if item.field is CorrectedField.CONTACT_PHONE:
        return applicant.unseal(context.vault, "contact_phone")
    return applicant.address if item.field is CorrectedField.ADDRESS else applicant.contact_name


def accepted(context: Context, item: Item, text: str) -> str:
    """A new value in the form in which it is kept.

    Raises:
        PxtuiError: it cannot be one.
    """
    kept = text.strip()
    if not kept:
        raise Refused(f"请填写更正后的{NAMES[item.field]}。")
    if len(kept) > _LONGEST:
        raise Refused(f"{NAMES[item.field]}最多{_LONGEST}字，现为{len(kept)}字，请核对。")
    if not all(map(has_shape, kept)):
        raise Refused(f"{NAMES[item.field]}里有看不见的控制字符，请重新输入。")
    form = _FORMS.get(item.field)
    return kept if form is None else form(context, kept)


def as_corrected(facts: CaseFacts, item: Item, text: str) -> CaseFacts:
    """The facts of a judgement, were a field this."""
    application = facts.application
    if item.field is CorrectedField.VOUCHER_DAY:
        assert item.position is not None
        vouchers = list(application.vouchers)
        vouchers[item.position] = replace(vouchers[item.position], issued_on=date.fromisoformat(text))
        return replace(facts, application=replace(application, vouchers=tuple(vouchers)))
    if item.field is CorrectedField.APPLICANT_NAME:
        return replace(facts, application=replace(application, applicant=replace(application.applicant, name=text)))
    changed = replace(application.applicant, credit_code=text)
    return replace(facts, application=replace(application, applicant=changed))


def put(context: Context, case: Case, item: Item, text: str) -> None:
    """Write a field.

    Raises:
        PxtuiError: a credit code is another applicant's, or its account another one.
    """
    if item.field is CorrectedField.VOUCHER_DAY:
        row = _voucher(context, case, item)
        row.issued_on = date.fromisoformat(text)
        context.session.add(row)
    elif item.field is CorrectedField.APPLICANT_NAME:
        _put_name(context, case, text)
    elif item.field is CorrectedField.CREDIT_CODE:
        _put_code(context, case, text)
    else:
        _put_detail(context, case, item.field, text)
    context.session.flush()


def _put_name(context: Context, case: Case, name: str) -> None:
    applicant = context.session.get_one(Applicant, case.applicant_id)
    # An applicant that was renamed since is called on file as it is called now.
    if same(applicant.name, case.applicant_name):
        name_applicant(applicant, name)
        context.session.add(applicant)
        context.session.flush()
        read_applicant(context.session, applicant)
    case.applicant_name = name
    context.session.add(case)


def _put_code(context: Context, case: Case, code: str) -> None:
    applicant = context.session.get_one(Applicant, case.applicant_id)
    owner = context.session.exec(select(Applicant).where(col(Applicant.credit_code_key) == code)).first()
    if owner is None:
        owner = applicant if _is_of_one_firm(context, case) else _without_account(applicant)
        owner.credit_code = owner.credit_code_key = code
        name_applicant(owner, owner.name)
    elif owner.id != applicant.id:
        _require_same_firm(context, case, owner)
    context.session.add(owner)
    context.session.flush()
    read_applicant(context.session, owner)
    case.applicant_id, case.credit_code = owner.id, code
    context.session.add(case)


def _require_same_firm(context: Context, case: Case, owner: Applicant) -> None:
    """The code is on file already: of the same firm under two codes, or of another firm."""
    if not same(owner.name, case.applicant_name):
        raise Refused(f"台账里{owner.credit_code}是“{owner.name}”的代码，请核对；单位也录错了的，先更正单位名称。")
    before, after = accounts.account_of(context, case), owner.unseal(context.vault, "bank_account")
    if case.stage in SETTLED and before.number and canonical(after) != before.number:
        raise Refused(f"台账里{owner.credit_code}的账户与本案的不同，更正会换了账户；请先退回复审，核对账户。")


def _is_of_one_firm(context: Context, case: Case) -> bool:
    """Whether all cases of an applicant on file are called alike: a code that is wrong is wrong for all of them."""
    names = context.session.exec(select(Case.applicant_name).where(col(Case.applicant_id) == case.applicant_id))
    return all(same(name, case.applicant_name) for name in names)


def _without_account(applicant: Applicant) -> Applicant:
    """Another applicant on file like this one. The account and the phone stay with the firm whose code it was."""
    theirs = {"id", "uid", "contact_phone", "phone_key", "bank_name", "bank_account", "account_key"}
    kept = applicant.model_dump(exclude=theirs)
    return Applicant(**kept)


def _put_detail(context: Context, case: Case, field: CorrectedField, text: str) -> None:
    applicant = context.session.get_one(Applicant, case.applicant_id)
    if field is CorrectedField.CONTACT_PHONE:
        applicant.seal(context.vault, contact_phone=text)
        applicant.phone_key = phone_key(context.vault, text)
    elif field is CorrectedField.ADDRESS:
        applicant.address = text
    else:
        applicant.contact_name = text
    context.session.add(applicant)


def _voucher(context: Context, case: Case, item: Item) -> VoucherRow:
    of_case = select(VoucherRow).where(col(VoucherRow.case_id) == case.id)
    return context.session.exec(of_case.where(col(VoucherRow.position) == item.position)).one()


def _as_name(_: Context, text: str) -> str:
    if text.isascii():
        raise Refused(f"“{text}”不是单位名称，请写汉字全称。")
    return text


def _as_code(_: Context, text: str) -> str:
    try:
        return credit_code.parse(canonical_code(text))
    except InvalidCreditCode as fault:
        raise Refused(f"{fault}。") from fault


def _as_phone(_: Context, text: str) -> str:
    if not phone.is_valid(text):
        raise Refused("电话应为11位手机号，或座机区号-号码（如0812-3330000），请改正。")
    return canonical(text)


def _as_day(context: Context, text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{text}”不是日期，请写成{context.today}这样的年月日。") from None
    require_possible_year("开具日期", day, context.today)
    if day > context.today:
        raise Refused(f"{day}还没有到，凭证不会晚于今天{context.today}开具，请核对。")
    return str(day)


_FORMS: Mapping[CorrectedField, Callable[[Context, str], str]] = {
    CorrectedField.APPLICANT_NAME: _as_name,
    CorrectedField.CREDIT_CODE: _as_code,
    CorrectedField.CONTACT_PHONE: _as_phone,
    CorrectedField.VOUCHER_DAY: _as_day,
}
