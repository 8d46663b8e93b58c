"""The days of a public notice in words: which count, which do not, and when the money may be paid."""

from datetime import date

import pytest

from pxtui.policy.deadlines import publicity_days
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.publicity_calendar import day_lines
from pxtui.policy.words import day_with_weekday
from pxtui.policy.working_days import SHIPPED


@pytest.mark.parametrize(
    ("published", "lines"),
    [
        (
            "2020-04-24",
            [
                "04-24 周五 工作日，公示当日不计",
                "04-25 周六 周末，不计",
                "04-26 周日 调休上班，第1个工作日",
                "04-27 周一 工作日，第2个工作日，公示期满",
                "04-28 周二 工作日，可以拨付",
            ],
        ),
        (
            "2020-04-30",
            [
                "04-30 周四 工作日，公示当日不计",
                "05-01 周五至05-05 周二 节假日、周末，不计",
                "05-06 周三 工作日，第1个工作日",
                "05-07 周四 工作日，第2个工作日，公示期满",
                "05-08 周五 工作日，可以拨付",
            ],
        ),
        (
            "2020-04-04",
            [
                "04-04 周六 周末，公示当日不计",
                "04-05 周日至04-06 周一 周末、节假日，不计",
                "04-07 周二 工作日，第1个工作日",
                "04-08 周三 工作日，第2个工作日，公示期满",
                "04-09 周四 工作日，可以拨付",
            ],
        ),
    ],
)
def test_every_day_from_the_publication_to_the_payment_is_told(published: str, lines: list[str]) -> None:
    day = date.fromisoformat(published)
    assert list(day_lines(day, publicity_days(day, shipped_rulebook().latest, SHIPPED), SHIPPED)) == lines


def test_a_day_is_written_with_its_weekday() -> None:
    assert day_with_weekday(date(2020, 3, 16)) == "2020-03-16 周一"
    assert day_with_weekday(date(2020, 3, 22)) == "2020-03-22 周日"
