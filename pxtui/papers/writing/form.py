"""Parts of forms: heads, grids of fields, pledges and opinion blocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pxtui.papers.writing.capital_numerals import in_figures
from pxtui.papers.writing.sheet import GROUP, LABEL, LINE, MARK, NOTE, TITLE, VALUE, Cell, SheetRow
from pxtui.papers.writing.wording import Money, Words, day

FIELD_AMOUNT = replace(VALUE, number_format='"￥"0.00', whole=True)
PARAGRAPH_TOP = replace(VALUE, edges="LTR", flows=True)
PARAGRAPH_END = replace(VALUE, edges="LBR", horizontal="right")


def money(fen: int | None) -> str:
    """The amount in figures; empty for None."""
    return "" if fen is None else in_figures(fen)


def amount(fen: int | None) -> Money | None:
    """The amount; None for None."""
    return None if fen is None else Money(fen)


def head_rows(words: Words, applicant: str, line: str, columns: int) -> tuple[SheetRow, ...]:
    """Mark, title, the applicant's line that is stamped and a line of days and numbers, over all `columns`."""
    stamp = words.label("stamp") + applicant
    return (
        SheetRow(6, (Cell(words.label("mark"), MARK, columns),)),
        SheetRow(13, (Cell(words.label("title"), TITLE, columns),)),
        SheetRow(7, (Cell(stamp, LINE, columns),)),
        SheetRow(7, (Cell(line, LINE, columns),)),
    )


def field_rows(
    layout: Iterable[tuple[float, Sequence[str]]],
    words: Words,
    values: Mapping[str, str | Money | None],
    spans: tuple[int, int, int, int],
) -> tuple[SheetRow, ...]:
    """A row of the grid for each (height in mm, one or two keys).

    `spans` are the columns of a label, a value, a second label and a second value; a value alone takes all three.
    """
    label, value, second_label, second_value = spans

    def row(height: float, keys: Sequence[str]) -> SheetRow:
        first = Cell(words.label(keys[0]), LABEL, label)
        if len(keys) == 1:
            return SheetRow(height, (first, _field(values[keys[0]], value + second_label + second_value)))
        return SheetRow(
            height,
            (
                first,
                _field(values[keys[0]], value),
                Cell(words.label(keys[1]), LABEL, second_label),
                _field(values[keys[1]], second_value),
            ),
        )

    return tuple(row(height, keys) for height, keys in layout)


def _field(value: str | Money | None, columns: int) -> Cell:
    return Cell(value.yuan, FIELD_AMOUNT, columns) if isinstance(value, Money) else Cell(value, VALUE, columns)


def grouped(title: str, rows: Sequence[SheetRow]) -> tuple[SheetRow, ...]:
    """`rows` with a first column that bears their common title, one character below the other."""
    first, *others = rows
    return (replace(first, cells=(Cell(title, GROUP, rows=len(rows)), *first.cells)), *others)


def pledge_rows(
    words: Words, pledged_on: date | None, columns: int, text_height: float, signature_height: float
) -> tuple[SheetRow, ...]:
    """The applicant's pledge over `columns` beside its title, and the line to be signed and stamped."""
    signature = words.filled("pledge_signature", day=day(pledged_on))
    return grouped(
        words.label("pledge"),
        (
            SheetRow(text_height, (Cell(words.label("pledge_text"), PARAGRAPH_TOP, columns),)),
            SheetRow(signature_height, (Cell(signature, PARAGRAPH_END, columns),)),
        ),
    )


@dataclass(frozen=True, slots=True)
class Block:
    """One opinion block: its label, what is said, who signs; the columns of the label and of the rest."""

    label: str
    text: str
    signature: str
    label_columns: int
    columns: int


def block_rows(blocks: Sequence[Block], text_height: float, signature_height: float) -> tuple[SheetRow, SheetRow]:
    """Blocks side by side: room for the text above, the signature line below."""
    return (
        SheetRow(
            text_height,
            tuple(
                cell
                for block in blocks
                for cell in (
                    Cell(block.label, LABEL, block.label_columns, rows=2),
                    Cell(block.text, PARAGRAPH_TOP, block.columns),
                )
            ),
        ),
        SheetRow(signature_height, tuple(Cell(block.signature, PARAGRAPH_END, block.columns) for block in blocks)),
    )


def note_rows(words: Words, keys: Iterable[str], columns: int, height: float) -> tuple[SheetRow, ...]:
    """Lines below the form, each over all `columns`."""
    return tuple(SheetRow(height, (Cell(words.label(key), NOTE, columns),)) for key in keys)
