"""The claim form and the voucher sheet as data, and the way from what was keyed to facts and back."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial

from pxtui.casework.check.shortfalls import excess, lacking_account
from pxtui.casework.claim.accounts import Account, account_fault
from pxtui.casework.claim.filing import ClaimFiling
from pxtui.policy import words
from pxtui.policy.facts import Evidence, Voucher
from pxtui.policy.parameters import Notice
from pxtui.policy.subsidy import yuan
from screens.application.applicant_fields import NO, YES
from screens.application.intake_fields import HANDED_IN
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field, Values, day_example, not_after

_CLAIMABLE = "claimable_fen"
_NUMBER = re.compile(r"[\w\-()（）〔〕\[\]]*")


def claim_fields(today: date, notice: Notice) -> tuple[Field, ...]:
    """The fields of the claim; `today` completes dates keyed without a year, `notice` says what must be handed in."""
    return (
        Field(
            "received_on",
            "收件日期",
            10,
            Alphabet.DATE,
            required=True,
            base_day=today,
            check=partial(not_after, today),
            help=f"如{day_example(today)}。",
        ),
        *(_handed_in(material.value, words.MATERIALS[material].split()[-1]) for material in notice.claim_materials),
        *(_handed_in(kind.value, words.EVIDENCE[kind]) for kind in Evidence),
        Field(
            "purchased_heads",
            "购买覆盖人数",
            6,
            Alphabet.DIGITS,
            help="合同或发票写明的人数；没有写明留空，按开班批准人数算。",
        ),
        Field(
            "asked_total",
            "申请金额（元）",
            12,
            Alphabet.DECIMAL,
            check=_asked_fault,
            help="照附件3填写；留空就按名册和凭证算。",
        ),
        Field("asked_note", "申请金额核对", 60, derived=_asked_note),
        Field("bank_name", "开户银行", 40, check=_bank_fault, help="照附件3填支行全称；户名须与企业名称一致。"),
        Field("bank_account", "账号", 40, Alphabet.DIGITS, check=account_fault, help="暂时没有的留空，拨付前须补上。"),
        Field("account_note", "账户核对", 60, derived=_account_note),
    )


def all_handed_in(notice: Notice) -> Row:
    """Every material and every proof of the training ticked off."""
    return dict.fromkeys(
        [*(material.value for material in notice.claim_materials), *(kind.value for kind in Evidence)], YES
    )


def to_claim(values: Values, notice: Notice) -> ClaimFiling:
    """The claim that was keyed."""
    heads, asked = values.get("purchased_heads", ""), values.get("asked_total", "")
    return ClaimFiling(
        received_on=date.fromisoformat(values["received_on"]),
        materials=frozenset(material for material in notice.claim_materials if values.get(material.value) == YES),
        evidence=frozenset(kind for kind in Evidence if values.get(kind.value) == YES),
        purchased_heads=int(heads) if heads else None,
        asked_total_fen=int(Decimal(asked) * 100) if asked else None,
        account=Account(values.get("bank_name", ""), values.get("bank_account", "")),
    )


def from_claim(filing: ClaimFiling, notice: Notice) -> Row:
    """A filed claim as the form shows it."""
    return {
        "received_on": filing.received_on.isoformat(),
        "purchased_heads": "" if filing.purchased_heads is None else str(filing.purchased_heads),
        "asked_total": "" if filing.asked_total_fen is None else yuan(filing.asked_total_fen),
        "bank_name": filing.account.bank_name,
        "bank_account": filing.account.number,
        **{material.value: YES if material in filing.materials else NO for material in notice.claim_materials},
        **{kind.value: YES if kind in filing.evidence else NO for kind in Evidence},
    }


def voucher_fields(today: date | None) -> tuple[Field, ...]:
    """The columns of the vouchers; None: nothing is keyed, and no date is completed."""
    return (
        Field(
            "number",
            "凭证号码",
            20,
            check=_number_fault,
            help="照票面填，代码和号码连写；没有发票的填付款凭证号。",
        ),
        Field("issued_on", "开具日期", 10, Alphabet.DATE, required=True, base_day=today),
        Field("amount", "金额（元）", 12, Alphabet.DECIMAL, required=True, check=_money_fault),
        Field("payee", "收款方", 14, carry=True, help="先填的是培训单位或上一张的，与凭证核对，不同就改。"),
        Field("payer", "付款方", 12, carry=True, help="先填的是申请单位或上一张的，与凭证核对，不同就改。"),
    )


VOUCHER_NUMBERS = "号码照票面，代码和号码连写：专票10+8位，普票和电子票12+8位，数电票20位。"
"""In one line, beside the sheet."""
VOUCHER_KINDS = (
    "增值税专用发票：左上角10位代码，右上角8位号码，连写18位。",
    "增值税普通发票、卷票：12位代码（旧版10位）和8位号码，连写20位（旧版18位）。",
    "增值税电子普通发票：12位代码和8位号码，连写20位。",
    "数电票（全面数字化的电子发票）：没有代码，填20位发票号码；打印的纸质件上另有代码和号码的，也填这20位。",
    "红字发票：填它自己的代码和号码，不填原发票的；金额填负数。",
    "财政票据、付款回单：照票面的号码填；审查会提示不是发票号码，须附发票或说明。",
)
"""What belongs into the number, by kind of voucher; the digits are those of the tax authority's invoices."""


def to_vouchers(rows: list[Row]) -> list[Voucher]:
    """The vouchers that were keyed; a row without date or amount is none yet."""
    return [
        Voucher(
            number=row.get("number", ""),
            issued_on=date.fromisoformat(row["issued_on"]),
            payer=row.get("payer", ""),
            payee=row.get("payee", ""),
            amount_fen=int(Decimal(row["amount"]) * 100),
        )
        for row in rows
        if is_whole(row)
    ]


def is_whole(row: Values) -> bool:
    """Whether a row is a voucher: its date and amount are there and right."""
    fields = [field for field in voucher_fields(None) if field.required]
    return not any(field.fault(row.get(field.key, "")) for field in fields)


def from_voucher(voucher: Voucher) -> Row:
    """A voucher as the sheet shows it."""
    return {
        "number": voucher.number,
        "issued_on": voucher.issued_on.isoformat(),
        "amount": f"{Decimal(voucher.amount_fen) / 100:.2f}",
        "payee": voucher.payee,
        "payer": voucher.payer,
    }


def claimable(fen: int | None) -> Row:
    """What people and vouchers give, which what is asked is compared with."""
    return {_CLAIMABLE: "" if fen is None else str(fen)}


def _asked_note(values: Values) -> str:
    asked, most = values.get("asked_total", ""), values.get(_CLAIMABLE, "")
    if not most:
        return "还没有凭证，未核对"
    try:
        asked_fen = int(Decimal(asked) * 100)
    except InvalidOperation:
        return f"按人员和凭证算出{yuan(int(most))}元"
    return excess(asked_fen, int(most)) or f"不超过按人员和凭证算出的{yuan(int(most))}元"


def _account_note(values: Values) -> str:
    return lacking_account(Account(values.get("bank_name", ""), values.get("bank_account", ""))) or "已填"


def _handed_in(key: str, label: str) -> Field:
    return Field(key, label, 4, Alphabet.CHOICE, required=True, choices=HANDED_IN)


def _number_fault(text: str) -> str:
    return "" if _NUMBER.fullmatch(text) else f"凭证号码“{text}”只能有数字、字母、汉字和短横，请照票面填写。"


def _bank_fault(text: str) -> str:
    return f"“{text}”不是银行名称，请写支行全称，账号填在下一栏。" if text.isascii() else ""


def _asked_fault(text: str) -> str:
    return "申请金额不能是负数，请改正。" if Decimal(text) < 0 else _money_fault(text)


def _money_fault(text: str) -> str:
    fen = Decimal(text) * 100
    return "" if fen == fen.to_integral_value() else "金额最多两位小数，请改正。"
