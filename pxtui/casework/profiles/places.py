"""The places of a year that a person has used of those that there are, and what would free each (notice 三)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pxtui.casework.exchange.told_trainings import ToldTraining
from pxtui.casework.office.context import Context
from pxtui.policy import words
from pxtui.policy.facts import Delivery, Level, PastTraining
from pxtui.policy.matter import different_trainings

NOBODY_KNOWS = "来源不明"
"""Where nobody said who tells of it."""


@dataclass(frozen=True, slots=True)
class TakenPlace:
    """A training that takes a place of its year."""

    what: str
    """焊工五级 03-20至04-02 线培〔2020〕DQ-0003."""
    starts_on: date
    sources: frozenset[str]
    """Who tells of it."""
    freed_by: str
    """What would free it, in Chinese."""


@dataclass(frozen=True, slots=True)
class PlacesOfYear:
    """The places of a calendar year."""

    year: int
    most: int
    """As the notice in force in that year says."""
    taken: tuple[TakenPlace, ...]
    """The earliest first."""

    @property
    def in_words(self) -> str:
        """How many: 2020年 2/3."""
        return f"{self.year}年 {len(self.taken)}/{self.most}"


def places_of_years(context: Context, told: Iterable[ToldTraining]) -> tuple[PlacesOfYear, ...]:
    """The present year, then those with trainings that count, back.

    Counted as the rule `person.annual-limit` counts at the opening: every different subsidised training by its first
    day, whoever tells it; what a bundle tells for its own case alone counts for no other.
    """
    told = [training for training in told if not training.is_for_one_case]
    own = {training.source: training.paid for training in told if training.is_own_case}
    by_year: defaultdict[int, list[PastTraining]] = defaultdict(list)
    for training in different_trainings(map(_past, told)):
        by_year[training.starts_on.year].append(training)
    years = [context.today.year, *sorted(set(by_year) - {context.today.year}, reverse=True)]
    return tuple(
        PlacesOfYear(
            year,
            context.rulebook.for_class_starting(date(year, 12, 31)).trainings_per_year,
            tuple(_taken(training, own) for training in sorted(by_year[year], key=lambda training: training.starts_on)),
        )
        for year in years
    )


def _taken(training: PastTraining, own: Mapping[str, bool]) -> TakenPlace:
    ends_on = f"{training.ends_on:%m-%d}" if training.ends_on else "未结束"
    what = words.occupation_and_level(training.occupation, training.level)
    whence = training.source or NOBODY_KNOWS
    sources = frozenset(whence.split("、"))
    said = f"{what} {training.starts_on:%m-%d}至{ends_on} {whence}"
    return TakenPlace(said, training.starts_on, sources, _freed_by(sources, own))


def _freed_by(sources: frozenset[str], own: Mapping[str, bool]) -> str:
    """One training may be told by several: all of them have to let go of it. `own`: the cases, and whether paid."""
    of_list = "来源误录的，在以往培训一页删去" if sources - own.keys() else ""
    of_case = ""
    if ours := sources & own.keys():
        is_paid = any(own[source] for source in ours)
        of_case = "补贴全部退回（骗取的不腾出）" if is_paid else "该班撤回、终止，此人退出，或补贴不予批准、核减此人"
    return "，并".join(filter(None, (of_case, of_list)))


def _past(told: ToldTraining) -> PastTraining:
    return PastTraining(
        told.id_number,
        told.occupation,
        Level(told.level) if told.level else None,
        told.starts_on,
        told.ends_on,
        Delivery(told.delivery),
        told.subsidised,
        told.paid,
        told.source,
    )
