"""Choosing from a list by typing: Chinese, pinyin initials or a code narrow it, digits pick from what is shown."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from pxtui.identifiers import pinyin
from pxtui.identifiers.text import canonical

Choice = tuple[str, str]
"""A code and its label."""

NO_CHOICE: Choice = ("", "")
"""A digit that picks nothing now, so that the others keep theirs."""

MOST_NUMBERED = 9

# A list is narrowed at every key: the readings of its labels are looked up once.
readings = lru_cache(maxsize=4096)(pinyin.readings)


def narrowed(text: str, choices: Iterable[Choice], aliases: Iterable[Choice] = ()) -> tuple[Choice, ...]:
    """The choices that typed text means: those that begin so, and only where none does, those that contain it.

    `aliases`: codes with further names of theirs, such as a number or a domain, which also count from their end.
    """
    wanted = canonical(text).lower()
    if not wanted:
        return tuple(choices)
    others: dict[str, list[str]] = {}
    for code, alias in aliases:
        others.setdefault(code, []).append(alias)
    beginning: list[Choice] = []
    containing: list[Choice] = []
    for code, label in choices:
        known_as = others.get(code, [])
        if any(_begins(wanted, name) for name in (label, *known_as)) or any(
            alias.isascii() and canonical(alias).lower().endswith(wanted) for alias in known_as
        ):
            beginning.append((code, label))
        elif any(_contains(wanted, name) for name in (label, *known_as)):
            containing.append((code, label))
    return tuple(beginning or containing)


def _begins(wanted: str, name: str) -> bool:
    return canonical(name).lower().startswith(wanted) or pinyin.begin_with(wanted, readings(name))


def _contains(wanted: str, name: str) -> bool:
    return wanted in canonical(name).lower() or pinyin.contain(wanted, readings(name))


def picked(character: str, shown: Sequence[Choice]) -> str | None:
    """The code that a digit picks from what is shown."""
    place = int(character) if len(character) == 1 and character.isascii() and character.isdigit() else 0
    return shown[place - 1][0] or None if 0 < place <= min(MOST_NUMBERED, len(shown)) else None


def toggled(text: str, code: str, choices: Iterable[Choice]) -> str:
    """Some of the choices, as codes with a blank between them, with one more of them, or without it where it was in."""
    chosen = {*text.split()} ^ {code}
    return " ".join(known for known, _ in choices if known in chosen)


def numbered(shown: Iterable[Choice]) -> list[str]:
    """The labels with the digits that pick them; behind the ninth without."""
    return [
        f"{place}{label}" if place <= MOST_NUMBERED else label
        for place, (_, label) in enumerate(shown, start=1)
        if label
    ]
