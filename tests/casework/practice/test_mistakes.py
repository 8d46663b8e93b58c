"""The practice register shows how mistakes are put right: a case that was filed twice, and a field that was wrong."""

import pytest

from pxtui.casework.decision import corrections, voiding
from pxtui.casework.desk import queues
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.register import open_register
from tests.conftest import ACTING, NOW
from tests.support.practice import practice_home


@pytest.mark.slow
def test_there_is_a_voided_case_and_a_corrected_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    register = open_register(practice_home(tmp_path_factory.mktemp("shown") / "data", tmp_path_factory), NOW)
    with register.reading(ACTING) as context:
        (voided,) = queues.cases(context, frozenset({Stage.VOIDED})).cases
        assert "登记了两次" in voiding.why(context, voided.number)
        approved = queues.cases(context, frozenset({Stage.OPENED})).cases
        put_right = [done for case in approved for done in corrections.page(context, case.number).earlier]
    register.close()
    assert [done.name for done in put_right] == ["单位地址"]
    assert put_right[0].sentence.startswith("2020-06-15 张三更正单位地址：由“攀枝花市东区")
