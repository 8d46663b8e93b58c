"""What may not be changed says so, why, and what to do instead."""

from datetime import date, timedelta

import pytest

from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY
from pxtui.casework.lifecycle.stages import Stage
from screens.application.claim import Claim
from screens.application.intake import Intake
from screens.application.vouchers import Vouchers
from screens.frame.form import FormScreen
from screens.frame.sheet import SheetScreen
from screens.frame.shut import why_shut
from screens.roster.learning import Learning
from screens.roster.roster import Roster
from screens.terminal.plain import fitted

_WIDTH = 78
"""Of the line on the smallest screen, without its margins."""


DAY = date(2020, 3, 20)


def case_at(stage: Stage) -> CaseSummary:
    return CaseSummary(
        "2020-DQ-0001", "线培〔2020〕DQ-0001", stage, "某公司", "中型", "焊工", "40", DAY, DAY, DAY, "东区", ""
    )


@pytest.mark.parametrize("stage", sorted(OPENING_ENTRY))
def test_what_is_entered_or_returned_may_be_changed(stage: Stage) -> None:
    assert why_shut(case_at(stage), DAY, "开班申请", OPENING_ENTRY) == ""


@pytest.mark.parametrize("stage", [Stage.PRE_REVIEW, Stage.AWAITING_PAPER, Stage.RECEIVED, Stage.SECOND_CHECKED])
def test_what_waits_for_its_decision_is_returned_first(stage: Stage) -> None:
    sentence = why_shut(case_at(stage), DAY, "开班申请", OPENING_ENTRY)
    assert sentence.endswith("开班申请只能查看，不能改动；要改的先按F10、4退回。")


@pytest.mark.parametrize(
    ("stage", "key"), [(Stage.OPENED, "4"), (Stage.CLAIM_DRAFT, "S"), (Stage.CLAIM_RECEIVED, "S"), (Stage.PAID, "S")]
)
def test_an_approved_opening_is_put_right_at_its_decision(stage: Stage, key: str) -> None:
    sentence = why_shut(case_at(stage), DAY, Intake.what, Intake.open_at, Intake.instead)
    assert sentence.endswith(f"；要更正的按F10、{key}，再按F2。")


def test_a_claim_is_returned_as_long_as_it_waits_and_then_reviewed_anew_but_for_the_day_of_a_voucher() -> None:
    assert "要改的先按F10、S退回。" in why_shut(case_at(Stage.CLAIM_RECEIVED), DAY, "补贴申请", CLAIM_ENTRY)
    assert "退回复审" in why_shut(case_at(Stage.CLAIM_APPROVED), DAY, "补贴申请", CLAIM_ENTRY)
    granted = why_shut(case_at(Stage.CLAIM_APPROVED), DAY, Vouchers.what, Vouchers.open_at, Vouchers.instead)
    assert granted.endswith("；日期录错的按F10、S，再按F2。")


def test_the_people_of_a_running_class_are_changed_there() -> None:
    sentence = why_shut(case_at(Stage.OPENED), DAY, Roster.what, Roster.open_at, Roster.instead)
    assert sentence.endswith("；要变更的按F10、4、F2、Ctrl+N。")
    ended = why_shut(case_at(Stage.OPENED), DAY + timedelta(days=1), Roster.what, Roster.open_at, Roster.instead)
    assert ended == "此案“已结束待申领”，花名册只能查看，不能改动。"


def test_nothing_is_offered_where_there_is_nothing_to_do() -> None:
    sentence = why_shut(case_at(Stage.WITHDRAWN), DAY, "花名册", OPENING_ENTRY | CLAIM_ENTRY)
    assert sentence == "此案“已撤回”，花名册只能查看，不能改动。"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("screen", [Intake, Claim, Roster, Learning, Vouchers])
def test_the_sentence_fits_into_its_line(stage: Stage, screen: type[FormScreen] | type[SheetScreen]) -> None:
    sentence = why_shut(case_at(stage), DAY, screen.what, screen.open_at, screen.instead)
    assert fitted(sentence, _WIDTH).rstrip() == sentence


@pytest.mark.parametrize(
    ("today", "called"),
    [(date(2020, 3, 19), "已批未开班"), (DAY, "培训中"), (date(2020, 3, 21), "已结束待申领")],
)
def test_an_approved_class_is_called_as_on_the_desk(today: date, called: str) -> None:
    assert why_shut(case_at(Stage.OPENED), today, "花名册", OPENING_ENTRY).startswith(f"此案“{called}”")
