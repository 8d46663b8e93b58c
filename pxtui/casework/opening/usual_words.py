"""Usual words: occupations, platforms and providers of the newest cases, offered for completion."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from sqlmodel import col, select

from db.models import Case
from pxtui.casework.office.context import Context

_NEWEST = 1000
"""How many cases the usual words are counted from."""


@dataclass(frozen=True, slots=True)
class UsualWords:
    """Occupations, platforms and providers of the newest cases, the most frequent first."""

    occupations: tuple[str, ...]
    """Of the cases, then those of `policy/occupations.toml`."""
    platforms: tuple[str, ...]
    providers: tuple[str, ...]


def usual_words(context: Context) -> UsualWords:
    """The words to offer in a new application."""
    newest = context.session.exec(
        select(Case.occupation, Case.platform, Case.provider).order_by(col(Case.id).desc()).limit(_NEWEST)
    ).all()
    named = _by_frequency(occupation for occupation, _, _ in newest)
    return UsualWords(
        occupations=tuple(dict.fromkeys((*named, *_shipped_occupations()))),
        platforms=_by_frequency(platform for _, platform, _ in newest),
        providers=_by_frequency(provider for _, _, provider in newest),
    )


def _by_frequency(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(word for word, _ in Counter(filter(None, words)).most_common())


def _shipped_occupations() -> tuple[str, ...]:
    text = files("pxtui.policy").joinpath("occupations.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["names"])
