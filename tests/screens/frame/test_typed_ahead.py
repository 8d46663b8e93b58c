"""Keys that come before a screen is drawn mean what they mean on it."""

from pxtui.casework.office.register import Register
from tests.support.counter import Counter
from tests.support.pages import seen

EXAM_BY_DIGIT = ("ctrl+end", *["up"] * 10, "=1")


def test_a_digit_picks_before_the_form_is_drawn(register: Register) -> None:
    drawn = seen(register, Counter(register), ("intake", None), *EXAM_BY_DIGIT)
    assert "考核方式         平台考试" in "\n".join(drawn)
    assert seen(register, Counter(register), ("intake", None), ahead=EXAM_BY_DIGIT) == drawn


def test_a_page_goes_as_far_before_the_form_is_drawn(register: Register) -> None:
    drawn = seen(register, Counter(register), ("intake", None), "pagedown", "=450", "tab")
    assert seen(register, Counter(register), ("intake", None), ahead=("pagedown", "=450", "tab")) == drawn
