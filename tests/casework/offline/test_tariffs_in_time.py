"""The catalogue of tariffs: which of them applies to which classes, and a single line that is keyed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.offline import tariffs
from pxtui.errors import PxtuiError
from tests.support.counter import Counter

DOCUMENT = "川人社办〔2020〕1号"


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register, day=date(2020, 6, 30))


def put(counter: Counter, **otherwise: Any) -> bool:
    line: dict[str, Any] = {
        "occupation": "焊工",
        "level": "5",
        "hours": "40",
        "amount_fen": 60_000,
        "effective_on": date(2020, 1, 1),
        "document": DOCUMENT,
        **otherwise,
    }
    with counter.register.writing(counter.acting) as context:
        return tariffs.put(context, **line)


def states(counter: Counter) -> list[tuple[str, int, str]]:
    with counter.register.reading(counter.acting) as context:
        return [
            (item.tariff.occupation, item.tariff.amount_fen // 100, item.state) for item in tariffs.in_time(context)
        ]


def test_without_a_catalogue_there_is_nothing(counter: Counter) -> None:
    assert states(counter) == []


@pytest.mark.parametrize(
    ("day", "first", "second"),
    [
        (date(2019, 12, 31), "未施行", "未施行"),
        (date(2020, 1, 1), "现行", "未施行"),
        (date(2020, 6, 30), "现行", "未施行"),
        (date(2020, 7, 1), "至2020-06-30", "现行"),
    ],
)
def test_a_tariff_applies_until_the_day_before_the_next_one(
    counter: Counter, day: date, first: str, second: str
) -> None:
    put(counter)
    put(counter, amount_fen=80_000, effective_on=date(2020, 7, 1))
    counter.day = day
    assert states(counter) == [("焊工", 600, first), ("焊工", 800, second)]


def test_another_level_or_occupation_takes_no_tariff_s_place(counter: Counter) -> None:
    put(counter)
    put(counter, level="4", effective_on=date(2020, 3, 1))
    put(counter, level=None, effective_on=date(2020, 4, 1))
    put(counter, occupation="焊 工", amount_fen=70_000, effective_on=date(2020, 5, 1))
    put(counter, occupation="电工", effective_on=date(2020, 6, 1))
    assert sorted(state for *_, state in states(counter)) == ["现行", "现行", "现行", "现行", "至2020-04-30"]


def test_the_same_line_again_changes_nothing_and_another_sum_takes_its_place(counter: Counter) -> None:
    assert put(counter)
    assert not put(counter)
    assert put(counter, amount_fen=65_000)
    assert states(counter) == [("焊工", 650, "现行")]


def test_a_line_without_hours_says_none(counter: Counter) -> None:
    put(counter, hours="")
    put(counter, occupation="电工", hours="37.5")
    with counter.register.reading(counter.acting) as context:
        assert {item.occupation: item.hours for item in tariffs.tariffs(context)} == {
            "焊工": None,
            "电工": Decimal("37.5"),
        }


@pytest.mark.parametrize(
    ("otherwise", "sentence"),
    [
        ({"occupation": " "}, "请填写职业"),
        ({"amount_fen": 0}, "补贴标准应大于0"),
        ({"hours": "四十"}, "“四十”不是学时数"),
        ({"document": " "}, "请写明补贴目录的文件名称和文号"),
    ],
)
def test_what_says_nothing_is_refused(counter: Counter, otherwise: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PxtuiError, match=sentence):
        put(counter, **otherwise)
    assert states(counter) == []
