"""A lifting signed with a wrong day ends classes that were to go on, and nobody can put it right."""

from datetime import date

from pxtui.casework.lifecycle import lifting_correction
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.register import Register
from tests.casework.lifecycle.test_lifting import DOCUMENT, announce, opened, sign
from tests.support.counter import Counter

WRONG, RIGHT = date(2020, 3, 25), date(2020, 4, 25)


def test_a_lifting_signed_a_month_too_early_ends_classes_for_good(register: Register) -> None:
    counter = Counter(register)
    counter.hire_colleagues()
    ended = opened(counter, date(2020, 3, 26), 0)
    announce(counter, day=WRONG)
    sign(counter, "赵六", on=WRONG)
    assert counter.stage(ended) is Stage.TERMINATED
    counter.clerk, counter.day = "张三", RIGHT
    with register.writing(counter.acting) as context:
        lifting_correction.announce(context, RIGHT, DOCUMENT, "文件日期看错")
    counter.clerk = "赵六"
    with register.writing(counter.acting) as context:
        lifting_correction.sign(context)
    assert counter.stage(ended) is Stage.OPENED
