"""A refusal fits into the message line of 80 columns, its advice with it."""

import pytest
from rich.cells import cell_len

from db.models import Case
from pxtui.casework.cases import require_stage
from pxtui.casework.stages import CLAIM, CLAIM_ENTRY, OPENING_ENTRY, Stage
from pxtui.errors import PxtuiError

ROOM = 78


@pytest.mark.parametrize(
    ("allowed", "what"),
    [
        (OPENING_ENTRY, "二次录入花名册"),
        (OPENING_ENTRY | CLAIM_ENTRY, "改动花名册"),
        (CLAIM_ENTRY, "改动补贴申请"),
        (CLAIM_ENTRY, "导入学习记录"),
        (CLAIM.under_review, "撤销人工核减"),
    ],
)
def test_who_comes_at_the_wrong_stage_reads_when_it_can_be_done(allowed: frozenset[Stage], what: str) -> None:
    for stage in set(Stage) - allowed:
        with pytest.raises(PxtuiError) as refusal:
            require_stage(Case(stage=stage.value), allowed, what)
        assert cell_len(refusal.value.sentence) <= ROOM, refusal.value.sentence
