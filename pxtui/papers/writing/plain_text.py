"""Papers that are sent in a chat: sentences and numbered lines of the wording, as text that every program opens."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pxtui.papers.writing.cell_text import printable
from pxtui.papers.writing.letter import Facts, shown
from pxtui.papers.writing.wording import Filling, Words

_NEW_LINE = "\r\n"
"""Older editors of Windows show nothing else as one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text of the wording, its places filled."""

    key: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table, each as the text `<key>_line` says; `<key>_none` where there are none."""

    key: str


def written(parts: Sequence[Sentence | Lines], facts: Facts, words: Words) -> bytes:
    """The text in UTF-8 with a byte order mark, without which Windows takes Chinese for another encoding.

    Raises:
        PxtuiError: the wording lacks a text, or has a place in it that nothing is known for.
    """
    values = {**facts.values, "number": facts.number, "issued_day": facts.issued_on, "version": facts.version}
    texts = (text for part in parts for text in _texts(part, facts, words, values))
    return "".join(f"{text}\n" for text in texts).replace("\n", _NEW_LINE).encode("utf-8-sig")


def _texts(part: Sentence | Lines, facts: Facts, words: Words, values: Mapping[str, Filling]) -> Iterator[str]:
    if isinstance(part, Sentence):
        yield words.filled(part.key, **_on_one_line(values))
        return
    lines = facts.tables.get(part.key, ())
    for line in lines:
        yield words.filled(f"{part.key}_line", **_on_one_line(line))
    if not lines:
        yield words.label(f"{part.key}_none")


def _on_one_line(values: Mapping[str, Filling]) -> dict[str, str]:
    """A line break in a name would pass for a sentence of ours."""
    return {name: printable(shown(name, value)).replace("\n", " ") for name, value in values.items()}
