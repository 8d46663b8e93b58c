"""Letters and registers of the counter: a layout says which parts follow each other, a wording what they say.

What stands on a paper is given as values and lines by name. The wording has the names in braces, so an office
changes a sentence, a heading or an order of columns' words without touching code.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from pxtui.papers.writing import sheet as writing_sheet
from pxtui.papers.writing.field_columns import field_widths, spans
from pxtui.papers.writing.font_widths import most_ems_of
from pxtui.papers.writing.halves import in_halves
from pxtui.papers.writing.sheet import (
    FIGURES,
    HEADER,
    LABEL,
    MARK,
    MONEY_FORMAT,
    TEXT_FIGURES,
    VALUE,
    Cell,
    Look,
    Page,
    Paper,
    SheetRow,
    Value,
)
from pxtui.papers.writing.wording import Filling, Money, Words, day, plain

PORTRAIT = Page(210, 297, side_margin=20, top_margin=15, bottom_margin=15)
LANDSCAPE = Page(297, 210, side_margin=18, top_margin=14, bottom_margin=14)

TITLE = replace(writing_sheet.TITLE, shrinks=True)
NUMBER = Look(size=12, horizontal="right", edges="")
PARAGRAPH = Look(size=14, edges="", shrinks=False, flows=True)
NOTE = Look(size=10.5, edges="", shrinks=False, flows=True, narrows=1)
_NARROWS = 1.5
"""Points: 小五 in the place of 五号, before a name or a day is broken over two lines."""
OPINION = replace(VALUE, size=12, edges="LTR", shrinks=False, flows=True)
SIGNATURE = replace(VALUE, size=12, edges="LBR", horizontal="right")
CLOSING = Look(size=14, horizontal="right", edges="")
WORDS = replace(VALUE, shrinks=False, flows=False, narrows=_NARROWS)
SENTENCE = replace(WORDS, flows=True)
CENTRED = replace(writing_sheet.TEXT, shrinks=False, narrows=_NARROWS)
PHRASE = replace(CENTRED, flows=True)
"""In the middle of a column; where there are two lines, no day, number of a paper or word in brackets is cut."""
FIGURE = replace(FIGURES, shrinks=False)
CODE = TEXT_FIGURES
AMOUNT = replace(FIGURES, horizontal="right", number_format=MONEY_FORMAT)
TOTAL = replace(HEADER, shrinks=False)
_HEADER = replace(HEADER, shrinks=False, flows=True, narrows=_NARROWS)
_LABEL = replace(LABEL, shrinks=False, flows=True, narrows=_NARROWS)
_FIELD_AMOUNT = replace(WORDS, number_format=MONEY_FORMAT, whole=True)
_FOLD = Look(size=10.5, horizontal="center", edges="")

_LINE_HEIGHT = 8.0
_TYPED_BREAK = "\u2028"
_SQUARE = "　"
_FROM_THE_RIGHT = 4
"""Characters between the day of a stamped letter and the edge (GB/T 9704-2012, 7.3.5.1)."""
_ATTACHMENT = "附件"
_STAMP_HEIGHT = 42.0
"""Millimetres: a round stamp has 42 at most, and nothing is printed across it but the office and the day."""


@dataclass(frozen=True, slots=True)
class _Heights:
    """The least of a row, in mm."""

    title: float = 14
    line: float = 7.5
    field: float = 8
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
    size: float = 10.5
    """Points of the lines and their heading: 五号, or 小五 where there are many columns."""
    is_whole: bool = False
    """Stands on one page with what follows it, where a page holds both."""
    totals: tuple[str, ...] = ()
    """The columns that are added up below the lines, under the text `<key>_sum`; money and numbers alone."""


@dataclass(frozen=True, slots=True)
class Attachments:
    """附件说明: the titles of the attached sheets, numbered where there are several (GB/T 9704-2012, 7.3.4)."""


Part = Text | Fields | Opinions | Stamp | Attachments


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
    other_title: tuple[str, str] | None = None
    """A value, and the title of a paper that has it: a title offers no choice."""
    is_attached: bool = False
    """Bears 附件 and its number, under which the first sheet names it."""
    optional: bool = False
    """Left out where its table has no lines."""
    only: tuple[str, bool] | None = None
    """A value, and whether it has to stand or to be lacking: otherwise the sheet is left out."""
    halves: tuple[str, str] | None = None
    """The whole twice, above and below a `fold`, each half headed by its text: one is cut off and handed over."""


def pages(layouts: Iterable[Layout], facts: Facts, words: Words) -> tuple[Paper, ...]:
    """The sheets of a paper, ready to be written.

    Raises:
        PxtuiError: the wording lacks a text, or has a place in it that nothing is known for.
    """
    wanted = [layout for layout in layouts if _wanted(layout, facts)]
    attached = [layout for layout in wanted if layout.is_attached]
    titles = [title_of(layout, facts, words) for layout in attached]
    marks = {layout.name: _mark(place, titles) for place, layout in enumerate(attached)}
    return tuple(
        paper for layout in wanted for paper in _paper(layout, facts, words, titles, marks.get(layout.name, ""))
    )


def title_of(layout: Layout, facts: Facts, words: Words) -> str:
    """The title of a sheet."""
    other = layout.other_title
    key = layout.title if other is None or not facts.values.get(other[0]) else other[1]
    return words.filled(key, **{name: shown(name, value) for name, value in facts.values.items()})


def _mark(place: int, titles: Sequence[str]) -> str:
    """附件, and its number where there are several."""
    return f"{_ATTACHMENT}{place + 1}" if len(titles) > 1 else _ATTACHMENT


def _wanted(layout: Layout, facts: Facts) -> bool:
    if layout.only is not None and bool(facts.values.get(layout.only[0])) is not layout.only[1]:
        return False
    return not layout.optional or (layout.table is not None and bool(facts.tables.get(layout.table.key)))


def _paper(layout: Layout, facts: Facts, words: Words, attached: Sequence[str], mark: str) -> Iterable[Paper]:
    table = layout.table
    columns = table.columns if table is not None else ()
    widths = tuple(column.width for column in columns) or field_widths(layout.page.printable_width)
    heights = _DENSE if layout.halves else _AIRY
    draw = _Drawer(facts, words, widths, heights, attached)
    lines = facts.tables.get(table.key, ()) if table is not None else ()
    lead = (*draw.heading(title_of(layout, facts, words), mark), *draw.parts(layout.before))
    values = [[_value(line.get(column.key)) for column in columns] for line in lines]
    line_height = table.line_height if table else _LINE_HEIGHT
    paper = writing_sheet.letter(
        name=f"{mark} {layout.name}".strip(),
        page=layout.page,
        widths=widths,
        lead=lead,
        head=draw.head(table) if table is not None else (),
        looks=[_in_size(column.look, table) for column in columns] if table is not None else [WORDS] * len(widths),
        lines=values,
        foot=(*draw.totals(table, lines), *draw.parts(layout.after)),
        version=facts.version,
        number=facts.number,
        issued=plain(facts.issued_on),
        about=plain(facts.values.get("case_number") or facts.values.get("batch_number")),
        line_height=line_height,
        is_whole=table is not None and table.is_whole,
    )
    if layout.halves is None:
        return (paper,)
    upper, lower = (draw.parts((Text(half, NUMBER),)) for half in layout.halves)
    return in_halves(paper, upper, draw.parts((Text("fold", _FOLD),)), lower)


def _in_size(look: Look, table: Table) -> Look:
    return replace(look, size=min(look.size, table.size))


def _value(value: Filling) -> Value:
    if isinstance(value, Money):
        return value.yuan
    return day(value) if isinstance(value, date) else value


def _sum(values: Iterable[Filling]) -> Filling:
    """The sum of a column of amounts or of numbers; blanks count nothing."""
    known = [value for value in values if value is not None and value != ""]
    if any(isinstance(value, Money) for value in known):
        return Money(sum(value.fen for value in known if isinstance(value, Money)))
    return sum(value for value in known if isinstance(value, int | Decimal))


def shown(name: str, value: Filling) -> str:
    """A value as it stands in a sentence: what is called a day as 2020年3月16日, or the room to write one."""
    is_day = isinstance(value, date) or (value is None and name.endswith("day"))
    return day(value if isinstance(value, date) else None) if is_day else plain(value)


class _Drawer:
    """Makes rows of the parts of one sheet."""

    def __init__(
        self, facts: Facts, words: Words, widths: Sequence[float], heights: _Heights, attached: Sequence[str]
    ) -> None:
        self._attached = attached
        self._heights = heights
        self._facts = facts
        self._words = words
        self._all = len(widths)
        self._spans = spans(widths)
        self._values = {name: shown(name, value) for name, value in facts.values.items()}

    def heading(self, title: str, mark: str) -> tuple[SheetRow, ...]:
        """The mark of an attachment, the title and, where the paper has one, its number."""
        marked = (SheetRow(self._heights.line, (Cell(mark, MARK, self._all),)),) if mark else ()
        number = (
            (SheetRow(self._heights.line, (Cell(self._facts.number, NUMBER, self._all),)),)
            if self._facts.number
            else ()
        )
        return (*marked, SheetRow(self._heights.title, (Cell(title, TITLE, self._all),)), *number)

    def parts(self, parts: Iterable[Part]) -> tuple[SheetRow, ...]:
        """The rows of some parts, in their order; who signs and stamps stands below a line of the matter."""
        rows: list[SheetRow] = []
        signed = None
        for part in parts:
            if (isinstance(part, Stamp | Fields) and signed is None) or isinstance(part, Attachments):
                signed = max(0, len(rows) - 1)
            elif isinstance(part, Text) and part.look == PARAGRAPH:
                signed = None
            rows.extend(self._rows(part))
        if signed is None:
            return tuple(rows)
        return (*rows[:signed], *(replace(row, keeps_next=True) for row in rows[signed:-1]), *rows[-1:])

    def head(self, table: Table) -> tuple[SheetRow, ...]:
        """The heading of a table, which every page repeats."""
        look = _in_size(_HEADER, table)
        heads = (Cell(self._words.label(f"{table.key}_{column.key}"), look) for column in table.columns)
        return (SheetRow(self._heights.header, tuple(heads)),)

    def totals(self, table: Table | None, lines: Sequence[Mapping[str, Filling]]) -> tuple[SheetRow, ...]:
        """The row below the lines that adds up columns; none where nothing is added up."""
        if table is None or not table.totals or not lines:
            return ()
        before = next(at for at, column in enumerate(table.columns) if column.key in table.totals)
        sums = [
            Cell(_value(_sum(line.get(column.key) for line in lines)) if column.key in table.totals else "", look)
            for column in table.columns[before:]
            for look in (_in_size(column.look, table),)
        ]
        label = Cell(self._words.label(f"{table.key}_sum"), _in_size(TOTAL, table), before)
        return (SheetRow(table.line_height, (label, *sums)),)

    def _rows(self, part: Part) -> Iterable[SheetRow]:
        if isinstance(part, Text):
            return self._text(part)
        if isinstance(part, Fields):
            return [self._fields(keys) for keys in part.rows]
        if isinstance(part, Opinions):
            return [row for key in part.keys for row in self._opinion(key, part.height)]
        if isinstance(part, Attachments):
            return self._attachments()
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
        cells = [Cell(self._words.label(keys[0]), _LABEL, label)]
        if len(keys) == 1:
            cells.append(self._field(keys[0], value + second_label + second_value))
        else:
            cells.append(self._field(keys[0], value))
            cells.append(Cell(self._words.label(keys[1]), _LABEL, second_label))
            cells.append(self._field(keys[1], second_value))
        return SheetRow(self._heights.field, tuple(cells))

    def _field(self, key: str, columns: int) -> Cell:
        value = self._facts.values.get(key)
        if isinstance(value, Money):
            return Cell(value.yuan, _FIELD_AMOUNT, columns)
        return Cell(self._values.get(key, ""), SENTENCE, columns)

    def _opinion(self, key: str, height: float) -> tuple[SheetRow, SheetRow]:
        label = self._spans[0]
        text = Cell(self._values.get(key, ""), OPINION, self._all - label)
        signed = Cell(self._filled(f"{key}_signature"), SIGNATURE, self._all - label)
        said = SheetRow(height, (Cell(self._words.label(key), LABEL, label, rows=2), text), keeps_next=True)
        return said, SheetRow(self._heights.line, (signed,))

    def _stamp(self) -> tuple[SheetRow, ...]:
        office, on = self._values.get("office_name", ""), day(self._facts.issued_on)
        # The name stands in the middle over the day, as far as the edge of the page lets it.
        beside = _FROM_THE_RIGHT + (most_ems_of(on, CLOSING.font) - most_ems_of(office, CLOSING.font)) / 2
        texts = ("", office + _SQUARE * max(0, round(beside)), on + _SQUARE * _FROM_THE_RIGHT)
        return tuple(SheetRow(_STAMP_HEIGHT / 3, (Cell(text, CLOSING, self._all),)) for text in texts)

    def _attachments(self) -> tuple[SheetRow, ...]:
        """The titles below one another, as far to the right as the first."""
        several = len(self._attached) > 1
        texts = [
            _SQUARE * 2
            + (_SQUARE * 3 if place else f"{_ATTACHMENT}：")
            + (f"{place + 1}. {title}" if several else title)
            for place, title in enumerate(self._attached)
        ]
        return tuple(SheetRow(self._heights.line, (Cell(text, PARAGRAPH, self._all),)) for text in texts)
