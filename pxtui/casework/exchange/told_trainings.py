"""The trainings that the register knows of somebody, each with who tells of it: lists, bundles, offices, own cases."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from sqlmodel import col, select

from db import history as archive_history
from db.models import BundleTraining, Case, EarlierTraining, ExchangedTraining, Person
from pxtui.casework.exchange.known import source
from pxtui.casework.office.context import Context
from pxtui.casework.people import known, past_trainings
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.casework.staff.sight import Sight, sight
from pxtui.identifiers.id_number import masked, with_century
from pxtui.identifiers.text import canonical_code
from pxtui.policy import words
from pxtui.policy.facts import Delivery, Level

MOST_LISTED = 200
_WHOLE = re.compile("[0-9]{15}|[0-9]{17}[0-9X]")


@dataclass(frozen=True, slots=True)
class ToldTraining:
    """A training of a person and who tells of it. Both days are inclusive."""

    id_number: str
    """In clear, as it was told."""
    name: str
    """Of the person on file; empty where nobody is."""
    occupation: str
    level: str | None
    starts_on: date
    ends_on: date | None
    """None: not ended."""
    delivery: str
    subsidised: bool
    paid: bool
    source: str
    is_own_case: bool = False
    """It is a case of this register, and is changed there and not struck."""
    is_for_one_case: bool = False
    """The bundle of a case tells it: no other case counts it."""

    @property
    def masked_number(self) -> str:
        """The number as it may stand in a list."""
        return masked(self.id_number)

    @property
    def level_name(self) -> str:
        """In Chinese: 五级."""
        return words.LEVELS[Level(self.level)] if self.level else "不分等级"

    @property
    def sentence(self) -> str:
        """All that is told of it, in one line."""
        days = f"{self.starts_on}至{self.ends_on or '未结束'}"
        manner = "线上" if self.delivery == Delivery.ONLINE else "线下"
        money = ("已拨付" if self.paid else "没有拨付") if self.subsidised else "没有补贴"
        return f"{self.occupation} {self.level_name} {days} {manner} {money}；来源：{self.source or '不明'}。"


@dataclass(frozen=True, slots=True)
class ToldTrainings:
    """Trainings for a list; `more`: whether some were cut off."""

    trainings: tuple[ToldTraining, ...]
    more: bool


class _Row(Protocol):
    """What every table says of a training."""

    @property
    def occupation(self) -> str: ...

    @property
    def level(self) -> str | None: ...

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date | None: ...

    @property
    def paid(self) -> bool: ...


_Keyed = tuple[bytes, ToldTraining]
"""With the look-up key of its person, whose name is not known yet."""


def newest(context: Context, *, most: int = MOST_LISTED) -> ToldTrainings:
    """The earlier trainings that lists and clerks entered last, the newest first."""
    wanted = select(EarlierTraining).order_by(col(EarlierTraining.id).desc()).limit(most + 1)
    rows = [_earlier(context, row) for row in context.session.exec(wanted)]
    return ToldTrainings(tuple(_named(context, rows[:most])), len(rows) > most)


def of_people(context: Context, text: str) -> ToldTrainings:
    """All trainings of the people that a text means, the latest of each first.

    Args:
        text: a whole ID number, of anybody; or of people on file a name, its initials, or the last four of the number,
            of which nine at most are found.
    """
    number = canonical_code(text)
    if _WHOLE.fullmatch(number):
        numbers, more = [number], False
    else:
        people = known.found_by(context, text)
        numbers, more = [person.id_number for person in people], len(people) == known.MOST_FOUND
    found = _named(context, list(_of_numbers(context, numbers)))
    return ToldTrainings(tuple(sorted(found, key=_place)), more)


def of_number(context: Context, number: str) -> tuple[ToldTraining, ...]:
    """All trainings under one number as somebody wrote it, whoever it is of, the latest first."""
    return tuple(sorted(_named(context, list(_of_numbers(context, [number]))), key=_place))


def _place(told: ToldTraining) -> tuple[str, str, int]:
    return told.name, with_century(told.id_number), -told.starts_on.toordinal()


def _of_numbers(context: Context, numbers: Sequence[str]) -> Iterator[_Keyed]:
    # A roster keeps the number as it was handed in, everything else keeps it with its century.
    clear = {_key(context, form): number for number in numbers for form in (number, with_century(number))}
    for filed in archive_history.filed_trainings_of(context.session, list(clear), past_trainings.STAGES):
        told = _told(filed, clear[filed.id_key], filed.delivery, filed.source, subsidised=filed.subsidised)
        yield filed.id_key, replace(told, is_own_case=True)
    # Nine people with two keys each at most: far from what a statement takes.
    keys = sorted(clear)
    of_lists = select(EarlierTraining).where(col(EarlierTraining.id_key).in_(keys))
    yield from (_earlier(context, row) for row in context.session.exec(of_lists))
    of_bundles = select(BundleTraining, Case).join(Case).where(col(BundleTraining.id_key).in_(keys))
    for row, case in context.session.exec(of_bundles):
        origin = f"{case.display_number}案件包（只对该案有效）"
        told = _told(row, clear[row.id_key], row.delivery, origin, subsidised=row.subsidised)
        yield row.id_key, replace(told, is_for_one_case=True)
    theirs = select(ExchangedTraining).where(col(ExchangedTraining.id_key).in_(keys))
    for exchanged in context.session.exec(theirs.where(col(ExchangedTraining.struck) == "")):
        origin = source(context, exchanged.office_code, exchanged.case_number)
        number = clear[exchanged.id_key]
        yield exchanged.id_key, _told(exchanged, number, Delivery.ONLINE, origin, subsidised=True)


def _earlier(context: Context, row: EarlierTraining) -> _Keyed:
    number = row.unseal(context.vault, "id_number")
    return row.id_key or b"", _told(row, number, row.delivery, row.source, subsidised=row.subsidised)


def _told(row: _Row, number: str, delivery: str, origin: str, *, subsidised: bool) -> ToldTraining:
    return ToldTraining(
        number, "", row.occupation, row.level, row.starts_on, row.ends_on, delivery, subsidised, row.paid, origin
    )


def _named(context: Context, rows: Sequence[_Keyed]) -> list[ToldTraining]:
    """The trainings with the names of their people, as far as they are on file; of a few hundred people at most.

    An administrator strikes trainings by their masked numbers, without names.
    """
    if sight(context) is Sight.NOTHING:
        return [training for _, training in rows]
    wanted = select(Person.id_key, Person.name).where(col(Person.id_key).in_({key for key, _ in rows}))
    names = dict(context.session.exec(wanted).all())
    return [replace(training, name=names.get(key, "")) for key, training in rows]


def _key(context: Context, number: str) -> bytes:
    return context.vault.look_up_key(ID_NUMBER, number)
