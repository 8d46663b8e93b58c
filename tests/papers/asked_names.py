"""Names that a paper asks for: of values, of columns of its tables and of texts, as layout and wording have them."""

from collections import UserDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pxtui.papers.letters import pre_review
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing.letter import Fields, Layout, Opinions, Part, Stamp, Text
from pxtui.papers.writing.plain_text import Sentence
from pxtui.papers.writing.wording import Words, words_of

_Text = TypeVar("_Text")
CHAT_TEXT = "pre-review"
_OF_THE_ISSUE = frozenset({"number", "issued_day", "version"})
"""A text for a chat has them from the issuing, not from the values."""

FILLED_IN_BY_HAND = {
    # The counter and the archive count the pages.
    "material-receipt.materials": {"pages"},
    "volume-cover.documents": {"pages"},
    # Both sides count what changes hands, and note what differs.
    "hand-over-list.materials": {"pages", "remark"},
    # Two officers call and look up; the applicant adds what it knows.
    "check-record.sample": {"answered", "in_person", "learning", "checker", "checked"},
    "offline-transfer.people": {"remark"},
    # Whoever delivers and whoever takes fill it in; the file lies where the office keeps it.
    "delivery-receipt": {
        *("place", "way", "received_by", "received_at", "on_behalf", "relation"),
        *("refused", "witness", "delivered_by", "remark"),
    },
    "page-proof": {"proof_place", "picture"},
    # Those who approve write it by hand.
    "fund-approval": {"prepared", "reviewed", "section", "deputy", "head"},
    # Both sides sign for what a roster changed.
    "roster-changes": {"applicant_side", "office_side"},
    # Nobody has said anything where a shift ends: the two sign.
    "shift-list": {"giver", "taker"},
}
"""Names that a layout has room for and the register knows nothing of."""


@dataclass(frozen=True)
class AskedNames:
    """Values by name, columns by the name of their table, texts of the wording by their key."""

    values: set[str] = field(default_factory=set)
    tables: dict[str, set[str]] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)


class Texts(UserDict[str, _Text]):
    """Texts or options of a wording that remember which of them were read."""

    def __init__(self, texts: Mapping[str, _Text]) -> None:
        super().__init__(texts)
        self.unread = set(texts)

    def __getitem__(self, key: str) -> _Text:
        self.unread.discard(key)
        return super().__getitem__(key)


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
    texts = {layout.title, *(text for part in (*layout.before, *layout.after) for text in _texts(part))}
    if layout.halves:
        texts |= {*layout.halves, "fold"}
    asked.texts.update(texts)
    for text in texts:
        asked.values.update(words.places(text))
    for part in (*layout.before, *layout.after):
        asked.values.update(_values(part))
    if layout.table is not None:
        columns = {column.key for column in layout.table.columns}
        asked.tables[layout.table.key] = columns
        asked.texts.update(f"{layout.table.key}_{column}" for column in columns)


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
