"""Old workbooks (.xls) tell what is hidden and which cells hold an error, as newer ones do; who cannot know says so."""

import contextlib
from pathlib import Path

import pytest

from pxtui.errors import PxtuiError
from pxtui.papers.reading import grid, listing, old_excel, rosters, table_child
from pxtui.papers.reading.grid import Grid, read_table
from pxtui.papers.reading.listing import Listed
from pxtui.papers.reading.rosters import read_roster
from tests.support.incoming import HEADER, ZHANG_ROW
from tests.support.rosters import made_up_people

WORKBOOK = Path(__file__).parent.parent.parent / "data" / "workbooks" / "hidden-and-errors.xls"
"""Six people; row 3 and column G are hidden, F5 is #N/A and D6 is #DIV/0!."""
BLIND = "看不出这份.xls里哪些行、列隐藏了，请打开核对，或另存为.xlsx再导入"


def test_a_hidden_row_a_hidden_column_and_errors_are_told() -> None:
    reading = read_roster(WORKBOOK)
    people = made_up_people(6)
    assert [row.name for row in reading.rows] == [person.name for person in people]
    assert [(repair.cell, repair.was, repair.now) for repair in reading.repairs] == [
        ("B3", f"（隐藏或筛选掉的行）{people[1].name}", people[1].name),
        ("F5", "#N/A", ""),
        ("D6", "#DIV/0!", ""),
    ]
    assert reading.notes == ("隐藏的列也读了：G列（备注）",)


def test_what_only_one_library_reads_is_read_and_said_to_be_seen_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes) -> object:
        raise old_excel.Untellable

    monkeypatch.setattr(old_excel, "untold_of", refuse)
    (sheet,) = table_child._workbook(WORKBOOK.read_bytes())
    (told,) = read_table(WORKBOOK)
    assert (sheet["is_hiding_unknown"], sheet["hidden_rows"], told.is_hiding_unknown) == (True, [], False)
    read = grid._sheet_grid({**sheet, "rows": [HEADER, ZHANG_ROW]}, "名单")
    reading = rosters._reading(read, None)
    assert reading is not None
    assert reading.notes == (BLIND,)


def test_a_list_that_is_taken_whole_is_refused_where_nobody_knows_what_is_hidden() -> None:
    with pytest.raises(PxtuiError, match="看不出这份"):
        listing.require_nothing_hidden(Listed(("一行",), (), (), is_hiding_unknown=True))
    listing.require_nothing_hidden(Listed(("一行",), (), ()))
    assert not Grid("名单", ()).is_hiding_unknown


@pytest.mark.parametrize("size", [0, 8, 600, 3000, 5000])
def test_a_workbook_cut_short_is_untellable_and_prints_nothing(size: int, capfd: pytest.CaptureFixture[str]) -> None:
    data = WORKBOOK.read_bytes()[:size]
    with pytest.raises(old_excel.Untellable):
        old_excel.untold_of(data)
    assert capfd.readouterr().out == ""


def test_damaged_bytes_never_raise_anything_else() -> None:
    whole = WORKBOOK.read_bytes()
    for place in range(0, len(whole), 97):
        data = whole[:place] + b"\xff" * 4 + whole[place + 4 :]
        with contextlib.suppress(old_excel.Untellable):
            old_excel.untold_of(data)
