"""Rosters whose rows were cut, moved and glued: none vanishes, and nobody gets another person's number."""

import csv
from collections.abc import Callable, Sequence
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from pxtui.errors import PxtuiError
from pxtui.papers.reading.rosters import read_pasted
from pxtui.policy.facts import Trainee
from tests.support.incoming import HEADER
from tests.support.rosters import made_up_people

PEOPLE = made_up_people(30)
GLUED = PEOPLE[-1]
"""Whose line stands behind another one's without a line end between them."""
NAME_OF = {person.id_number: person.name for person in PEOPLE}
SEQ, NAME, SEX, AGE, ID_NUMBER, PHONE, REMARK = range(7)

Cells = list[str]


def cells_of(seq: int, person: Trainee) -> Cells:
    return [str(seq), person.name, person.sex or "", str(person.age or ""), person.id_number, person.phone, ""]


def swapped(cells: Cells, one: int, other: int) -> Cells:
    cells = cells.copy()
    cells[one], cells[other] = cells[other], cells[one]
    return cells


def without(*columns: int) -> Callable[[Cells], list[Cells]]:
    return lambda cells: [["" if column in columns else cell for column, cell in enumerate(cells)]]


def glued(mark: str) -> Callable[[Cells], list[Cells]]:
    return lambda cells: [[mark.join(cells)]]


MUTILATIONS: Sequence[Callable[[Cells], list[Cells]]] = (
    lambda cells: [cells],
    lambda cells: [["", *cells]],
    lambda cells: [["", "", "", *cells]],
    lambda cells: [cells[1:]],
    lambda cells: [cells[3:]],
    glued(","),
    glued("，"),
    glued(" "),
    glued("\t"),
    lambda cells: [[cells[SEQ], f"{cells[NAME]} {cells[ID_NUMBER]}", *cells[SEX:ID_NUMBER], "", *cells[PHONE:]]],
    lambda cells: [[cells[SEQ], f"{cells[NAME]}{cells[ID_NUMBER]}"]],
    lambda cells: [swapped(cells, NAME, ID_NUMBER)],
    lambda cells: [swapped(cells, PHONE, ID_NUMBER)],
    lambda cells: [swapped(cells, NAME, SEX)],
    lambda cells: [swapped(cells, REMARK, ID_NUMBER)],
    without(NAME),
    without(ID_NUMBER),
    without(SEQ),
    without(SEQ, SEX, AGE, PHONE),
    without(NAME, ID_NUMBER),
    lambda cells: [[*cells[:ID_NUMBER], "", "", ""], ["", "", "", "", *cells[ID_NUMBER:]]],
    lambda cells: [[*cells[:ID_NUMBER], f'="{cells[ID_NUMBER]}"', *cells[PHONE:]]],
    lambda cells: [[*cells[:ID_NUMBER], f"身份证：{cells[ID_NUMBER]}。", *cells[PHONE:]]],
    lambda cells: [[*cells[:ID_NUMBER], cells[ID_NUMBER][:6] + " " + cells[ID_NUMBER][6:], *cells[PHONE:]]],
    lambda cells: [[*cells[:ID_NUMBER], cells[ID_NUMBER][:-1], *cells[PHONE:]]],
    lambda cells: [[*cells[:ID_NUMBER], "5.10402E+17", *cells[PHONE:]]],
    lambda cells: [[cells[SEQ], f"{cells[SEQ]}.{cells[NAME]}", *cells[SEX:]]],
    lambda cells: [[cells[SEQ], "#N/A", *cells[SEX:]]],
    lambda cells: [[f"注：{cells[NAME]}的证号是{cells[ID_NUMBER]}"]],
    lambda cells: [["示例", *cells[NAME:]]],
    lambda cells: [[], cells, ["合计", "1人"]],
    lambda cells: [cells, list(HEADER)],
    lambda cells: [cells, ["注：以上情况属实"], ["填表人：", "", "", "", "审核人："]],
    lambda cells: [["一车间"], cells],
    lambda cells: [[*cells, *cells_of(90, GLUED)]],
    lambda cells: [[*cells[:REMARK], "\v90", *cells_of(90, GLUED)[NAME:]]],
)

columns = st.permutations(range(len(HEADER)))
mutilated = st.lists(st.sampled_from(MUTILATIONS), min_size=1, max_size=12)
delimiters = st.sampled_from("\t,;")


@given(mutilated, columns, delimiters)
def test_every_row_is_read_refused_or_told_and_every_number_is_its_owner_s(
    mutilations: list[Callable[[Cells], list[Cells]]], order: list[int], delimiter: str
) -> None:
    lines: list[Cells] = [[HEADER[column] for column in order]]
    # One row as it should be, so that there is a roster at all.
    for number, mutilate in enumerate([MUTILATIONS[0], *mutilations]):
        for cells in mutilate(cells_of(number + 1, PEOPLE[number])):
            whole = len(cells) == len(HEADER)
            lines.append([cells[column] for column in order] if whole else cells)
    stream = StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(lines)
    text = stream.getvalue()
    rows_in_file = len(text.rstrip(f"{delimiter}\n").split("\n"))
    try:
        reading = read_pasted(text)
    except PxtuiError as error:
        raise AssertionError(error.sentence) from error

    refused = {refusal.row for refusal in reading.refused}
    others = {other.row for other in reading.others}
    assert len(refused) == len(reading.refused)
    assert not refused & others
    assert len(reading.rows) + len(refused) + len(others) == rows_in_file
    for row in reading.rows:
        assert row.name
        assert NAME_OF.get(row.id_number, row.name) == row.name
    read = {row.id_number for row in reading.rows}
    for number, cells in enumerate(lines, 1):
        for person in PEOPLE:
            if any(person.id_number in cell for cell in cells):
                assert person.id_number in read or number in refused
