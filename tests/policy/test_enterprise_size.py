"""Size classes by the table of 2017."""

from decimal import Decimal

import pytest

from pxtui.policy.enterprise_size import size_class
from pxtui.policy.facts import Size

UNKNOWN = None


@pytest.mark.parametrize(
    ("industry", "staff", "revenue", "assets", "size"),
    [
        ("industry", 1200, 3000, UNKNOWN, Size.MEDIUM),
        ("industry", 1200, 250, UNKNOWN, Size.MICRO),
        ("industry", 19, 50000, UNKNOWN, Size.MICRO),
        ("industry", 1000, 40000, UNKNOWN, Size.LARGE),
        ("industry", 999, 40000, UNKNOWN, Size.MEDIUM),
        ("industry", 1200, UNKNOWN, UNKNOWN, None),
        ("industry", 19, UNKNOWN, UNKNOWN, Size.MICRO),
        ("construction", UNKNOWN, 6000, 5000, Size.MEDIUM),
        ("construction", UNKNOWN, 80000, 4999, Size.SMALL),
        ("retail", 10, 100, UNKNOWN, Size.SMALL),
        ("software", 10, "49.99", UNKNOWN, Size.MICRO),
        ("leasing-and-business", 300, UNKNOWN, 120000, Size.LARGE),
        ("other", 9, UNKNOWN, UNKNOWN, Size.MICRO),
        ("manual", 5000, 90000, 90000, None),
    ],
)
def test_the_smallest_of_the_figures_decides(
    industry: str, staff: int | None, revenue: object, assets: object, size: Size | None
) -> None:
    def wan(figure: object) -> Decimal | None:
        return None if figure is None else Decimal(str(figure))

    computed = size_class(industry, staff=staff, revenue=wan(revenue), assets=wan(assets))
    assert computed.size is size
    assert computed.reason


@pytest.mark.parametrize(
    ("industry", "staff", "revenue", "assets", "reason"),
    [
        ("industry", 1200, 3000, UNKNOWN, "1200人大型，收入3000万中型，取低"),
        ("industry", 1000, 40000, UNKNOWN, "1000人大型，收入40000万大型"),
        ("industry", 1200, UNKNOWN, UNKNOWN, "还须填营业收入"),
        ("industry", 19, UNKNOWN, UNKNOWN, "19人微型"),
        ("construction", UNKNOWN, UNKNOWN, UNKNOWN, "还须填营业收入、资产总额"),
        ("construction", UNKNOWN, 80000, 4999, "收入80000万大型，资产4999万小型，取低"),
        ("manual", 5000, UNKNOWN, UNKNOWN, "这一行业没有划分标准，请人工认定"),
    ],
)
def test_the_reason_names_the_figures_or_what_is_missing(
    industry: str, staff: int | None, revenue: int | None, assets: int | None, reason: str
) -> None:
    figures = [None if figure is None else Decimal(figure) for figure in (revenue, assets)]
    assert size_class(industry, staff=staff, revenue=figures[0], assets=figures[1]).reason == reason
