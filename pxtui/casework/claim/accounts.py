"""The account into which a subsidy is paid: the enterprise's own, and never changed in passing (notice 四(二))."""

import re
from dataclasses import dataclass

from db.models import Applicant, Case
from db.phone_keys import account_key
from pxtui.casework.office.context import Context
from pxtui.casework.verifying.rows import require_account
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical, same

_ACCOUNT = re.compile(r"[0-9][0-9-]{4,38}[0-9]")
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Account:
    """Where an applicant has its account, and the number; both empty where none is known."""

    bank_name: str = ""
    number: str = ""


NO_ACCOUNT = Account()


def account_of(context: Context, case: Case) -> Account:
    """The account on file of the applicant of a case.

    Raises:
        Damaged: it was altered past the program, or exchanged for that of another.
    """
    applicant = context.session.get_one(Applicant, case.applicant_id)
    require_account(context, applicant)
    return Account(applicant.bank_name, canonical(applicant.unseal(context.vault, "bank_account")))


def keep(context: Context, case: Case, account: Account) -> None:
    """Keep the account of a case's applicant in the place of the one on file."""
    applicant = context.session.get_one(Applicant, case.applicant_id)
    applicant.bank_name = canonical(account.bank_name)
    applicant.seal(context.vault, bank_account=canonical(account.number))
    applicant.account_key = account_key(context.vault, account.number)
    context.session.add(applicant)


def enter(context: Context, case: Case, account: Account) -> None:
    """Take the account from the paper of a claim where none is on file yet.

    Another than the one on file is taken only where it is read back digit by digit, before the payment.

    Raises:
        PxtuiError: the account is another, or is none.
    """
    keyed, on_file = Account(canonical(account.bank_name), canonical(account.number)), account_of(context, case)
    if keyed in (NO_ACCOUNT, on_file):
        return
    if on_file.number:
        raise Refused(
            f"台账里{case.applicant_name}的账号是末{_SHOWN}位{on_file.number[-_SHOWN:]}的一个，与所填不同；"
            "请核对，确要变更的先照台账填，公示后在拨付页更正账户。"
        )
    if not (keyed.bank_name and keyed.number):
        raise Refused("开户银行和账号要一起填，还没有的都留空。")
    require_own_account(case, case.applicant_name, keyed.bank_name, keyed.number)
    keep(context, case, keyed)


def require_own_account(case: Case, account_name: str, bank_name: str, account: str) -> None:
    """Refuse what `own_account_fault` finds.

    Raises:
        PxtuiError: the account is not the enterprise's, or no bank would find it.
    """
    if fault := own_account_fault(case, account_name, bank_name, account):
        raise Refused(fault)


def own_account_fault(case: Case, account_name: str, bank_name: str, account: str) -> str:
    """Why a case's subsidy cannot be paid to an account, in Chinese: not the enterprise's, or none; empty: it can."""
    if not bank_name.strip() or not account.strip():
        return f"{case.number} {case.applicant_name}没有开户银行或账号，请先更正账户。"
    if not same(account_name, case.applicant_name):
        return (
            f"{case.number}的户名“{account_name}”与申请单位“{case.applicant_name}”不一致，"
            "补贴只能拨付到企业账户；请核对后更正账户。"
        )
    if fault := account_fault(account):
        return f"{case.number}的{fault}"
    return ""


def account_fault(account: str) -> str:
    """What is wrong with the number of an account, in Chinese; empty where nothing is."""
    return "" if _ACCOUNT.fullmatch(account) else "账号不是6至40位数字，请核对后更正。"
