"""F1 says of whatever field the cursor is in what it means, how it is written and what may be chosen."""

from datetime import date

import pytest

from pxtui.policy.parameters import shipped_rulebook
from screens.application.intake_fields import intake_fields
from screens.entry.described import described
from screens.entry.fields import Alphabet, Field

TODAY = date(2020, 3, 16)
INTAKE = intake_fields(TODAY, shipped_rulebook().latest)


@pytest.mark.parametrize("alphabet", Alphabet)
def test_a_field_of_every_alphabet_says_how_it_is_written(alphabet: Alphabet) -> None:
    meaning, form, *_ = described(Field("key", "栏", 10, alphabet, help="什么意思。", base_day=TODAY, required=True))
    assert meaning == "当前栏：栏（必填）。什么意思。"
    assert form.startswith("写法：")
    assert len(form) > len("写法：。")


def test_a_day_shows_how_this_year_s_may_be_shortened() -> None:
    (day,) = [field for field in INTAKE if field.key == "received_on"]
    assert "20200316或0316" in described(day)[1]


def test_what_may_be_chosen_is_listed_and_what_moves_on_by_itself_says_so() -> None:
    for field in INTAKE:
        told = "\n".join(described(field))
        assert field.label in told
        labels = [label for _, label in field.choices if label]
        assert all(label in told for label in labels[:60])
        assert ("自动到下一栏" in told) is bool(field.length)


def test_a_password_is_not_said_to_be_text() -> None:
    assert described(Field("password", "口令", 10, is_secret=True))[1] == "写法：输入的内容不显示。"
