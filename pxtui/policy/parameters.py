"""The numbers and lists of the notice, read from dated files, and which of them hold for a class."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from pxtui.errors import Refused
from pxtui.policy.facts import Evidence, Format, Material, Size, Trainees


@dataclass(frozen=True, slots=True)
class Office:
    """An office that takes applications."""

    code: str
    name: str
    short_name: str
    letters: str
    """Stand in its case numbers."""


@cache
def bodies() -> Mapping[str, Office]:
    """By code, who takes part and decides on nothing: the zone's committee, and the bureau."""
    return {code: office for code, (office, _) in _bodies().items()}


def forwards(code: str) -> bool:
    """Whether this is a committee that collects applications and forwards them to the office that decides."""
    return code in _bodies() and _bodies()[code][1]


def looks_on(code: str) -> bool:
    """Whether this is the bureau, which sees the cases of all offices, masked, and handles none."""
    return code in _bodies() and not _bodies()[code][1]


@cache
def _bodies() -> Mapping[str, tuple[Office, bool]]:
    text = files("pxtui.policy").joinpath("bodies.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)["bodies"]
    return {
        entry["code"]: (Office(entry["code"], entry["name"], entry["short_name"], entry["letters"]), entry["forwards"])
        for entry in told
    }


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform listed in notice 五."""

    name: str
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One dated set of parameters. Money in fen, durations in minutes, ages in full years."""

    number: str
    title: str
    effective_from: date
    cap_per_person_fen: int
    trainings_per_year: int
    fund: str
    paid_sizes: frozenset[Size]
    paid_trainees: frozenset[Trainees]
    paid_formats: frozenset[Format]
    minutes_per_hour: int
    implausible_minutes_per_day: int
    impossible_minutes_per_day: int
    claim_within_years: int
    publicity_working_days: int
    minimum_age: int
    retirement_age_men: int
    retirement_age_women: int
    age_tolerance_years: int
    opening_materials: Mapping[str, tuple[Material, ...]]
    """By `all`, `enterprise`, `employees` and `others`."""
    claim_materials: tuple[Material, ...]
    evidence_kinds: tuple[Evidence, ...]
    college_students_office: str
    groups_office: str
    zone_office: str
    zone_via: str
    county_offices: Mapping[str, str]
    offices: Mapping[str, Office]
    counties: Mapping[str, str]
    platforms: tuple[Platform, ...]

    def office(self, code: str) -> Office:
        """The office with this code, or the committee or bureau."""
        return self.offices[code] if code in self.offices else bodies()[code]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All notices known, the earliest first."""

    notices: tuple[Notice, ...]
    texts: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """The parameter files that it was read from: name of the file → its TOML text."""

    def for_class_starting(self, day: date) -> Notice:
        """The notice in force on the day a class starts; the first one for a class before any."""
        in_force = [notice for notice in self.notices if notice.effective_from <= day]
        return in_force[-1] if in_force else self.notices[0]

    @property
    def first_effective_day(self) -> date:
        """The day before which no class is subsidised."""
        return self.notices[0].effective_from

    @property
    def latest(self) -> Notice:
        """The newest notice: for lists that a clerk picks from."""
        return self.notices[-1]


@cache
def shipped_rulebook() -> Rulebook:
    """The rulebook of the notices that come with the program."""
    return rulebook(shipped_texts())


@cache
def shipped_texts() -> Mapping[str, str]:
    """The parameter files that come with the program: name of the file → its TOML text."""
    return {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in files("pxtui.policy").iterdir()
        if entry.name.startswith("notice_")
    }


def with_file(texts: Mapping[str, str], name: str, text: str) -> dict[str, str]:
    """Parameter files and one more, which takes the place of one that takes effect on the same day.

    Raises:
        PxtuiError: the file does not hold what a notice needs.
    """
    effective_from = _read(name, text).effective_from
    others = {known: said for known, said in texts.items() if _read(known, said).effective_from != effective_from}
    return {**others, name if name not in others else f"{name}（{effective_from}）": text}


def rulebook(texts: Mapping[str, str]) -> Rulebook:
    """A rulebook from parameter files.

    Args:
        texts: name of the file → its TOML text.

    Raises:
        PxtuiError: a file does not hold what a notice needs, or two take effect on one day.
    """
    notices = sorted((_read(name, text) for name, text in texts.items()), key=lambda n: n.effective_from)
    if not notices:
        raise Refused("没有政策参数文件，请重新安装程序。")
    days = [notice.effective_from for notice in notices]
    if len(set(days)) < len(days):
        raise Refused("两个政策参数文件的生效日期相同，请改正其中一个的 effective_from。")
    return Rulebook(tuple(notices), dict(texts))


def _read(name: str, text: str) -> Notice:
    try:
        return _notice(tomllib.loads(text))
    except KeyError as fault:
        raise Refused(f"政策参数文件 {name} 缺{fault}一项，请对照 notice_2020_33.toml 补齐。") from fault
    except (tomllib.TOMLDecodeError, ValueError, TypeError, ArithmeticError) as fault:
        raise Refused(f"政策参数文件 {name} 有误（{fault}），请对照 notice_2020_33.toml 改正。") from fault


def _notice(data: Mapping[str, Any]) -> Notice:
    subsidy, hours, persons = data["subsidy"], data["hours"], data["persons"]
    jurisdiction = data["jurisdiction"]
    return Notice(
        number=data["notice"]["number"],
        title=data["notice"]["title"],
        effective_from=_day(data["notice"]["effective_from"]),
        cap_per_person_fen=int(Decimal(subsidy["cap_per_person_yuan"]) * 100),
        trainings_per_year=int(subsidy["trainings_per_year"]),
        fund=subsidy["fund"],
        paid_sizes=frozenset(map(Size, subsidy["paid_sizes"])),
        paid_trainees=frozenset(map(Trainees, subsidy["paid_trainees"])),
        paid_formats=frozenset(map(Format, subsidy["paid_formats"])),
        minutes_per_hour=int(hours["minutes_per_hour"]),
        implausible_minutes_per_day=int(hours["implausible_minutes_per_day"]),
        impossible_minutes_per_day=int(hours["impossible_minutes_per_day"]),
        claim_within_years=int(data["deadlines"]["claim_within_years"]),
        publicity_working_days=int(data["deadlines"]["publicity_working_days"]),
        minimum_age=int(persons["minimum_age"]),
        retirement_age_men=int(persons["retirement_age_men"]),
        retirement_age_women=int(persons["retirement_age_women"]),
        age_tolerance_years=int(persons["age_tolerance_years"]),
        opening_materials={whose: tuple(map(Material, codes)) for whose, codes in data["materials"]["opening"].items()},
        claim_materials=tuple(map(Material, data["materials"]["claim"]["all"])),
        evidence_kinds=tuple(map(Evidence, data["evidence"]["kinds"])),
        college_students_office=jurisdiction["college_students"],
        groups_office=jurisdiction["groups"],
        zone_office=jurisdiction["vanadium_titanium_zone"],
        zone_via=jurisdiction["vanadium_titanium_zone_via"],
        county_offices=dict(jurisdiction["counties"]),
        offices={entry["code"]: Office(**entry) for entry in data["offices"]},
        counties={entry["code"]: entry["name"] for entry in data["counties"]},
        platforms=tuple(Platform(entry["name"], tuple(entry["domains"])) for entry in data["platforms"]),
    )


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"effective_from 不是日期: {value}")
    return value
