"""The totals of the cover and the roster must agree before the application is submitted."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from rich.cells import cell_len

from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import control_totals
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Trainee
from tests.support.filings import a_filing

ENDS_IN_X = Trainee(1, "张三丰", None, None, "11010519491231002X", "13800000002", "")
PEOPLE = (
    ENDS_IN_X,
    Trainee(2, "张三", None, None, "510402198001010018", "13800000001", ""),
    Trainee(3, "李静", None, None, "510402199003070027", "13800000003", ""),
)
SUM = 20 + 18 + 27


def submitted(
    register: Register, acting: Acting, people: Sequence[Trainee] = PEOPLE, *, tail_sum: int | None, wanted: bool = True
) -> Stage:
    """File a case with a roster and hand it on."""
    with register.writing(acting) as context:
        office_settings.change(context, tail_sum_wanted=wanted)
        number = opening_filing.file(context, replace(a_filing(), cover_tail_sum=tail_sum))
        roster_edits.replace_all(context, number, people)
    with register.writing(acting) as context:
        return advance.advance(context, number, Action.SUBMIT)


@pytest.mark.parametrize(
    ("id_number", "tail"),
    [("510402198001010018", 18), ("11010519491231002X", 20), ("11010519491231002x", 20), ("A12B", 120), ("", 0)],
)
def test_a_tail_is_what_a_clerk_keys_into_a_desk_calculator(id_number: str, tail: int) -> None:
    assert control_totals.tail(id_number) == tail


def test_a_roster_that_agrees_with_its_cover_goes_on(register: Register, acting: Acting) -> None:
    assert submitted(register, acting, tail_sum=SUM) is Stage.RECEIVED


def test_nobody_asks_for_the_sum_where_the_office_does_not_want_it(register: Register, acting: Acting) -> None:
    assert submitted(register, acting, tail_sum=None, wanted=False) is Stage.RECEIVED
    assert submitted(register, acting, tail_sum=SUM + 1, wanted=False) is Stage.RECEIVED


def test_a_sum_that_nobody_keyed_is_not_taken_for_zero(register: Register, acting: Acting) -> None:
    nobodys = [replace(ENDS_IN_X, id_number="")]
    with pytest.raises(PxtuiError, match="还没有录申请表上的证号末四位合计"):
        submitted(register, acting, nobodys, tail_sum=None)
    assert submitted(register, acting, nobodys, tail_sum=0) is Stage.RECEIVED


def test_a_row_too_many_is_pointed_at(register: Register, acting: Acting) -> None:
    with pytest.raises(PxtuiError) as refusal:
        submitted(register, acting, tail_sum=SUM - 18)
    assert refusal.value.sentence == ("末四位合计：申请表47，花名册65，多18；第2行正合此数，请核对。")


def test_a_difference_that_no_row_explains_is_told_with_both_sums(register: Register, acting: Acting) -> None:
    with pytest.raises(PxtuiError, match="申请表70，花名册65，少5；请逐行核对"):
        submitted(register, acting, tail_sum=70)


@pytest.mark.parametrize("slip", [18, 200000, -7])
def test_a_difference_fits_into_the_message_line(register: Register, acting: Acting, slip: int) -> None:
    class_of_240 = [replace(PEOPLE[1 + seq // 239], seq=seq) for seq in range(1, 241)]
    with pytest.raises(PxtuiError) as refusal:
        submitted(register, acting, class_of_240, tail_sum=control_totals.tail_sum(class_of_240) - slip)
    assert cell_len(refusal.value.sentence) <= 78


def test_the_head_count_is_compared_first(register: Register, acting: Acting) -> None:
    with register.writing(acting) as context:
        office_settings.change(context, tail_sum_wanted=True)
        number = opening_filing.file(context, replace(a_filing(), cover_head_count=4))
        roster_edits.replace_all(context, number, PEOPLE)
        assert advance.why_incomplete(context, number) == "申请表填4人，花名册3人，请核对后改正其中一处再提交。"
        opening_filing.amend(context, number, replace(a_filing(), cover_head_count=3, cover_tail_sum=SUM))
        assert advance.why_incomplete(context, number) == ""


def test_settings_are_kept_and_a_share_is_a_percentage(register: Register, acting: Acting) -> None:
    with register.writing(acting) as context:
        assert office_settings.settings(context) == office_settings.Settings()
        office_settings.change(context, tail_sum_wanted=True)
        office_settings.change(context, second_keying_share=10)
    with register.writing(acting) as context:
        assert office_settings.settings(context) == office_settings.Settings(True, 10)
        with pytest.raises(PxtuiError, match="0至100"):
            office_settings.change(context, second_keying_share=101)
