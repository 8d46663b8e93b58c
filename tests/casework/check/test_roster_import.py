"""Rosters that come in: stopped without a trace, judged before they are taken, refused where nobody can be read."""

from pathlib import Path

import pytest

from pxtui.casework.check import roster_import
from pxtui.casework.check.roster_import import RosterReading
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.papers.reading.rosters import read_pasted
from pxtui.progress import Cancelled, Watch
from tests.conftest import ACTING
from tests.support.counter import AFTER_THE_CLASS, ANSWER, Counter
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people

ROSTERS = Path(__file__).parents[2] / "data" / "rosters"


class StopsAt(Watch):
    """A clerk who presses Esc when so many rows are written."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def check(self) -> None:
        """Stop in time."""
        if self.total and self.done >= self.rows:
            self.cancel()
        super().check()


def listed(count: int) -> RosterReading:
    lines = [
        f"{person.seq}\t{person.name}\t\t\t{person.id_number}\t{person.phone}\t" for person in made_up_people(count)
    ]
    return read_pasted("\n".join(lines))


@pytest.fixture
def number(register: Register, acting: Acting) -> str:
    """A case whose roster has three people."""
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, number, made_up_people(3, first=5_000))
    return number


@pytest.mark.slow
@pytest.mark.parametrize("rows", [0, 400, 800])
def test_an_import_that_is_stopped_leaves_the_roster_as_it_was(
    rows: int, register: Register, acting: Acting, number: str
) -> None:
    with register.reading(acting) as context:
        before = roster_edits.rows(context, number)
    watch = StopsAt(rows)
    with pytest.raises(Cancelled), register.writing(acting) as context:
        roster_import.take_reading(context, number, listed(1_000), watch)
    assert watch.done == rows
    with register.reading(acting) as context:
        assert roster_edits.rows(context, number) == before


def test_rows_are_judged_before_they_are_taken(register: Register, number: str) -> None:
    person, other = made_up_people(2)
    wrong = other.id_number[:-1] + ("1" if other.id_number[-1] != "1" else "2")
    lines = [f"{person.name}\t{person.id_number}\t{person.phone}", f"{other.name}\t{wrong}\t{other.phone}"]
    with register.reading(ACTING) as context:
        verdicts = roster_import.outlook(context, number, read_pasted("\n".join(lines))).verdicts
        assert [verdicts[place].word for place in range(2)] == ["通过", "不符"]
        assert "校验码" in verdicts[1].messages[0]
        assert len(roster_edits.rows(context, number)) == 3


def test_a_list_in_which_nobody_can_be_read_replaces_nobody(register: Register, acting: Acting, number: str) -> None:
    nobody = read_pasted("序号\t姓名\t性别\t年龄\t身份证号\t联系电话\n1\t李四\t女\t46\t5.10411E+17\t13800000002")
    assert (len(nobody.rows), len(nobody.refused)) == (0, 1)
    with pytest.raises(PxtuiError, match="没有一行能够导入"), register.writing(acting) as context:
        roster_import.take_reading(context, number, nobody)
    with register.reading(acting) as context:
        assert len(roster_edits.rows(context, number)) == 3


def test_reading_a_workbook_can_be_stopped() -> None:
    watch = Watch()
    watch.cancel()
    with pytest.raises(Cancelled):
        roster_import.read_file(ROSTERS / "a2-big-1200.xlsx", watch)


@pytest.mark.parametrize(("is_known", "kinds"), [(True, ["缺少"]), (False, [])])
def test_at_the_claim_whoever_was_approved_and_is_no_longer_listed_is_named(
    is_known: bool, kinds: list[str], register: Register
) -> None:
    counter = Counter(register)
    number = counter.file(made_up_people(3))
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    with register.writing(counter.acting) as context:
        # Two stand in the claim already: a comparison with them names nobody.
        roster_edits.replace_all(context, number, made_up_people(2))
        find(context, number).opening_roster_known = is_known
    with register.reading(counter.acting) as context:
        differences = roster_import.outlook(context, number, listed(2)).changes.from_approved
    assert [difference.name for difference in differences] == kinds
