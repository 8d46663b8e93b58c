"""What a dishonest clerk comes to too rarely by chance, played step by step on machines of `test_dishonest_clerk`."""

from dataclasses import replace

import pytest

from pxtui.casework.lifecycle.stages import Stage
from tests.attacks.test_dishonest_clerk import (
    FIRST,
    GRANTED_DAYS_AGO,
    IN_REVIEW,
    LARGE_ONE,
    LEAVERS,
    ON_DAYS,
    OTHERWISE,
    SPELLINGS,
    THIRD,
    DishonestClerkInReview,
    DishonestClerkOnDays,
    DishonestClerkOnNotices,
)
from tests.support.clerk_machine import Beginning, Beginnings, play
from tests.support.dishonest import furnished

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    return Beginnings(furnished(tmp_path_factory.mktemp("template")), tmp_path_factory.mktemp("beginnings"))


def test_one_invoice_written_in_two_ways(beginnings: Beginnings) -> None:
    play(
        DishonestClerkInReview,
        beginnings,
        Beginning(((FIRST, Stage.CLAIM_DRAFT),)),
        lambda machine: machine.write_the_invoice_in_another_way(FIRST, SPELLINGS[1]),
        lambda machine: machine.colleagues_go_on(FIRST, Stage.PAID),
        lambda machine: machine.write_the_invoice_in_another_way(THIRD, SPELLINGS[0]),
        DishonestClerkInReview.colleagues_have_paid_whatever_they_can,
    )


@pytest.mark.parametrize("field", OTHERWISE)
def test_decided_case_put_right_by_one_alone(beginnings: Beginnings, field: str) -> None:
    play(
        DishonestClerkInReview,
        beginnings,
        IN_REVIEW[0],
        lambda machine: machine.put_right_what_is_right(FIRST, field, None),
        DishonestClerkInReview.colleagues_have_paid_whatever_they_can,
    )


@pytest.mark.parametrize("later", [0, -9])
def test_class_changed_by_one_alone(beginnings: Beginnings, later: int) -> None:
    play(
        DishonestClerkOnDays,
        beginnings,
        ON_DAYS[0],
        lambda machine: machine.change_a_class_alone(FIRST, later, LEAVERS[0], None),
        lambda machine: machine.let_days_pass(12),
        lambda machine: machine.state_the_days_of_receipt(0, "", None),
    )


@pytest.mark.parametrize("fen", [0, 80_000])
def test_results_of_the_ordinary_procedure_made_up(beginnings: Beginnings, fen: int) -> None:
    play(
        DishonestClerkInReview,
        beginnings,
        Beginning(((LARGE_ONE, Stage.TRANSFERRED),)),
        lambda machine: machine.tell_what_the_ordinary_procedure_brought(fen, None),
    )


def test_fourth_training_of_the_year(beginnings: Beginnings) -> None:
    """The first person had two before, and this class has an invoice of its own."""

    def with_an_invoice_of_its_own(machine: DishonestClerkInReview) -> None:
        held = machine.desk.truth.classes
        held[THIRD] = replace(held[THIRD], invoice="72345678")

    play(
        DishonestClerkInReview,
        beginnings,
        Beginning(((FIRST, Stage.CLAIM_RECEIVED),)),
        with_an_invoice_of_its_own,
        DishonestClerkInReview.colleagues_have_paid_whatever_they_can,
    )


@pytest.mark.parametrize(("later", "back"), [(5, 1), (370, -6)], ids=["ahead", "when it was still in time"])
def test_day_of_receipt_that_is_not_today(beginnings: Beginnings, later: int, back: int) -> None:
    play(
        DishonestClerkOnDays,
        beginnings,
        Beginning(((FIRST, Stage.CLAIM_DRAFT),), later),
        lambda machine: machine.state_the_days_of_receipt(back, "邮寄途中", None),
    )


@pytest.mark.parametrize("back", [1, -5])
def test_day_of_a_notice_that_is_not_today(beginnings: Beginnings, back: int) -> None:
    play(
        DishonestClerkOnNotices,
        beginnings,
        GRANTED_DAYS_AGO,
        lambda machine: machine.hurry_without_an_accident(back),
        lambda machine: machine.hurry_without_an_accident(back),
    )
