"""Usual words: occupations, platforms and providers of the newest cases, offered for completion.

Their order holds for a whole day, so that a digit picks in the evening what it picked in the morning.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from importlib.resources import files

from sqlmodel import col, func, select

from db.models import Act, Case, JournalEntry
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA

_NEWEST = 1000
"""How many cases of before today the usual words are taken from."""


@dataclass(frozen=True, slots=True)
class WordList:
    """The words that one field is offered."""

    known: tuple[str, ...]
    """Of before today, by their first use."""
    new: tuple[str, ...]
    """Those that came up today: whatever is typed, they stand behind the others."""

    @classmethod
    def of(cls, known: Iterable[str], new: Iterable[str]) -> "WordList":
        """Each word once; what is known is not new."""
        first = tuple(dict.fromkeys(known))
        return cls(first, tuple(word for word in dict.fromkeys(new) if word not in first))

    def behind(self, words: Iterable[str]) -> "WordList":
        """The list behind other words that are always known."""
        return WordList.of((*words, *self.known), self.new)


@dataclass(frozen=True, slots=True)
class UsualWords:
    """What is usual in occupations, platforms and providers."""

    occupations: WordList
    """Those of `policy/occupations.toml`, then those of the cases."""
    platforms: WordList
    providers: WordList


def usual_words(context: Context) -> UsualWords:
    """The words to offer in a new application."""
    first_of_today = _first_of_today(context)
    of_office = roles.of_own_office(context, Case.office_code)
    words = select(Case.occupation, Case.platform, Case.provider).where(*of_office).order_by(col(Case.id).desc())
    before = words if first_of_today is None else words.where(col(Case.id) < first_of_today)
    older = _columns(reversed(context.session.exec(before.limit(_NEWEST)).all()))
    newer = _columns(())
    if first_of_today is not None:
        of_today = words.where(col(Case.id) >= first_of_today).limit(_NEWEST)
        newer = _columns(reversed(context.session.exec(of_today).all()))
    occupations, platforms, providers = (WordList.of(*words) for words in zip(older, newer, strict=True))
    return UsualWords(occupations.behind(_shipped_occupations()), platforms, providers)


def _first_of_today(context: Context) -> int | None:
    """The first case that was filed today, in China; None where none was."""
    midnight = datetime.combine(context.at.astimezone(CHINA).date(), time.min, CHINA)
    of_today = select(func.min(JournalEntry.case_id)).where(
        col(JournalEntry.action).in_((Act.CASE_FILE, Act.CASE_IMPORT)), col(JournalEntry.at) >= midnight
    )
    return context.session.exec(of_today).one()


def _columns(rows: Iterable[tuple[str, str | None, str | None]]) -> tuple[tuple[str, ...], ...]:
    """Each column's words, each once, as they first come."""
    found: tuple[dict[str, None], ...] = ({}, {}, {})
    for row in rows:
        for column, word in zip(found, row, strict=True):
            if word:
                column.setdefault(word)
    return tuple(map(tuple, found))


def _shipped_occupations() -> tuple[str, ...]:
    text = files("pxtui.policy").joinpath("occupations.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["names"])
