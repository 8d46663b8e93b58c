"""An enterprise's size class from its own figures (统计上大中小微型企业划分办法, 国统字〔2017〕213号)."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pxtui.policy.facts import Size
from pxtui.policy.words import SIZES

_FALLING = (Size.LARGE, Size.MEDIUM, Size.SMALL)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the figures that an industry is measured by."""

    label: str
    told_as: str
    """What stands before the figure where there is little room."""
    unit: str
    limits: tuple[Decimal, ...]
    """Lower limits of large, medium and small, inclusive."""

    def size_of(self, figure: Decimal) -> Size:
        """The class that this figure alone reaches."""
        for size, limit in zip(_FALLING, self.limits, strict=True):
            if figure >= limit:
                return size
        return Size.MICRO


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry of the method; without indicators its enterprises are sized by hand."""

    key: str
    name: str
    codes: tuple[str, ...]
    also: tuple[str, ...]
    """Further names of what falls under it."""
    indicators: tuple[tuple[str, Indicator], ...]
    """By `staff`, `revenue` and `assets`."""


@dataclass(frozen=True, slots=True)
class SizeClass:
    """The computed class, None where the figures do not decide it, and why, in Chinese."""

    size: Size | None
    reason: str


@cache
def industries() -> dict[str, Industry]:
    """All industries by key, in the order of the method's table."""
    text = files("pxtui.policy").joinpath("enterprise_size_2017.toml").read_text(encoding="utf-8")
    return {entry["key"]: _industry(entry) for entry in tomllib.loads(text)["industries"]}


def size_class(industry: str, *, staff: int | None, revenue: Decimal | None, assets: Decimal | None) -> SizeClass:
    """The size class of an enterprise.

    Large, medium and small need every indicator of the industry; micro needs only one. A figure that is
    not known is never zero: the class is then None unless another figure alone makes it micro.

    Args:
        industry: key of `industries()`.
        staff: persons.
        revenue: 万元.
        assets: 万元.
    """
    measured = industries()[industry]
    if not measured.indicators:
        return SizeClass(None, "这一行业没有划分标准，请人工认定")
    figures = {"staff": None if staff is None else Decimal(staff), "revenue": revenue, "assets": assets}
    reached: list[Size] = []
    said: list[str] = []
    missing: list[str] = []
    for key, indicator in measured.indicators:
        figure = figures[key]
        if figure is None:
            missing.append(indicator.label)
            continue
        size = indicator.size_of(figure)
        reached.append(size)
        said.append(f"{indicator.told_as}{figure:f}{indicator.unit}{SIZES[size]}")
    if missing and Size.MICRO not in reached:
        return SizeClass(None, f"还须填{'、'.join(missing)}")
    smallest = max(reached, key=[*_FALLING, Size.MICRO].index)
    lowest = "，取低" if len(set(reached)) > 1 else ""
    return SizeClass(smallest, f"{'，'.join(said)}{lowest}")


def _industry(entry: dict[str, object]) -> Industry:
    labels = {
        "staff": ("从业人员", "", "人"),
        "revenue": ("营业收入", "收入", "万"),
        "assets": ("资产总额", "资产", "万"),
    }
    indicators = []
    for key, (label, told_as, unit) in labels.items():
        limits = entry.get(key)
        if isinstance(limits, list):
            indicators.append((key, Indicator(label, told_as, unit, tuple(map(Decimal, limits)))))
    codes, also = entry["codes"], entry.get("also", [])
    assert isinstance(codes, list)
    assert isinstance(also, list)
    named = tuple(map(str, codes)), tuple(map(str, also))
    return Industry(str(entry["key"]), str(entry["name"]), *named, tuple(indicators))
