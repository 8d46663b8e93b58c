"""Rows of a roster one by one, as the sheet stores them."""

from dataclasses import replace

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.identifiers.id_number import check_character
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING
from tests.support.filings import a_filing


def trainee(serial: int) -> Trainee:
    """A made-up man of 1980."""
    first_17 = f"5104021980010{1 + serial // 500}{serial % 500 * 2 + 1:03}"
    return Trainee(0, f"学员{serial}", "男", 40, first_17 + check_character(first_17), "13800000001", "")


@pytest.fixture
def number(register: Register, acting: Acting) -> str:
    """A draft case with three people."""
    with register.writing(acting) as context:
        filed = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, filed, roster_edits.renumbered(map(trainee, range(3))))
    return filed


def seqs_and_names(register: Register, number: str) -> list[tuple[int, str]]:
    """The roster in short."""
    with register.reading(ACTING) as context:
        return [(row.seq, row.name) for row in roster_edits.rows(context, number)]


def test_rows_are_put_inserted_and_removed_where_they_stand(register: Register, acting: Acting, number: str) -> None:
    with register.writing(acting) as context:
        roster_edits.put_row(context, number, 1, replace(trainee(1), name="改名"))
        roster_edits.put_row(context, number, 3, trainee(3))
        roster_edits.insert_row(context, number, 0, trainee(4))
        roster_edits.remove_row(context, number, 3)
    assert seqs_and_names(register, number) == [(1, "学员4"), (2, "学员0"), (3, "改名"), (4, "学员3")]


def test_the_check_near_a_row_is_the_check_of_the_whole(register: Register, acting: Acting, number: str) -> None:
    twice = trainee(0)
    with register.writing(acting) as context:
        roster_edits.put_row(context, number, 2, twice)
    with register.reading(acting) as context:
        near = eligibility.verdicts_near(context, number, 2, [twice.id_number, trainee(2).id_number])
        whole = eligibility.row_verdicts(context, number)
    assert near == {position: whole[position] for position in (0, 2)}
    assert whole[2].word == "不符"


def test_a_flag_goes_when_its_cause_is_gone(register: Register, acting: Acting, number: str) -> None:
    with register.writing(acting) as context:
        roster_edits.put_row(context, number, 2, trainee(0))
        roster_edits.put_row(context, number, 0, trainee(5))
    with register.reading(acting) as context:
        near = eligibility.verdicts_near(context, number, 0, [trainee(5).id_number, trainee(0).id_number])
    assert {position: verdict.word for position, verdict in near.items()} == {0: "通过", 2: "通过"}
