"""The account of an enterprise: taken from the paper of its claim once, and never changed in passing."""

from dataclasses import replace

import pytest

from db.models import Case
from pxtui.casework.claim import accounts
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.claim.accounts import NO_ACCOUNT, Account
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.errors import PxtuiError
from tests.support.counter import Counter

BANK = "攀枝花市商业银行东区支行"
OWN = Account(BANK, "5104020000000001")


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def being_claimed(counter: Counter) -> str:
    """A class whose claim is being keyed; the account of its applicant is not known."""
    number = counter.claimed()
    counter.do(number, Action.RETURN, opinion="补账户")
    with counter.register.writing(counter.acting) as context:
        accounts.keep(context, find(context, number), NO_ACCOUNT)
    return number


def claim_with(counter: Counter, number: str, account: Account) -> None:
    with counter.register.writing(counter.acting) as context:
        claim_filing.put_claim(context, number, replace(claim_filing.claim_filing(context, number), account=account))


def on_file(counter: Counter, number: str) -> Account:
    with counter.register.reading(counter.acting) as context:
        case: Case = find(context, number)
        return accounts.account_of(context, case)


def test_the_account_of_a_claim_is_kept_and_shown_again(counter: Counter) -> None:
    number = being_claimed(counter)
    claim_with(counter, number, Account(BANK, "5104 0200 0000 0001"))
    assert on_file(counter, number) == OWN
    claim_with(counter, number, OWN)
    claim_with(counter, number, NO_ACCOUNT)
    assert on_file(counter, number) == OWN


@pytest.mark.parametrize(
    ("account", "sentence"),
    [
        (Account(BANK, ""), "开户银行和账号要一起填"),
        (Account("", "5104020000000001"), "开户银行和账号要一起填"),
        (Account(BANK, "12345"), "账号不是6至40位数字"),
    ],
)
def test_half_an_account_is_none(counter: Counter, account: Account, sentence: str) -> None:
    number = being_claimed(counter)
    with pytest.raises(PxtuiError, match=sentence):
        claim_with(counter, number, account)
    assert on_file(counter, number) == NO_ACCOUNT


def test_another_account_than_the_one_on_file_is_not_taken_from_a_claim(counter: Counter) -> None:
    number = being_claimed(counter)
    claim_with(counter, number, OWN)
    with pytest.raises(PxtuiError, match="末4位0001的一个，与所填不同"):
        claim_with(counter, number, Account(BANK, "6222020000000002"))
    assert on_file(counter, number) == OWN


def test_an_opening_filed_anew_leaves_the_account_on_file_alone(counter: Counter) -> None:
    number = being_claimed(counter)
    claim_with(counter, number, OWN)
    with counter.register.writing(counter.acting) as context:
        known = opening_filing.filing(context, number)
        details = replace(known.details, bank_name="", bank_account="", address="炳草岗大街1号")
        opening_filing.file(context, replace(known, details=details, received_on=counter.day))
    assert on_file(counter, number) == OWN
