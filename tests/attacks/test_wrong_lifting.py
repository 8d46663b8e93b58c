"""A lifting signed with a wrong day ends classes that were to go on, and nobody can put it right."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.calendar import lifting, lifting_correction
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.register import Register
from pxtui.errors import PxtuiError
from tests.casework.calendar.test_lifting import DOCUMENT, announce, opened, sign
from tests.support.counter import Counter

WRONG, RIGHT = date(2020, 3, 25), date(2020, 4, 25)


def test_a_lifting_signed_a_month_too_early_ends_classes_for_good(register: Register) -> None:
    counter = Counter(register)
    counter.hire_colleagues()
    running = opened(counter, date(2020, 3, 20), 10)
    ended = opened(counter, date(2020, 3, 26), 0)
    announce(counter, day=WRONG)
    sign(counter, "赵六", on=WRONG)
    assert counter.stage(ended) is Stage.TERMINATED
    counter.clerk, counter.day = "张三", RIGHT
    with register.writing(counter.acting) as context:
        told = lifting_correction.announce(context, RIGHT, DOCUMENT, "文件日期看错")
    assert [(touched.number, touched.outcome) for touched in told] == [
        (running, "不再受解除影响"),
        (ended, "恢复培训中；其间另有培训的人员，申请补贴时再审"),
    ]
    with register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="须由另一人签署"):
        lifting_correction.sign(context)
    assert counter.stage(ended) is Stage.TERMINATED
    counter.clerk = "赵六"
    with register.writing(counter.acting) as context:
        lifting_correction.sign(context)
    assert counter.stage(ended) is Stage.OPENED
    with register.reading(counter.acting) as context:
        assert lifting.in_force(context) == RIGHT


def test_a_lifting_signed_a_month_too_late_lets_classes_go_on(register: Register) -> None:
    counter = Counter(register)
    counter.hire_colleagues()
    late = opened(counter, date(2020, 3, 30), 0)
    announce(counter, day=RIGHT)
    sign(counter, "赵六", on=RIGHT)
    assert counter.stage(late) is Stage.OPENED
    counter.clerk = "张三"
    with register.writing(counter.acting) as context:
        lifting_correction.announce(context, WRONG, DOCUMENT, "文件日期看错")
    with register.writing(replace(counter.acting, name="赵六")) as context:
        (touched,) = lifting_correction.sign(context)
    assert touched.ends_the_class
    assert counter.stage(late) is Stage.TERMINATED


def test_a_correction_before_anything_is_signed(register: Register) -> None:
    counter = Counter(register)
    announce(counter, day=WRONG)
    with register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="还没有签署"):
        lifting_correction.announce(context, RIGHT, DOCUMENT, "文件日期看错")
