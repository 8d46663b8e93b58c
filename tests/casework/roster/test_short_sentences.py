"""A refusal fits into the message line of 80 columns, its advice with it."""

import pytest
from rich.cells import cell_len

from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.moves import CLAIM, CLAIM_ENTRY, OPENING_ENTRY
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.errors import PxtuiError
from tests.support.filings import a_filing

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
def test_who_comes_at_the_wrong_stage_reads_when_it_can_be_done(
    register: Register, acting: Acting, allowed: frozenset[Stage], what: str
) -> None:
    with register.writing(acting) as context:
        case = find(context, opening_filing.file(context, a_filing()))
        for stage in set(Stage) - allowed:
            case.stage = stage
            with pytest.raises(PxtuiError) as refusal:
                require_stage(case, allowed, what)
            assert cell_len(refusal.value.sentence) <= ROOM, refusal.value.sentence
