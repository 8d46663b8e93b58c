"""A clerk sees in the check, before the hand-in, what is missing or too much beside the rules."""

import pytest

from pxtui.casework.check import standing
from pxtui.casework.claim import accounts
from pxtui.casework.claim.accounts import Account
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import undo as roster_undo
from tests.support.counter import AFTER_THE_CLASS, ANSWER, FEE_FEN, Counter
from tests.support.rosters import made_up_people

NO_ACCOUNT = "没有开户银行或账号，拨付前要在补贴申请或拨付页补填。"


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def notes(counter: Counter, number: str) -> tuple[str, ...]:
    with counter.register.reading(counter.acting) as context:
        return standing.standing(context, number).notes


def declared(counter: Counter, number: str, heads: int | None) -> None:
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.cover_head_count = heads
        context.session.add(case)


def asked(counter: Counter, number: str, fen: int) -> None:
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.asked_total_fen = fen
        context.session.add(case)


def with_account(counter: Counter, number: str) -> None:
    with counter.register.writing(counter.acting) as context:
        accounts.keep(context, find(context, number), Account("攀枝花市商业银行", "5104020000000001"))


def at_the_claim(counter: Counter) -> str:
    """A claim of two people that is keyed and not handed in; its number."""
    number = counter.file(made_up_people(2))
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    return number


def test_other_heads_than_on_the_cover_are_told_before_the_hand_in(counter: Counter) -> None:
    number = counter.file(made_up_people(6))
    declared(counter, number, 8)
    assert notes(counter, number) == ("申请表填8人，花名册6人，提交前要核对后改正其中一处。",)


@pytest.mark.parametrize("heads", [6, None])
def test_the_same_heads_and_heads_that_nobody_keyed_say_nothing(counter: Counter, heads: int | None) -> None:
    number = counter.file(made_up_people(6))
    declared(counter, number, heads)
    assert notes(counter, number) == ()


def test_an_account_that_is_not_filled_in_is_told_until_it_is(counter: Counter) -> None:
    number = at_the_claim(counter)
    assert notes(counter, number) == (NO_ACCOUNT,)
    with_account(counter, number)
    assert notes(counter, number) == ()


def test_an_amount_that_is_too_high_is_told_with_the_excess(counter: Counter) -> None:
    number = at_the_claim(counter)
    with_account(counter, number)
    asked(counter, number, 2 * FEE_FEN)
    assert notes(counter, number) == ()
    asked(counter, number, 2 * FEE_FEN + 55000)
    (sentence,) = notes(counter, number)
    assert sentence == "申请补贴1550.00元，比按人员和凭证算出的多550.00元，多的部分会核减。"


def test_nothing_is_told_any_more_of_a_claim_that_is_granted(counter: Counter) -> None:
    number = at_the_claim(counter)
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    assert NO_ACCOUNT not in notes(counter, number)


def missing(counter: Counter, number: str) -> str:
    with counter.register.reading(counter.acting) as context:
        return advance.why_incomplete(context, number)


def test_the_list_of_what_is_missing_tells_of_a_claim_what_will_be_cut_and_what_cannot_be_paid(
    counter: Counter,
) -> None:
    number = at_the_claim(counter)
    assert missing(counter, number) == NO_ACCOUNT
    asked(counter, number, 2 * FEE_FEN + 55000)
    assert (
        missing(counter, number) == f"申请补贴1550.00元，比按人员和凭证算出的多550.00元，多的部分会核减。{NO_ACCOUNT}"
    )
    asked(counter, number, 2 * FEE_FEN)
    with_account(counter, number)
    assert missing(counter, number) == ""


def test_a_claim_without_people_is_told_before_its_account(counter: Counter) -> None:
    number = at_the_claim(counter)
    with counter.register.writing(counter.acting) as context:
        roster_edits.replace_all(context, number, [])
    assert missing(counter, number) == "花名册没有人员，请先录入或导入花名册再提交。"


def test_a_roster_knows_the_heads_of_its_cover_and_that_of_a_claim_has_none(counter: Counter) -> None:
    number = counter.file(made_up_people(2))
    declared(counter, number, 3)

    def heads() -> int | None:
        with counter.register.reading(counter.acting) as context:
            return roster_undo.sheet(context, number).declared_heads

    assert heads() == 3
    declared(counter, number, None)
    assert heads() is None
    declared(counter, number, 2)
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    assert heads() is None
