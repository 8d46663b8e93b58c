"""What batches of publicity and of payment have in common: which cases go into one, and how its number is keyed."""

from collections.abc import Callable, Sequence
from types import ModuleType

import pytest

from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import publishing
from pxtui.errors import PxtuiError
from tests.support.pay_desk import FUND, PayDesk
from tests.support.rosters import made_up_people

ANOTHER_OFFICE = "xiqu"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.grant()
    return made


def publish(context: Context, numbers: Sequence[str]) -> str:
    return publishing.publish(context, numbers, context.today).number


def order_payment(context: Context, numbers: Sequence[str]) -> str:
    return payment_orders.prepare(context, FUND, numbers).number


def granted(counter: PayDesk) -> str:
    number = counter.file(made_up_people(2, counter.people))
    counter.people += 2
    counter.granted(number)
    return number


def cleared(counter: PayDesk) -> str:
    return counter.cleared()


KINDS = pytest.mark.parametrize(
    ("ready", "put_together", "verb"),
    [(granted, publish, "公示"), (cleared, order_payment, "拨付")],
    ids=["publicity", "payment"],
)
Ready = Callable[[PayDesk], str]
PutTogether = Callable[[Context, Sequence[str]], str]


@KINDS
def test_a_batch_of_no_case_is_refused(counter: PayDesk, ready: Ready, put_together: PutTogether, verb: str) -> None:
    ready(counter)
    with (
        pytest.raises(PxtuiError, match=f"请先选定要{verb}的案件"),
        counter.register.writing(counter.acting) as context,
    ):
        put_together(context, [])


@KINDS
def test_the_cases_of_a_batch_are_of_one_office(
    counter: PayDesk, ready: Ready, put_together: PutTogether, verb: str
) -> None:
    ours, theirs = ready(counter), ready(counter)
    with counter.register.writing(counter.acting) as context:
        case = find(context, theirs)
        case.office_code = ANOTHER_OFFICE
        context.session.add(case)
    with (
        pytest.raises(PxtuiError, match=f"由哪个部门审核就由哪个部门{verb}，一个批次只列同一部门的案件"),
        counter.register.writing(counter.acting) as context,
    ):
        put_together(context, [ours, theirs])


@pytest.mark.parametrize(
    ("ready", "put_together", "rooms_batches"),
    [(granted, publish, publicity_batches), (cleared, order_payment, payment_batches)],
    ids=["publicity", "payment"],
)
def test_batches_are_counted_listed_newest_first_and_found_as_keyed(
    counter: PayDesk, ready: Ready, put_together: PutTogether, rooms_batches: ModuleType
) -> None:
    numbers = []
    for _ in range(2):
        case = ready(counter)
        with counter.register.writing(counter.acting) as context:
            numbers.append(put_together(context, [case, case]))
    first, second = numbers
    assert (first[-3:], second[-3:]) == ("001", "002")
    with counter.register.reading(counter.acting) as context:
        assert [batch.number for batch in rooms_batches.batches(context)][:2] == [second, first]
        older = rooms_batches.listed(context, 1, second)
        assert [batch.number for batch in older.batches] == [first]
        # What is open is never left out of the first page.
        newest = rooms_batches.listed(context, 1)
        assert ([batch.number for batch in newest.batches][:2], newest.more) == ([second, first], True)
        for keyed in (second, second.lower(), second.replace("-", "")):
            assert rooms_batches.look_up(context, keyed).number == second
        for unknown in ("", "2020-DQ-001", second.replace("DQ", "XQ"), second.replace("2020", "2021")):
            with pytest.raises(PxtuiError, match=f"没有编号为“{unknown}”的"):
                rooms_batches.look_up(context, unknown)
