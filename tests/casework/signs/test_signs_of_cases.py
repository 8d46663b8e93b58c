"""Signs of filed cases: what the register shows besides the rosters, what is decided about it, and what that stops."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, select

from db.models import Act, Applicant, JournalEntry, SignDecision
from db.phone_keys import account_key
from pxtui.casework.check import eligibility
from pxtui.casework.claim import accounts
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.claim.accounts import Account
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.signs import decisions
from pxtui.casework.signs.decisions import Decided, FoundSign
from pxtui.errors import Refused
from pxtui.policy.facts import Trainee, Voucher
from tests.support.counter import ANSWER, Counter
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people

OTHER_FIRM = "攀枝花市远航运输有限公司"
OTHER_CODE = "914403001922038216"


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def found(counter: Counter, number: str) -> tuple[FoundSign, ...]:
    with counter.register.reading(counter.acting) as context:
        return decisions.signs(context, number)


def codes(counter: Counter, number: str) -> set[str]:
    return {row.sign.code for row in found(counter, number)}


def place_of(counter: Counter, number: str, code: str) -> int:
    return next(place for place, row in enumerate(found(counter, number), 1) if row.sign.code == code)


def decide(counter: Counter, number: str, code: str, decided: Decided, reason: str = "", by: str = "") -> FoundSign:
    place = place_of(counter, number, code)
    with counter.register.writing(replace(counter.acting, name=by or counter.clerk)) as context:
        return decisions.decide(context, number, place, decided, reason)


def file_at_another_firm(counter: Counter, people: list[Trainee], starts_on: date = date(2020, 3, 20)) -> str:
    """A class of another firm in another county; its number."""
    filing = a_filing()
    applicant = replace(filing.applicant, name=OTHER_FIRM, credit_code=OTHER_CODE, county="510421")
    training = replace(filing.training, starts_on=starts_on, occupation="电工")
    with counter.register.writing(counter.acting) as context:
        number = opening_filing.file(
            context, replace(filing, applicant=applicant, training=training, received_on=counter.day)
        )
        roster_edits.replace_all(context, number, people)
    return number


def phone(people: list[Trainee], number: str) -> list[Trainee]:
    return [replace(person, phone=number) for person in people]


def test_one_phone_is_decided_about_once_and_asked_again_where_the_rows_are_others(counter: Counter) -> None:
    people = phone(made_up_people(3), "13800000001")
    number = counter.file(people)
    taken = decide(counter, number, "sign.phone-shared", Decided.EXPLAINED, "班组长代填")
    assert (taken.is_open, taken.decision and taken.decision.by) == (False, "张三")
    (again,) = (row for row in found(counter, number) if row.sign.code == "sign.phone-shared")
    assert again.decision == taken.decision
    with counter.register.writing(counter.acting) as context:
        roster_edits.replace_all(context, number, phone(made_up_people(4), "13800000001"))
    (anew,) = (row for row in found(counter, number) if row.sign.code == "sign.phone-shared")
    assert anew.is_open
    with counter.register.reading(counter.acting) as context:
        assert len(context.session.exec(select(SignDecision)).all()) == 1
        entry = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.SIGN_DECIDE)).one()
        assert "13800000001" not in entry.summary


@pytest.mark.parametrize(
    ("decided", "reason", "said"),
    [(Decided.EXPLAINED, " ", "要写明情况"), (Decided.TO_CHECK, "", "要写明情况")],
)
def test_what_is_explained_or_sent_to_be_checked_says_how(
    counter: Counter, decided: Decided, reason: str, said: str
) -> None:
    number = counter.file(phone(made_up_people(3), "13800000001"))
    with pytest.raises(Refused, match=said):
        decide(counter, number, "sign.phone-shared", decided, reason)
    assert all(row.decision is None for row in found(counter, number))


def test_whoever_looked_at_another_sign_decides_about_none(counter: Counter) -> None:
    number = counter.file(phone(made_up_people(3), "13800000001"))
    place = place_of(counter, number, "sign.phone-shared")
    with counter.register.writing(counter.acting) as context, pytest.raises(Refused, match="有了变化"):
        decisions.decide(context, number, place, Decided.SEEN, evidence="别的")


def test_people_at_two_firms_and_in_two_counties_at_once_are_seen_from_both_sides(counter: Counter) -> None:
    people = made_up_people(3)
    numbers = counter.file(people), file_at_another_firm(counter, people[:1])
    for number in numbers:
        assert {"sign.two-employers", "sign.two-counties"} <= codes(counter, number)
    (sign,) = (row.sign for row in found(counter, numbers[0]) if row.sign.code == "sign.two-employers")
    assert (sign.seqs, OTHER_FIRM in sign.message, "DQ-0002" in sign.message) == ((1,), False, True)


def test_a_class_that_was_taken_back_trained_nobody(counter: Counter) -> None:
    people = made_up_people(3)
    number, other = counter.file(people), file_at_another_firm(counter, people[:1])
    counter.do(other, Action.SUBMIT, Action.WITHDRAW, opinion="单位撤回")
    assert not {"sign.two-employers", "sign.two-counties"} & codes(counter, number)


def test_a_phone_of_three_others_elsewhere_is_told_and_one_s_own_is_not(counter: Counter) -> None:
    same = "13800000099"
    counter.file(phone(made_up_people(3), same))
    stranger = file_at_another_firm(counter, phone(made_up_people(1, 10), same), date(2020, 6, 1))
    assert "sign.phone-elsewhere" in codes(counter, stranger)
    again = file_at_another_firm(counter, phone(made_up_people(3), same), date(2020, 8, 1))
    seqs = {row.sign.code: row.sign.seqs for row in found(counter, again)}
    # Of the other class only one other person has it.
    assert "sign.phone-elsewhere" not in seqs


def an_account(counter: Counter, number: str, account: str) -> None:
    with counter.register.writing(counter.acting) as context:
        accounts.keep(context, find(context, number), Account("攀枝花市商业银行", account))


def test_two_firms_with_one_account_are_told_however_it_is_written(counter: Counter) -> None:
    number = counter.claimed()
    other = file_at_another_firm(counter, made_up_people(1, 20))
    an_account(counter, number, "5104 0200-0000 0001")
    assert "sign.account-shared" not in codes(counter, number)
    an_account(counter, other, "5104020000000001")
    (sign,) = (row.sign for row in found(counter, number) if row.sign.code == "sign.account-shared")
    assert OTHER_FIRM in sign.message
    with counter.register.reading(counter.acting) as context:
        keys = {row.account_key for row in context.session.exec(select(Applicant))}
        assert keys == {account_key(context.vault, "5104020000000001")}


def voucher(counter: Counter, number: str, invoice: str, amount_fen: int, day: date) -> None:
    with counter.register.writing(counter.acting) as context:
        before = claim_filing.vouchers_of(context, number)
        added = Voucher(invoice, day, before[0].payer, before[0].payee, amount_fen)
        claim_filing.replace_vouchers(context, number, [*before, added])


def test_an_invoice_that_another_claim_takes_back_or_goes_on_is_told(counter: Counter) -> None:
    number = counter.file(made_up_people(2))
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    other = counter.file(made_up_people(2, 30), date(2020, 3, 20), "电工")
    counter.do(other, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.day = date(2020, 4, 3)
    for place, claim in enumerate((number, other), 1):
        counter.do(claim, Action.CLAIM)
        counter.enter_claim(claim, f"0441200{place}")
    assert "sign.invoice-split" in codes(counter, number)
    assert "sign.invoice-red" not in codes(counter, number)
    voucher(counter, other, "04412090", -100_000, date(2020, 4, 3))
    assert "sign.invoice-red" in codes(counter, number)


def blocked(counter: Counter, change: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        change()
    return refusal.value.sentence


def test_open_signs_stop_an_approval_only_where_the_setting_says_so(counter: Counter) -> None:
    asked, free = (counter.file(phone(made_up_people(3, first), "13800000001")) for first in (0, 40))
    counter.do(free, Action.SUBMIT)
    assert counter.do(free, Action.APPROVE, opinion=ANSWER) is Stage.OPENED
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, signs_decided=True)
    counter.do(asked, Action.SUBMIT)
    said = blocked(counter, lambda: counter.do(asked, Action.APPROVE, opinion=ANSWER))
    assert "疑点没有处理" in said
    for row in found(counter, asked):
        if row.is_open:
            decide(counter, asked, row.sign.code, Decided.SEEN)
    assert counter.do(asked, Action.APPROVE, opinion=ANSWER) is Stage.OPENED


def test_a_sign_and_what_is_decided_about_it_change_no_judgement(counter: Counter) -> None:
    number = counter.file(phone(made_up_people(3), "13800000001"))
    with counter.register.reading(counter.acting) as context:
        before = eligibility.check(context, number)
    decide(counter, number, "sign.phone-shared", Decided.TO_CHECK, "电话核实")
    with counter.register.reading(counter.acting) as context:
        assert eligibility.check(context, number) == before
    assert before.passes
    assert not [finding for finding in before.findings if finding.code.startswith(("sign.", "learning."))]
