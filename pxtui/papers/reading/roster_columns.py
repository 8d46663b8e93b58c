"""Columns of a sheet and what they hold: by the words of its header, or by the prescribed order without one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from pxtui.errors import Refused
from pxtui.identifiers.text import canonical
from pxtui.papers.reading.grid import Cell, Grid, cell_address, cell_text, without_controls
from pxtui.papers.reading.roster_cells import looks_like_id_number, read_id_number, read_sex
from pxtui.papers.reading.roster_content import columns_by_content
from pxtui.papers.reading.roster_reading import Form, SheetColumn
from pxtui.papers.reading.roster_words import FIELD_OF, MEANINGS, Whose, field_of, label_of, whose, whose_group

_PERSON = ("seq", "name", "sex", "age", "id_number", "phone")
_LEARNING = ("course_hours", "completed_hours", "account", "password", "passed")
PRESCRIBED_ORDER: Mapping[Form, tuple[str, ...]] = {
    2: (*_PERSON, "remark"),
    4: (*_PERSON, *_LEARNING, "remark"),
}
"""Attachments 2 and 4 of 攀人社发〔2020〕33号, column by column."""

_SAMPLE_CHARACTERS = 4
_TITLE_ROWS = 100
"""A header stands within these; more rows than that above it are no title."""


@dataclass(frozen=True, slots=True)
class Header:
    """Places of the columns of a roster."""

    form: Form
    columns: Mapping[str, int]
    """Field (a name of `PRESCRIBED_ORDER`) to column, counted from 0; what the sheet lacks is missing."""
    first_row: int
    """The row below the header, counted from 0."""
    height: int = 0
    """Rows of the header; 0: there is none."""
    headed: frozenset[int] = frozenset()
    """The columns with a heading of any kind; without a header, those that are read but for the remarks."""


class UndecidedColumns(Refused):
    """Two columns of a sheet could be one field of the trainee, and only a person can tell which is."""

    def __init__(self, sheet: str, field: str, columns: Sequence[SheetColumn]) -> None:
        """`field`: a name of `PRESCRIBED_ORDER`; `columns`: those that remain, from left to right."""
        named = "和".join(f"{column.letter}列“{column.heading}”{'（已隐藏）' * column.is_hidden}" for column in columns)
        super().__init__(
            f"“{sheet}”的{named}都可能是参训人员的{MEANINGS[field]}，没有读取：请只留本人的一列，或改写另一列的表头，再导入"
        )
        self.sheet = sheet
        self.field = field
        self.columns = tuple(columns)

    @property
    def meaning(self) -> str:
        """The prescribed heading of the field."""
        return MEANINGS[self.field]


def find_header(grid: Grid, chosen: Mapping[str, str] | None = None) -> Header | None:
    """The first header with a name and an ID number, else what the cells say of the columns, else None.

    Args:
        chosen: field to the letter of its column, where somebody decided among several.

    Raises:
        UndecidedColumns: two columns could be one field of the trainee.
        PxtuiError: two rosters side by side, a header without one of the two columns that no roster can lack, or
            cells like persons' of which nobody can tell where the names stand.
    """
    top = grid.rows[:_TITLE_ROWS]
    for index in range(len(top)):
        if header := header_at(grid, index, chosen):
            return header
    for row in top:
        _refuse_half_a_header([label_of(cell) for cell in row])
    return _prescribed(grid.rows)


def header_at(grid: Grid, index: int, chosen: Mapping[str, str] | None = None) -> Header | None:
    """The header that begins in row `index` (counted from 0) and takes one row or two.

    Raises:
        UndecidedColumns: two columns could be one field of the trainee.
        PxtuiError: two rosters stand side by side.
    """
    labels = [label_of(cell) for cell in grid.rows[index]]
    if not any(labels):
        return None
    fields, height = _fields(labels), 1
    if index + 1 < len(grid.rows):
        lower = [label_of(cell) for cell in grid.rows[index + 1]]
        joint = _fields_of_two_rows(labels, lower)
        if len(joint) > len(fields) or (len(joint) == len(fields) and joint != fields and _has_a_word(lower)):
            fields, height = joint, 2
    if not {"name", "id_number"} <= fields.keys():
        return None
    first_row = index + height
    columns = _decided(grid, fields, range(index, first_row), chosen or {})
    form: Form = 4 if sum(field in fields for field in _LEARNING) > 1 else 2
    heads = grid.rows[index:first_row]
    headed = frozenset(column for row in heads for column, cell in enumerate(row) if cell_text(cell).strip())
    return Header(form, columns, first_row, height, headed)


def sheet_columns(grid: Grid, header: Header) -> tuple[SheetColumn, ...]:
    """Every column with a heading or content, and what it was taken for."""
    rows = grid.rows
    heads = range(header.first_row - header.height, header.first_row)
    fields = {column: field for field, column in header.columns.items()}
    filled = {column for row in rows[header.first_row :] for column, cell in enumerate(row) if cell not in ("", None)}
    width = max((*filled, *fields, *(len(rows[row]) - 1 for row in heads)), default=-1) + 1
    found = (_sheet_column(grid, column, heads, fields.get(column, "")) for column in range(width))
    return tuple(column for place, column in enumerate(found) if column.heading or place in filled or place in fields)


def _sheet_column(grid: Grid, column: int, heads: range, field: str) -> SheetColumn:
    texts = [cell_text(grid.rows[row][column]) for row in heads if column < len(grid.rows[row])]
    letter = cell_address(1, column + 1)[:-1]
    below = (cell_text(row[column]).strip() for row in grid.rows[heads.stop :] if column < len(row))
    sample = without_controls(next(filter(None, below), ""))[-_SAMPLE_CHARACTERS:]
    is_hidden = column in grid.hidden_columns
    return SheetColumn(letter, canonical("".join(texts)), MEANINGS.get(field, ""), is_hidden, sample)


def _fields(labels: Sequence[str], groups: Sequence[str] = ()) -> dict[str, list[int]]:
    """By field, the columns that remain: the trainee's own, else those of which nobody says whose they are.

    Args:
        groups: what stands above each label, where it says whose columns they are.
    """
    found: dict[str, dict[Whose, list[int]]] = {}
    for column, (label, group) in enumerate(zip_longest(labels, groups, fillvalue="")):
        if field := field_of(label):
            found.setdefault(field, {}).setdefault(whose(group + label), []).append(column)
    remaining = {field: by.get(Whose.OWN) or by.get(Whose.UNSAID) for field, by in found.items()}
    fields = {field: columns for field, columns in remaining.items() if columns}
    if "seq" in fields:  # it says nothing of a person: the plainest word, else the first
        plain = [column for column in fields["seq"] if labels[column] == MEANINGS["seq"]]
        fields["seq"] = (plain or fields["seq"])[:1]
    return fields


def _decided(grid: Grid, fields: Mapping[str, list[int]], heads: range, chosen: Mapping[str, str]) -> dict[str, int]:
    if all(len(fields[field]) > 1 for field in ("name", "id_number")) and not chosen:
        raise Refused("表头里有两组“姓名”“身份证号”：请把并排的两份名单上下接成一份，再导入")
    decided: dict[str, int] = {}
    for field, columns in fields.items():
        meant = [column for column in columns if cell_address(1, column + 1)[:-1] == chosen.get(field)]
        if len(columns) > 1 and not meant:
            raise UndecidedColumns(grid.sheet, field, [_sheet_column(grid, column, heads, field) for column in columns])
        decided[field] = (meant or columns)[0]
    return decided


def _fields_of_two_rows(upper: Sequence[str], lower: Sequence[str]) -> dict[str, list[int]]:
    """The fields of a header whose upper cells are divided below, as 学员平台 into 账号 and 密码."""
    if {"name", "id_number"} <= _fields(lower).keys():
        groups = list(_spanning(upper, lower))
        return _fields(lower, groups) if {Whose.OWN, Whose.OTHERS} <= {*map(whose_group, groups)} else {}
    if any(character.isdigit() for label in lower for character in label):
        return {}
    joint: list[str] = []
    for above, below, spanning in zip_longest(upper, lower, _spanning(upper, lower), fillvalue=""):
        words = (below, below + spanning, spanning + below) if below else (above,)
        joint.append(next((word for word in words if word in FIELD_OF), words[-1]))
    return _fields(joint)


def _spanning(upper: Sequence[str], lower: Sequence[str]) -> Iterator[str]:
    """The upper label that stands over each column, its own or that of a column to the left."""
    spanning = ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        spanning = above or (spanning if below else "")
        yield spanning


def _has_a_word(labels: Sequence[str]) -> bool:
    return any(label in FIELD_OF for label in labels)


def _refuse_half_a_header(labels: Sequence[str]) -> None:
    known = {field for label in labels if (field := field_of(label))}
    exact = {FIELD_OF[label] for label in labels if label in FIELD_OF}
    fields = _fields(labels)
    others = [label for label in labels if field_of(label) == "name" and whose(label) is Whose.OTHERS]
    if others and "name" not in fields and "id_number" in known:
        raise Refused(f"表头里只有“{others[0]}”，没有参训人员本人的“姓名”，请补上这一列再导入")
    for field, word in (("name", "姓名"), ("id_number", "身份证号")):
        if field not in fields and (len(exact) > 3 or ("id_number" in exact and len(exact) > 1)):
            raise Refused(f"表头里没有“{word}”一列，请补上这一列再导入")


def _prescribed(rows: Sequence[Sequence[Cell]]) -> Header | None:
    people = [(row, found[0]) for row in rows if (found := _id_columns(row))]
    if not people:
        return None
    _refuse_two_id_columns([row for row, _ in people])
    ((id_column, _),) = Counter(column for _, column in people).most_common(1)
    start = id_column - PRESCRIBED_ORDER[2].index("id_number")
    used = max(column for row, _ in people for column, cell in enumerate(row) if cell_text(cell).strip())
    form: Form = 4 if used - start > len(PRESCRIBED_ORDER[2]) else 2
    columns = {field: column for column, field in enumerate(PRESCRIBED_ORDER[form], start) if column >= 0}
    at_home = [row for row, column in people if column == id_column]
    if "name" not in columns or sum(_fits(row, columns) for row in at_home) * 2 < len(people):
        if by_content := columns_by_content(at_home, id_column):
            titles = takewhile(lambda row: sum(map(bool, row)) < 2 and not _id_columns(row), rows)
            return Header(2, by_content, len(list(titles)), headed=frozenset(by_content.values()))
        raise Refused(
            "没有表头，各列也不是附件2、附件4的次序（序号、姓名、性别、年龄、身份证号……），认不出哪一列是姓名：请加上表头再导入"
        )
    return Header(form, columns, 0, headed=frozenset(columns.values()) - {columns["remark"]})


def _refuse_two_id_columns(people: Sequence[Sequence[Cell]]) -> None:
    """Where most rows hold two different numbers, nobody can tell whose is whose."""
    twice: Counter[tuple[int, int]] = Counter()
    for row in people:
        first, *others = _id_columns(row)
        number = read_id_number(cell_text(row[first]))
        twice.update((first, other) for other in others if read_id_number(cell_text(row[other])) != number)
    for (first, other), count in twice.most_common(1):
        if count * 2 > len(people):
            letters = "和".join(cell_address(1, column + 1)[:-1] + "列" for column in (first, other))
            raise Refused(f"没有表头，{letters}都是身份证号，分不清哪一列是参训人员本人的：请加上表头再导入")


def _id_columns(row: Sequence[Cell]) -> list[int]:
    return [column for column, cell in enumerate(row) if cell and looks_like_id_number(cell_text(cell))]


def _fits(row: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    """Whether a name stands in the column of names and nothing but a sex, if anything, in that of sexes."""
    name, sex = (cell_text(row[columns[field]]).strip() for field in ("name", "sex"))
    return not any(character.isdigit() for character in name) and (not sex or read_sex(sex) is not None)
