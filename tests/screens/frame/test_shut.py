"""What may not be changed says so, why, and what to do instead."""

from datetime import date

import pytest

from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY
from pxtui.casework.lifecycle.stages import Stage
from screens.frame.shut import why_shut
from screens.terminal.plain import fitted

_WIDTH = 78
"""Of the line on the smallest screen, without its margins."""


def case_at(stage: Stage) -> CaseSummary:
    day = date(2020, 3, 20)
    return CaseSummary(
        "2020-DQ-0001", "线培〔2020〕DQ-0001", stage, "某公司", "中型", "焊工", "40", day, day, day, "东区", ""
    )


@pytest.mark.parametrize("stage", sorted(OPENING_ENTRY))
def test_what_is_entered_or_returned_may_be_changed(stage: Stage) -> None:
    assert why_shut(case_at(stage), "开班申请", OPENING_ENTRY) == ""


@pytest.mark.parametrize("stage", [Stage.PRE_REVIEW, Stage.AWAITING_PAPER, Stage.RECEIVED, Stage.SECOND_CHECKED])
def test_what_waits_for_its_decision_is_returned_first(stage: Stage) -> None:
    sentence = why_shut(case_at(stage), "开班申请", OPENING_ENTRY)
    assert sentence.endswith("开班申请只能查看，不能改动；要改的先按F10、4退回。")


@pytest.mark.parametrize("stage", [Stage.OPENED, Stage.CLAIM_DRAFT, Stage.CLAIM_RECEIVED, Stage.PAID])
def test_an_approved_opening_is_put_right_at_its_decision(stage: Stage) -> None:
    assert why_shut(case_at(stage), "开班申请", OPENING_ENTRY).endswith("；要更正的按F10、4，再按F2。")


def test_a_claim_is_returned_as_long_as_it_waits_and_put_right_afterwards() -> None:
    assert "退回" in why_shut(case_at(Stage.CLAIM_RECEIVED), "凭证", CLAIM_ENTRY)
    assert "再按F2" in why_shut(case_at(Stage.CLAIM_APPROVED), "凭证", CLAIM_ENTRY)


def test_nothing_is_offered_where_there_is_nothing_to_do() -> None:
    sentence = why_shut(case_at(Stage.WITHDRAWN), "花名册", OPENING_ENTRY | CLAIM_ENTRY)
    assert sentence == "此案“已撤回”，花名册只能查看，不能改动。"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("what", ["开班申请", "补贴申请", "花名册", "学习记录", "凭证"])
def test_the_sentence_fits_into_its_line(stage: Stage, what: str) -> None:
    for open_at in (OPENING_ENTRY, CLAIM_ENTRY, OPENING_ENTRY | CLAIM_ENTRY):
        sentence = why_shut(case_at(stage), what, open_at)
        assert fitted(sentence, _WIDTH).rstrip() == sentence
