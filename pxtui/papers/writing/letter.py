"""Letters and registers of the counter: a layout says which parts follow each other, a wording what they say.

What stands on a paper is given as values and lines by name. The wording has the names in braces, so an office
changes a sentence, a heading or an order of columns' words without touching code.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate, pairwise

from pxtui.papers.writing import sheet as writing_sheet
from pxtui.papers.writing.sheet import (
    FIGURES,
    HEADER,
    LABEL,
    TEXT_FIGURES,
    VALUE,
    Cell,
    Look,
    Page,
    Paper,
    SheetRow,
    Value,
)
from pxtui.papers.writing.wording import Filling, Words, day, plain

PORTRAIT = Page(210, 297, side_margin=20, top_margin=18, bottom_margin=18)
LANDSCAPE = Page(297, 210, side_margin=18, top_margin=14, bottom_margin=14)

TITLE = replace(writing_sheet.TITLE, shrinks=True)
NUMBER = Look(size=12, horizontal="right", edges="")
PARAGRAPH = Look(size=14, edges="", shrinks=False)
NOTE = Look(size=10.5, edges="", shrinks=False)
OPINION = replace(VALUE, size=12, edges="LTR", vertical="top", shrinks=False)
SIGNATURE = replace(VALUE, size=12, edges="LBR", horizontal="right")
CLOSING = Look(size=14, horizontal="right", edges="")
WORDS = replace(VALUE, shrinks=False)
CENTRED = replace(writing_sheet.TEXT, shrinks=False)
FIGURE = replace(FIGURES, shrinks=False)
CODE = TEXT_FIGURES
AMOUNT = replace(TEXT_FIGURES, horizontal="right")
_HEADER = replace(HEADER, shrinks=False)
_FOLD = Look(size=10.5, horizontal="center", edges="")

_LINE_HEIGHT = 8.0
_TYPED_BREAK = "\u2028"
_STAMP_HEIGHT = 42.0
"""Millimetres: a round stamp has 42 at most, and nothing is printed across it but the office and the day."""
_FIELD_SHARES = (0.18, 0.5, 0.68)
"""Shares of the width at which a label ends, a second label begins and ends."""


@dataclass(frozen=True, slots=True)
class _Heights:
    """The least of a row, in mm."""

    title: float = 16
    line: float = _LINE_HEIGHT
    field: float = 9
    header: float = 9


_AIRY = _Heights()
_DENSE = _Heights(title=12, line=7, field=7, header=7.5)
"""Heights where two halves share a page."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Content of a paper: values by name, and lines of values by the name of their table."""

    values: Mapping[str, Filling] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Mapping[str, Filling]]] = field(default_factory=dict)
    version: str = ""
    """Short code of the state of affairs that is printed."""
    number: str = ""
    """The paper's own number."""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence of the wording, its places filled; left out where all its places are blank and `optional`."""

    key: str
    look: Look = PARAGRAPH
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """A grid of labels and values, a row for each one or two keys."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Opinions:
    """Blocks to be written and signed, one below the other: label, what was said, who signs on which day."""

    keys: tuple[str, ...]
    height: float = 22


@dataclass(frozen=True, slots=True)
class Stamp:
    """The office's name and the day at the right, with room for the stamp over them."""


@dataclass(frozen=True, slots=True)
class LetterColumn:
    """A column of a table: the key of its value and of its heading, its width in mm."""

    key: str
    width: float
    look: Look = WORDS


@dataclass(frozen=True, slots=True)
class Table:
    """Lines under a heading that every page repeats."""

    key: str
    columns: tuple[LetterColumn, ...]
    line_height: float = _LINE_HEIGHT
    """Of a line of one row of text, in mm; more where lines are filled in by hand."""


Part = Text | Fields | Opinions | Stamp


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet of a paper: parts, perhaps a table, parts."""

    name: str
    """Of the sheet in the workbook."""
    before: tuple[Part, ...]
    table: Table | None = None
    after: tuple[Part, ...] = ()
    page: Page = PORTRAIT
    title: str = "title"
    optional: bool = False
    """Left out where its table has no lines."""
    halves: tuple[str, str] | None = None
    """The whole twice, above and below a `fold`, each half headed by its text: one is cut off and handed over."""


def pages(layouts: Iterable[Layout], facts: Facts, words: Words) -> tuple[Paper, ...]:
    """The sheets of a paper, ready to be written.

    Raises:
        PxtuiError: the wording lacks a text, or has a place in it that nothing is known for.
    """
    return tuple(_paper(layout, facts, words) for layout in layouts if _wanted(layout, facts))


def _wanted(layout: Layout, facts: Facts) -> bool:
    return not layout.optional or (layout.table is not None and bool(facts.tables.get(layout.table.key)))


def _paper(layout: Layout, facts: Facts, words: Words) -> Paper:
    widths = _widths(layout)
    heights = _DENSE if layout.halves else _AIRY
    draw = _Drawer(facts, words, widths, heights)
    table = layout.table
    columns = table.columns if table is not None else ()
    lines = facts.tables.get(table.key, ()) if table is not None else ()
    heads = tuple(Cell(words.label(f"{table.key}_{column.key}"), _HEADER) for column in columns) if table else ()
    head = (SheetRow(heights.header, heads),) if heads else ()
    lead = (*draw.heading(layout.title), *draw.parts(layout.before))
    looks = [column.look for column in columns]
    values = [[_value(line.get(column.key)) for column in columns] for line in lines]
    foot = draw.parts(layout.after)
    line_height = table.line_height if table else _LINE_HEIGHT
    if layout.halves:
        upper, lower = (draw.parts((Text(half, NUMBER),)) for half in layout.halves)
        rows = (SheetRow(line_height, tuple(map(Cell, line, looks))) for line in values)
        lead, foot = (*upper, *lead), (*foot, *draw.parts((Text("fold", _FOLD),)), *lower, *lead, *head, *rows, *foot)
    return writing_sheet.letter(
        name=layout.name,
        page=layout.page,
        widths=widths,
        lead=lead,
        head=head,
        looks=looks or [WORDS] * len(widths),
        lines=values,
        foot=foot,
        version=facts.version,
        number="　".join(text for text in (facts.number, plain(facts.issued_on)) if text),
        line_height=line_height,
    )


def _widths(layout: Layout) -> tuple[float, ...]:
    if layout.table is not None:
        return tuple(column.width for column in layout.table.columns)
    edges = (0.0, *(share * layout.page.printable_width for share in _FIELD_SHARES), layout.page.printable_width)
    return tuple(right - left for left, right in pairwise(edges))


def _value(value: Filling) -> Value:
    return day(value) if isinstance(value, date) else value


def shown(name: str, value: Filling) -> str:
    """A value as it stands in a sentence: what is called a day as 2020年3月16日, or the room to write one."""
    is_day = isinstance(value, date) or (value is None and name.endswith("day"))
    return day(value if isinstance(value, date) else None) if is_day else plain(value)


class _Drawer:
    """Makes rows of the parts of one sheet."""

    def __init__(self, facts: Facts, words: Words, widths: Sequence[float], heights: _Heights) -> None:
        self._heights = heights
        self._facts = facts
        self._words = words
        self._all = len(widths)
        # A sheet of fewer columns has no fields beside one another.
        self._spans = _spans(widths) if len(widths) > len(_FIELD_SHARES) else (1, 1, 1, 1)
        self._values = {name: shown(name, value) for name, value in facts.values.items()}

    def heading(self, title: str) -> tuple[SheetRow, ...]:
        """The title and, where the paper has one, its number."""
        number = (
            (SheetRow(self._heights.line, (Cell(self._facts.number, NUMBER, self._all),)),)
            if self._facts.number
            else ()
        )
        return (SheetRow(self._heights.title, (Cell(self._filled(title), TITLE, self._all),)), *number)

    def parts(self, parts: Iterable[Part]) -> tuple[SheetRow, ...]:
        """The rows of some parts, in their order."""
        return tuple(row for part in parts for row in self._rows(part))

    def _rows(self, part: Part) -> Iterable[SheetRow]:
        if isinstance(part, Text):
            return self._text(part)
        if isinstance(part, Fields):
            return [self._fields(keys) for keys in part.rows]
        if isinstance(part, Opinions):
            return [row for key in part.keys for row in self._opinion(key, part.height)]
        return self._stamp()

    def _filled(self, key: str) -> str:
        return self._words.filled(key, **self._values)

    def _text(self, part: Text) -> Iterable[SheetRow]:
        if part.optional and not any(self._facts.values.get(name) for name in self._words.places(part.key)):
            return []
        # A line break of the wording begins a row; one that somebody typed stays within its sentence.
        kept = {name: value.replace("\n", _TYPED_BREAK) for name, value in self._values.items()}
        texts = self._words.filled(part.key, **kept).split("\n")
        whole = [text.replace(_TYPED_BREAK, "\n") for text in texts]
        return [SheetRow(self._heights.line, (Cell(text, part.look, self._all),)) for text in whole]

    def _fields(self, keys: tuple[str, ...]) -> SheetRow:
        label, value, second_label, second_value = self._spans
        cells = [Cell(self._words.label(keys[0]), LABEL, label)]
        if len(keys) == 1:
            cells.append(Cell(self._values.get(keys[0], ""), WORDS, value + second_label + second_value))
        else:
            cells.append(Cell(self._values.get(keys[0], ""), WORDS, value))
            cells.append(Cell(self._words.label(keys[1]), LABEL, second_label))
            cells.append(Cell(self._values.get(keys[1], ""), WORDS, second_value))
        return SheetRow(self._heights.field, tuple(cells))

    def _opinion(self, key: str, height: float) -> tuple[SheetRow, SheetRow]:
        label = self._spans[0]
        text = Cell(self._values.get(key, ""), OPINION, self._all - label)
        signed = Cell(self._filled(f"{key}_signature"), SIGNATURE, self._all - label)
        return SheetRow(height, (Cell(self._words.label(key), LABEL, label, rows=2), text)), SheetRow(
            self._heights.line, (signed,)
        )

    def _stamp(self) -> tuple[SheetRow, ...]:
        texts = ("", self._values.get("office_name", ""), day(self._facts.issued_on))
        return tuple(SheetRow(_STAMP_HEIGHT / 3, (Cell(text, CLOSING, self._all),)) for text in texts)


def _spans(widths: Sequence[float]) -> tuple[int, int, int, int]:
    """Columns that a label, a value, a second label and a second value take: as near to the shares as they can."""
    edges = list(accumulate(widths))
    ends: list[int] = []
    for nth, share in enumerate(_FIELD_SHARES):
        first, last = (ends[-1] if ends else 0) + 1, len(widths) - len(_FIELD_SHARES) + nth
        ends.append(min(range(first, last + 1), key=lambda end: abs(edges[end - 1] - share * edges[-1])))
    label, value, second_label = ends
    return label, value - label, second_label - value, len(widths) - second_label
