"""At the end of a shift nothing is forgotten: who has what in hand, and who goes on with it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from pxtui.casework.desk import shift
from pxtui.casework.lifecycle import paper_place
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issuing
from pxtui.errors import PxtuiError
from tests.support.counter import Counter
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    made = Counter(register)
    made.hire_colleagues()
    return made


def in_hand(counter: Counter, name: str) -> list[str]:
    with counter.register.reading(counter.acting) as context:
        return [row.number for row in shift.in_hand(context, name)]


def test_what_waits_for_somebody_is_in_hand_the_most_pressing_first(counter: Counter) -> None:
    draft, submitted, opened = (counter.file(made_up_people(2, first)) for first in (0, 5, 10))
    counter.do(submitted, Action.SUBMIT)
    counter.do(opened, Action.SUBMIT, Action.APPROVE)
    assert in_hand(counter, "张三") == [submitted, draft]
    counter.do(submitted, Action.ACCEPT, by="李四")
    assert (in_hand(counter, "张三"), in_hand(counter, "李四")) == ([draft], [submitted])


def test_a_colleague_goes_on_with_what_she_is_given_and_has_the_paper(counter: Counter) -> None:
    first, second = (counter.file(made_up_people(2, first)) for first in (0, 5))
    with counter.register.writing(counter.acting) as context:
        given = shift.hand_over(context, "李四", "合同原件明天送来", only=[first])
    assert [row.number for row in given] == [first]
    assert (in_hand(counter, "张三"), in_hand(counter, "李四")) == ([second], [first])
    with counter.register.reading(counter.acting) as context:
        assert paper_place.where(context, first) == "李四处"


@pytest.mark.parametrize(
    ("taker", "only", "sentence"),
    [
        ("孙七", [], "台账里没有名为“孙七”的人员"),
        ("张三", [], "不能交给自己"),
        ("李四", ["2020-DQ-0099"], "2020-DQ-0099不在您手上"),
        ("李四", ["2020-DQ-0098", "2020-DQ-0001", "2020-DQ-0097"], "^2020-DQ-0097、2020-DQ-0098不在您手上"),
    ],
)
def test_what_cannot_be_handed_over_stays(counter: Counter, taker: str, only: list[str], sentence: str) -> None:
    number = counter.file()
    with pytest.raises(PxtuiError, match=sentence), counter.register.writing(counter.acting) as context:
        shift.hand_over(context, taker, only=only)
    assert in_hand(counter, "张三") == [number]


def test_empty_hands_have_nothing_to_give(counter: Counter) -> None:
    with pytest.raises(PxtuiError, match="没有未办结的案件"), counter.register.writing(counter.acting) as context:
        shift.hand_over(context, "李四")


def test_the_list_for_both_to_sign_tells_what_was_given_that_day(counter: Counter, tmp_path: Path) -> None:
    with pytest.raises(PxtuiError, match="没有交出案件"), counter.register.writing(counter.acting) as context:
        issuing.issue_for_office(context, "shift-list", counter.acting.today, tmp_path)
    first, second = (counter.file(made_up_people(2, first)) for first in (0, 5))
    with counter.register.writing(counter.acting) as context:
        shift.hand_over(context, "李四", "合同原件明天送来", only=[first])
        shift.hand_over(context, "王五", only=[second])
        path = issuing.issue_for_office(context, "shift-list", counter.acting.today, tmp_path)
    rows = [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]
    told = [row for row in rows if row[0] in (1, 2)]
    assert [(row[1], row[5], str(row[6] or "").replace("\n", "")) for row in told] == [
        (first, "李四", "合同原件明天送来"),
        (second, "王五", ""),
    ]
