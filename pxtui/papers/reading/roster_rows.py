"""The rows below a header: which of them are persons, and what they say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pxtui.papers.reading.grid import Grid, cell_address, cell_text, printable
from pxtui.papers.reading.merged_cells import filled_down
from pxtui.papers.reading.roster_cells import (
    holds_id_number,
    read_account,
    read_age,
    read_hours,
    read_id_number,
    read_name,
    read_password,
    read_phone,
    read_seq,
    read_sex,
    read_text,
    read_verdict,
)
from pxtui.papers.reading.roster_columns import Header, header_at, sheet_columns
from pxtui.papers.reading.roster_kinds import ABOVE_THE_HEADER, GLUED, RefusedRow, begins_notes, kind_of
from pxtui.papers.reading.roster_reading import HIDDEN, OtherRow, Refusal, Repair, RosterReading, RosterRow, RowKind
from pxtui.papers.reading.roster_words import is_label

_Value = TypeVar("_Value")

_NUMBERLESS = ("sex", "age", "course_hours", "completed_hours", "passed")
"""Fields in which no ID number stands, whoever's it is."""


@dataclass(slots=True)
class _Block:
    """The rows under one header, read column by column: ten thousand rows are one call a column."""

    columns: Mapping[str, int]
    headed: frozenset[int]
    numbers: list[int] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    def texts(self, name: str) -> list[str]:
        column = self.columns.get(name)
        return [""] * len(self.lines) if column is None else [line[column] for line in self.lines]

    def read(self, name: str, reader: Callable[[str], _Value]) -> list[_Value]:
        """Value of the column; what is put right on the way goes to `repairs`."""
        texts = self.texts(name)
        values = [reader(text) for text in texts]
        self.repairs += (
            Repair(number, self.address(number, name), printable(was), now)
            for number, was, value in zip(self.numbers, texts, values, strict=True)
            if value is not was and (now := _as_text(value, was)) != was
        )
        return values

    def address(self, number: int, name: str) -> str:
        return cell_address(number, self.columns[name] + 1)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row that is somebody's."""

    block: _Block
    number: int
    seq_text: str
    person: RosterRow
    """`seq` is 0 where the sheet states none."""
    refused: RefusedRow | None


@dataclass(slots=True)
class _Found:
    """What the sheet's rows are, as they are gone through."""

    blocks: list[_Block]
    entries: list[_Entry] = field(default_factory=list)
    others: list[OtherRow] = field(default_factory=list)
    filled: list[Repair] = field(default_factory=list)


def read_rows(grid: Grid, header: Header, chosen: Mapping[str, str] | None = None) -> RosterReading:
    """Every row of the sheet: taken over as a person, refused, or told as what it is.

    A row keeps the number that the sheet gives it. Where that is missing or unreadable it takes the number after
    the row above, if no other row has it; else, and where an earlier row has its own, the one after the largest.

    Raises:
        UndecidedColumns: a header further below has two columns that could be one field.
    """
    found = _Found([])
    grid, found.filled = filled_down(grid, header.first_row, set(header.columns.values()))
    found.blocks = list(_blocks(grid, header, found, chosen))
    _classify(found)
    rows: list[RosterRow] = []
    refused = list(_above(grid, header, found))
    repairs: list[Repair] = []
    for entry, seq in zip(found.entries, _numbers([entry.person.seq for entry in found.entries]), strict=True):
        number, person = entry.number, entry.person
        is_hidden = number - 1 in grid.hidden_rows
        if entry.refused is not None:
            reason = HIDDEN * is_hidden + entry.refused.reason
            refused.append(Refusal(grid.sheet, number, cell_address(number, entry.refused.column + 1), seq, reason))
            continue
        if is_hidden:
            repairs.append(Repair(number, entry.block.address(number, "name"), HIDDEN + person.name, person.name))
        if "seq" in entry.block.columns and entry.seq_text != str(seq):
            repairs.append(Repair(number, entry.block.address(number, "seq"), printable(entry.seq_text), str(seq)))
        rows.append(person if person.seq == seq else replace(person, seq=seq))
    repairs += _of_rows_taken(found, {entry.number for entry in found.entries if entry.refused is None})
    repairs.sort(key=lambda repair: repair.row)
    columns = sheet_columns(grid, header)
    others = tuple(sorted(found.others, key=lambda other: other.row))
    return RosterReading(header.form, grid.sheet, tuple(rows), tuple(refused), tuple(repairs), columns, others)


def _of_rows_taken(found: _Found, numbers: set[int]) -> Iterator[Repair]:
    repairs = [*found.filled, *(repair for block in found.blocks for repair in block.repairs)]
    with_passwords = [block for block in found.blocks if "password" in block.columns]
    secret = {block.address(number, "password") for block in with_passwords for number in block.numbers}
    return (replace(repair, is_secret=repair.cell in secret) for repair in repairs if repair.row in numbers)


def _above(grid: Grid, header: Header, found: _Found) -> Iterator[Refusal]:
    """The rows above the first header: titles, unless they hold a number like a person's."""
    for index, row in enumerate(grid.rows[: header.first_row]):
        texts = [cell_text(cell) for cell in row]
        column = next((column for column, text in enumerate(texts) if holds_id_number(text)), None)
        if index >= header.first_row - header.height:
            found.others.append(OtherRow(index + 1, RowKind.HEADER))
        elif column is not None:
            yield Refusal(grid.sheet, index + 1, cell_address(index + 1, column + 1), 0, ABOVE_THE_HEADER)
        else:
            found.others.append(OtherRow(index + 1, RowKind.TITLE if any(texts) else RowKind.BLANK))


def _blocks(grid: Grid, header: Header, found: _Found, chosen: Mapping[str, str] | None) -> Iterator[_Block]:
    """The rows with any content under each header: at the top of every page of some rosters it stands again."""
    block = _Block(header.columns, header.headed)
    width = max(header.columns.values()) + 1
    for index, row in enumerate(grid.rows):
        if index < header.first_row:
            continue
        line = [cell if isinstance(cell, str) else cell_text(cell) for cell in row]
        if not any(map(str.strip, line)):
            found.others.append(OtherRow(index + 1, RowKind.BLANK))
            continue
        line += [""] * (width - len(line))
        if is_label(line[header.columns["name"]]) and (again := header_at(grid, index, chosen)):
            found.others += [OtherRow(number + 1, RowKind.HEADER) for number in range(index, again.first_row)]
            yield block
            header = again
            block = _Block(header.columns, header.headed)
            width = max(header.columns.values()) + 1
        else:
            block.numbers.append(index + 1)
            block.lines.append(line)
    yield block


def _classify(found: _Found) -> None:
    in_notes = False
    for block in found.blocks:
        seqs = block.texts("seq")
        for number, line, seq, person in zip(block.numbers, block.lines, seqs, _people(block), strict=True):
            kind = kind_of(line, block.columns, person, in_notes=in_notes) or _glued(line, block, person)
            in_notes = in_notes or (kind is RowKind.NOTE and begins_notes(line))
            if isinstance(kind, RowKind):
                found.others.append(OtherRow(number, kind))
            else:
                found.entries.append(_Entry(block, number, seq, person, kind))


def _glued(line: Sequence[str], block: _Block, person: RosterRow) -> RefusedRow | None:
    """Why somebody's row is not taken over, if another one's number stands where no heading is or nobody has one."""
    numberless = {block.columns.get(name) for name in _NUMBERLESS}
    for column, text in enumerate(line):
        is_free = column in block.headed and column not in numberless
        if not is_free and holds_id_number(text) and read_id_number(text) != person.id_number:
            return RefusedRow(GLUED, column)
    return None


def _people(block: _Block) -> Iterator[RosterRow]:
    return map(
        RosterRow,
        (read_seq(text) or 0 for text in block.texts("seq")),
        block.read("name", read_name),
        block.read("sex", read_sex),
        block.read("age", read_age),
        block.read("id_number", read_id_number),
        block.read("phone", read_phone),
        block.read("remark", read_text),
        block.read("course_hours", read_hours),
        block.read("completed_hours", read_hours),
        block.read("account", read_account),
        block.read("password", read_password),
        block.read("passed", read_verdict),
    )


def _as_text(value: object, was: str) -> str:
    """Text of the value as the cell has it if nothing was put right; a verdict is the same in any of its words."""
    if isinstance(value, bool):
        return was
    return "" if value is None else str(value)


def _numbers(stated: Sequence[int]) -> list[int]:
    """The numbers that the rows bear, each once; see `read_rows`."""
    reserved = set(stated)
    given: set[int] = set()
    numbers: list[int] = []
    largest, number = max(stated, default=0), 0
    for seq in stated:
        number += 1
        if seq and seq not in given:
            number = seq
        elif seq or number in reserved or number in given:
            number = largest + 1
        largest = max(largest, number)
        given.add(number)
        numbers.append(number)
    return numbers
