"""Two clerks at the vouchers of one claim: nothing that either keyed is lost, and who is second chooses one by one."""

from collections.abc import Callable
from datetime import date

import pytest

from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.policy.facts import Voucher
from tests.support.counter import ANSWER, Counter
from tests.support.pages import at, seen

FIRST, SECOND, THIRD = (f"2020000000000000000{digit}" for digit in (1, 2, 3))
DAY = date(2020, 4, 2)


@pytest.fixture
def clerk(register: Register) -> Counter:
    """A claim that is being entered, with one voucher of 500."""
    made = Counter(register)
    made.hire_colleagues()
    made.do(made.file(), Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    made.day = date(2020, 4, 3)
    made.do(NUMBER, Action.CLAIM)
    storing(made, (FIRST, 500))()
    return made


NUMBER = "2020-DQ-0001"


def storing(clerk: Counter, *vouchers: tuple[str, int]) -> Callable[[], None]:
    """A colleague stores these, numbers and yuan."""
    wanted = [Voucher(number, DAY, "恒力公司", "某培训公司", yuan * 100) for number, yuan in vouchers]

    def store() -> None:
        with clerk.register.writing(at(clerk, "李四").acting) as context:
            claim_filing.replace_vouchers(context, NUMBER, wanted)

    return store


def stored(clerk: Counter) -> dict[str, int]:
    with clerk.register.reading(clerk.acting) as context:
        return {voucher.number: voucher.amount_fen // 100 for voucher in claim_filing.vouchers_of(context, NUMBER)}


def keyed(number: str, yuan: int) -> tuple[str, ...]:
    return (f"={number}", "enter", "=0402", "enter", f"={yuan}", "enter", "enter", "enter")


def sheet(clerk: Counter, *keys: str | Callable[[], object]) -> str:
    return "\n".join(seen(clerk.register, clerk, ("vouchers", NUMBER), *keys))


def test_who_is_second_is_told_and_nothing_is_stored_over_the_colleague_s(clerk: Counter) -> None:
    page = sheet(clerk, storing(clerk, (FIRST, 500), (SECOND, 700)), *keyed(THIRD, 900))
    assert "同事先改了凭证，您改的还没有存下：录完按F5逐张对照。" in page
    assert THIRD in page
    assert stored(clerk) == {FIRST: 500, SECOND: 700}


def test_what_each_added_stands_behind_the_comparison(clerk: Counter) -> None:
    sooner = storing(clerk, (FIRST, 500), (SECOND, 700))
    assert "李四先存了，1栏不同" in sheet(clerk, sooner, *keyed(THIRD, 900), "f5")
    sheet(clerk, storing(clerk, (FIRST, 500)), *keyed(THIRD, 900), sooner, *keyed(f"{THIRD[:-1]}4", 100), "f5", "enter")
    assert stored(clerk) == {FIRST: 500, THIRD: 900, SECOND: 700, f"{THIRD[:-1]}4": 100}


@pytest.mark.parametrize(("digit", "yuan"), [("1", 550), ("2", 600)])
def test_a_voucher_that_both_changed_is_chosen(clerk: Counter, digit: str, yuan: int) -> None:
    sooner = storing(clerk, (FIRST, 550))
    to_the_amount = ("ctrl+home", "enter", "enter")
    sheet(clerk, sooner, *to_the_amount, "=600", "enter", "enter", "enter", "f5", f"={digit}", "enter")
    assert stored(clerk) == {FIRST: yuan}


def test_rows_that_follow_one_another_quickly_are_no_conflict_with_themselves(clerk: Counter) -> None:
    page = sheet(clerk, *keyed(SECOND, 700), *keyed(THIRD, 900))
    assert "同事" not in page
    assert stored(clerk) == {FIRST: 500, SECOND: 700, THIRD: 900}
