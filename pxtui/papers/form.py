"""What forms are made of: editable wording, tick boxes, fill-in lines, grids of fields and opinion blocks."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pxtui.errors import PxtuiError
from pxtui.papers.capital_numerals import in_figures
from pxtui.papers.sheet import GROUP, LABEL, LINE, MARK, NOTE, TITLE, VALUE, Cell, Row

_LABELS_FILE = "form_labels.toml"
_FILL_IN = "____"
_SIGNATURE = "　　　　"

PARAGRAPH_TOP = replace(VALUE, edges="LTR", vertical="top")
PARAGRAPH_END = replace(VALUE, edges="LBR", horizontal="right")

Filling = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an officer said of a form; blank: to be written by hand."""

    text: str = ""
    officer: str = ""
    on: date | None = None


UNWRITTEN = Opinion()


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one form, from the file that an office can edit."""

    labels: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]

    def label(self, key: str) -> str:
        """The text called `key`.

        Raises:
            PxtuiError: somebody removed it from the file.
        """
        return _found(self.labels, key)

    def filled(self, key: str, **values: Filling) -> str:
        """The text called `key` with its places in braces filled; a blank value leaves a line to write on.

        Raises:
            PxtuiError: the text is missing or has a place that nothing is known for.
        """
        shown = {name: plain(value) or _FILL_IN for name, value in values.items()}
        try:
            return self.label(key).format_map(shown)
        except (KeyError, ValueError, IndexError, AttributeError, TypeError) as error:
            raise PxtuiError(f"{_LABELS_FILE}中“{key}”的填写位置有误，请恢复原来的花括号") from error

    def signed(self, key: str, opinion: Opinion) -> str:
        """The closing line of an opinion block, with the officer and the day."""
        return self.filled(key, officer=opinion.officer or _SIGNATURE, day=day(opinion.on))

    def ticks(self, key: str, *chosen: str) -> str:
        """All options called `key`, the chosen codes ticked; empty codes are nobody's choice.

        Raises:
            PxtuiError: a code that the file has no option for.
        """
        options = self.options.get(key, {})
        for code in chosen:
            if code:
                _found(options, code)
        return "　".join(f"{'☑' if code in chosen else '□'}{text}" for code, text in options.items())


@cache
def words_of(form: str) -> Words:
    """The wording of `attachment-1` or `attachment-3`.

    Raises:
        PxtuiError: the file is not TOML or lacks the form.
    """
    try:
        text = (files("pxtui.papers") / _LABELS_FILE).read_text(encoding="utf-8")
        tables = tomllib.loads(text)
        return Words(tables[form]["labels"], tables[form]["options"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise PxtuiError(f"{_LABELS_FILE}格式有误（{error}），请改正或恢复原文件") from error


def plain(value: Filling) -> str:
    """A value as text: decimals without idle zeros, a date as 2020-03-16; empty for None."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if value is None else str(value)


def day(value: date | None) -> str:
    """`2020年3月16日`, or the room to write one."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "　　　年　　月　　日"


def money(fen: int | None) -> str:
    """The amount in figures; empty for None."""
    return "" if fen is None else in_figures(fen)


def yuan(fen: int | None) -> Decimal | None:
    """The amount in 元."""
    return None if fen is None else Decimal(fen) / 100


def head_rows(words: Words, applicant: str, line: str, columns: int) -> tuple[Row, ...]:
    """Mark, title, the applicant's line that is stamped and a line of days and numbers, over all `columns`."""
    stamp = words.label("stamp") + applicant
    return (
        Row(6, (Cell(words.label("mark"), MARK, columns),)),
        Row(13, (Cell(words.label("title"), TITLE, columns),)),
        Row(7, (Cell(stamp, LINE, columns),)),
        Row(7, (Cell(line, LINE, columns),)),
    )


def field_rows(
    layout: Iterable[tuple[float, Sequence[str]]],
    words: Words,
    values: Mapping[str, str],
    spans: tuple[int, int, int, int],
) -> tuple[Row, ...]:
    """A row of the grid for each (height in mm, one or two keys).

    `spans` are the columns of a label, a value, a second label and a second value; a value alone takes all three.
    """
    label, value, second_label, second_value = spans

    def row(height: float, keys: Sequence[str]) -> Row:
        first = Cell(words.label(keys[0]), LABEL, label)
        if len(keys) == 1:
            return Row(height, (first, Cell(values[keys[0]], VALUE, value + second_label + second_value)))
        return Row(
            height,
            (
                first,
                Cell(values[keys[0]], VALUE, value),
                Cell(words.label(keys[1]), LABEL, second_label),
                Cell(values[keys[1]], VALUE, second_value),
            ),
        )

    return tuple(row(height, keys) for height, keys in layout)


def grouped(title: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    """`rows` with a first column that bears their common title, one character below the other."""
    first, *others = rows
    return (replace(first, cells=(Cell(title, GROUP, rows=len(rows)), *first.cells)), *others)


def pledge_rows(
    words: Words, pledged_on: date | None, columns: int, text_height: float, signature_height: float
) -> tuple[Row, ...]:
    """The applicant's pledge over `columns` beside its title, and the line to be signed and stamped."""
    signature = words.filled("pledge_signature", day=day(pledged_on))
    return grouped(
        words.label("pledge"),
        (
            Row(text_height, (Cell(words.label("pledge_text"), PARAGRAPH_TOP, columns),)),
            Row(signature_height, (Cell(signature, PARAGRAPH_END, columns),)),
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


def block_rows(blocks: Sequence[Block], text_height: float, signature_height: float) -> tuple[Row, Row]:
    """Blocks side by side: room for the text above, the signature line below."""
    return (
        Row(
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
        Row(signature_height, tuple(Cell(block.signature, PARAGRAPH_END, block.columns) for block in blocks)),
    )


def note_rows(words: Words, keys: Iterable[str], columns: int, height: float) -> tuple[Row, ...]:
    """Lines below the form, each over all `columns`."""
    return tuple(Row(height, (Cell(words.label(key), NOTE, columns),)) for key in keys)


def _found(texts: Mapping[str, str], key: str) -> str:
    if key not in texts:
        raise PxtuiError(f"{_LABELS_FILE}中没有“{key}”，请补上或恢复原文件")
    return texts[key]
