"""The desk lists a change or correction that waits, says whom it waits for, and Enter leads to it."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.decision import class_changes, corrections
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from tests.support.counter import Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow


@pytest.fixture
def clerk(register: Register) -> Counter:
    """Two running classes, of the first a change waits, and a draft."""
    made = Counter(register)
    made.hire_colleagues()
    for start in (0, 10):
        made.do(made.file(made_up_people(1, start)), Action.SUBMIT, Action.APPROVE)
    made.file(made_up_people(1, 20))
    with register.writing(made.acting) as context:
        office_settings.change(context, duties_apart=True)
        class_changes.change(context, "2020-DQ-0001", ClassChange(ends_on=date(2020, 4, 9)), "企业申请")
    return made


def desk(clerk: Counter, *keys: str, columns: int = 80, by: str = "王五") -> list[str]:
    return seen(clerk.register, replace(clerk, clerk=by), "desk", *keys, columns=columns)


def test_it_is_first_for_the_head_and_says_what_waits(clerk: Counter) -> None:
    lines = desk(clerk, columns=120)
    assert lines[6].split()[:2] == ["2020-DQ-0001", "变更待批"]
    assert "负责人" in lines[6]
    assert "变更1" in lines[4]
    assert [line.split()[1] for line in lines[7:9]] == ["录入中", "已批未开班"]


def test_its_queue_holds_it_alone(clerk: Counter) -> None:
    lines = desk(clerk, *["right"] * 3)
    assert lines[6].split()[:2] == ["2020-DQ-0001", "变更待批"]
    assert lines[7] == ""


def test_enter_leads_to_the_change_and_esc_to_the_case(clerk: Counter) -> None:
    lines = desk(clerk, "enter")
    assert lines[3].endswith("有变更等待批准")
    assert "结束日期由2020-04-02改为2020-04-09" in "".join(lines)
    assert "批准1人" in "".join(desk(clerk, "enter", "escape"))


def test_once_it_is_approved_the_class_is_one_like_others(clerk: Counter) -> None:
    desk(clerk, "enter", "=1", "enter")
    lines = desk(clerk)
    assert "变更" not in "".join(lines)
    # What a running class waits for is its own step.
    assert lines[6].split()[:2] == ["2020-DQ-0003", "录入中"]


def test_who_may_not_decide_goes_on_with_the_case(clerk: Counter) -> None:
    lines = desk(clerk, "down", "enter", by="张三")
    assert "有变更等待批准" not in lines[3]
    assert "批准1人" in "".join(lines)


def test_a_correction_leads_to_its_own_page(clerk: Counter) -> None:
    with clerk.register.writing(clerk.acting) as context:
        corrections.correct(context, "2020-DQ-0002", "applicant-name", "攀枝花市恒力机器有限公司", "名称录错")
    lines = desk(clerk)
    assert [line.split()[:2] for line in lines[6:8]] == [["2020-DQ-0002", "更正待批"], ["2020-DQ-0001", "变更待批"]]
    assert "有更正等待批准" in desk(clerk, "enter")[3]
