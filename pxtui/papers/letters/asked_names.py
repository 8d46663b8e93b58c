"""Names that a paper asks for: of values, of columns of its tables and of texts, as layout and wording have them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pxtui.papers.letters import pre_review
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing.letter import Fields, Layout, Opinions, Part, Stamp, Text
from pxtui.papers.writing.plain_text import Sentence
from pxtui.papers.writing.wording import Words, words_of

CHAT_TEXT = "pre-review"
_OF_THE_ISSUE = frozenset({"number", "issued_day", "version"})
"""A text for a chat has them from the issuing, not from the values."""


@dataclass(frozen=True)
class AskedNames:
    """Values by name, columns by the name of their table, texts of the wording by their key."""

    values: set[str] = field(default_factory=set)
    tables: dict[str, set[str]] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)


def asked_names(form: str) -> AskedNames:
    """What the layout of a letter, register or chat text and the wording that belongs to it ask for."""
    words = words_of(form)
    asked = AskedNames()
    if form == CHAT_TEXT:
        _ask_of_chat_text(words, asked)
    else:
        for layout in LETTERS[form]:
            _ask_of_layout(layout, words, asked)
    return asked


def _ask_of_chat_text(words: Words, asked: AskedNames) -> None:
    for part in pre_review.PARTS:
        if isinstance(part, Sentence):
            asked.texts.add(part.key)
            asked.values.update(words.places(part.key) - _OF_THE_ISSUE)
        else:
            asked.texts.update((f"{part.key}_line", f"{part.key}_none"))
            asked.tables[part.key] = set(words.places(f"{part.key}_line"))


def _ask_of_layout(layout: Layout, words: Words, asked: AskedNames) -> None:
    titles = {layout.title, *(layout.other_title or ())[1:]}
    texts = {*titles, *(text for part in (*layout.before, *layout.after) for text in _texts(part))}
    if layout.halves:
        texts |= {*layout.halves, "fold"}
    asked.texts.update(texts)
    asked.values.update((layout.other_title or ())[:1])
    if layout.only is not None:
        asked.values.add(layout.only[0])
    for text in texts:
        asked.values.update(words.places(text))
    for part in (*layout.before, *layout.after):
        asked.values.update(_values(part))
    if layout.table is not None:
        columns = {column.key for column in layout.table.columns}
        asked.tables[layout.table.key] = columns
        asked.texts.update(f"{layout.table.key}_{column}" for column in columns)
        if layout.table.totals:
            asked.texts.add(f"{layout.table.key}_sum")


def _texts(part: Part) -> Iterator[str]:
    """The texts of the wording that a part prints."""
    if isinstance(part, Text):
        yield part.key
    elif isinstance(part, Fields):
        yield from (key for keys in part.rows for key in keys)
    elif isinstance(part, Opinions):
        yield from part.keys
        yield from (f"{key}_signature" for key in part.keys)


def _values(part: Part) -> Iterator[str]:
    """The values that a part prints beside those named in its texts."""
    if isinstance(part, Fields):
        yield from (key for keys in part.rows for key in keys)
    elif isinstance(part, Opinions):
        yield from part.keys
    elif isinstance(part, Stamp):
        yield "office_name"
