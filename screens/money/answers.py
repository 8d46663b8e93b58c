"""What is wrong with the answers to the questions of the pages of money, each told before the next one is asked."""

from collections.abc import Callable, Collection

from pxtui.casework.claim.accounts import account_fault
from pxtui.casework.payment import funds
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical, canonical_code, same
from pxtui.policy.subsidy import yuan


def given(what: str) -> Callable[[str], str]:
    """An answer is needed; `what` it is, in Chinese."""
    return lambda text: "" if canonical(text) else f"请填写{what}。"


def number_fault(text: str) -> str:
    """A number of the bank has digits."""
    if any(character.isdigit() for character in text):
        return ""
    return "流水号里没有数字，请照回单填写；退票的按Esc后选2。"


def amount_fault(text: str) -> str:
    """An amount in yuan, more than nothing."""
    try:
        fen = funds.fen_of(text)
    except Refused as fault:
        return fault.sentence
    return "" if fen > 0 else "金额应大于0。"


def at_most(fen: int) -> Callable[[str], str]:
    """An amount no higher than this one."""

    def fault(text: str) -> str:
        return amount_fault(text) or (f"最多{yuan(fen)}元。" if funds.fen_of(text) > fen else "")

    return fault


def one_of(codes: Collection[str]) -> Callable[[str], str]:
    """One of the codes of funds."""
    return lambda text: "" if canonical_code(text) in codes else f"没有这个代码，现有{'、'.join(codes)}。"


def account_number_fault(text: str) -> str:
    """The number of an account, whatever blanks stand in it."""
    return account_fault(canonical(text))


def name_of(applicant: str) -> Callable[[str], str]:
    """The name of an account is that of the applicant."""
    return lambda text: "" if same(text, applicant) else f"户名须是{applicant}。"
