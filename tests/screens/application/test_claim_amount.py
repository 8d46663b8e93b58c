"""The amount below the claim form is explained with what is keyed above it."""

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from tests.support.counter import AFTER_THE_CLASS, ANSWER, Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow

TO_THE_HEADS = ("enter", "ctrl+n", "ctrl+end", "up", "up", "up")


@pytest.fixture
def clerk(register: Register) -> Counter:
    """A claim for three people that is being entered, with an invoice of 500 yuan for each."""
    counter = Counter(register)
    number = counter.file(made_up_people(3))
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    return counter


def amount(clerk: Counter, *keys: str) -> str:
    """What stands below the form after keys in the field of the purchase; nothing is stored."""
    lines = seen(clerk.register, clerk, "desk", *TO_THE_HEADS, *keys)
    return "".join(line.strip() for line in lines[-8:-2])


def test_the_purchase_follows_the_keys(clerk: Counter) -> None:
    assert "分摊人数 3人（购买覆盖3人，名册3人，取大者）" in amount(clerk)
    assert "分摊人数 3人（购买覆盖未写明，按开班批准3人，名册3人，取大者）" in amount(clerk, "f2", "backspace")
    said = amount(clerk, "f2", "backspace", "=6")
    assert "分摊人数 6人（购买覆盖6人，名册3人，取大者）" in said
    assert "补贴合计 750.00元（符合3人" in said
    assert "分摊人数 64人" in amount(clerk, "f2", "backspace", "=64")


def test_what_is_restored_is_explained_again(clerk: Counter) -> None:
    assert "分摊人数 3人（购买覆盖3人，名册3人，取大者）" in amount(clerk, "=64", "escape")
