"""What F8, Ctrl+R and Esc take back and bring again: always what was done last, and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.entry.effects import InputRefused, RowInserted, RowRemoved, RowStored
from screens.entry.rows import Change, Unfinished
from screens.entry.sheet_engine import SheetEngine
from tests.screens.entry.test_sheet_engine import FIELDS, KEYS, RIGHT, keyed

OTHER = "510402198601120017"
LI = {"name": "李四", "id_number": RIGHT, "phone": "13800000001"}


def stored(engine: SheetEngine, *keys: str) -> list[dict[str, str]]:
    """The rows that these keys have stored."""
    return [effect.values for effect in keyed(engine, *keys) if isinstance(effect, RowStored)]


def test_f8_in_the_row_in_hand_takes_back_cell_by_cell_and_stores_nothing() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}])
    keyed(engine, "<ctrl+end>", "乙", "<enter>", RIGHT, "138")
    assert keyed(engine, "<f8>") == []
    assert (engine.field.key, engine.line.text) == ("phone", "")
    keyed(engine, "<f8>")
    assert (engine.field.key, engine.line.text, engine.value(1, 0)) == ("id_number", "", "乙")
    keyed(engine, "<f8>")
    assert (engine.field.key, engine.line.text, engine.rows) == ("name", "", [{"name": "甲"}])
    keyed(engine, "<ctrl+r>", "<ctrl+r>", "<ctrl+r>")
    assert (engine.value(1, 0), engine.value(1, 2), engine.value(1, 3)) == ("乙", RIGHT, "138")
    assert keyed(engine, "<ctrl+r>") == [InputRefused("没有可重做的改动。")]


def test_f8_after_a_cell_was_corrected_restores_the_cell_and_keeps_the_row() -> None:
    engine = SheetEngine(FIELDS, [LI])
    keyed(engine, "<ctrl+home>", "<right>", "<right>", "13900000009", "<f8>")
    assert engine.rows == [LI]
    engine = SheetEngine(FIELDS, [LI])
    keyed(engine, "<ctrl+home>", "<right>", "<right>", "139", "<f8>", "<down>")
    assert engine.rows == [LI]


def test_two_corrections_of_one_row_are_taken_back_one_after_the_other_even_when_it_was_left() -> None:
    engine = SheetEngine(FIELDS, [LI, {"name": "王五"}])
    assert stored(engine, "<ctrl+home>", "李思", "<enter>", OTHER, "<down>") == [
        {**LI, "name": "李思"},
        {**LI, "name": "李思", "id_number": OTHER},
    ]
    assert keyed(engine, "<f8>") == [RowStored(0, {**LI, "name": "李思"}, undoing=True)]
    assert engine.field.key == "id_number"
    assert keyed(engine, "<f8>") == [RowStored(0, LI, undoing=True)]
    assert engine.field.key == "name"
    assert keyed(engine, "<ctrl+r>", "<ctrl+r>") == [
        RowStored(0, {**LI, "name": "李思"}, redoing=True),
        RowStored(0, {**LI, "name": "李思", "id_number": OTHER}, redoing=True),
    ]


def test_cells_that_were_empty_and_are_filled_one_after_the_other_are_one_change() -> None:
    engine = SheetEngine(FIELDS, [{"name": "李四"}, {"name": "王五"}])
    assert stored(engine, "<ctrl+home>", "<enter>", RIGHT, "13800000001") == [LI]
    assert stored(engine, "<up>", "<right>", "<right>", "13900000009", "<up>") == [{**LI, "phone": "13900000009"}]


def test_a_new_row_goes_as_a_row_and_comes_again() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "李四", "<enter>", RIGHT, "13800000001")
    assert keyed(engine, "<f8>") == [RowRemoved(0, undoing=True)]
    assert keyed(engine, "<ctrl+r>") == [RowInserted(0, LI, redoing=True)]


def test_a_cell_and_the_rows_before_it_come_again_in_their_order() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "甲", "<down>", "乙", "<enter>", RIGHT)
    keyed(engine, *["<f8>"] * 3)
    assert engine.rows == []
    keyed(engine, *["<ctrl+r>"] * 3)
    assert [row["name"] for row in engine.rows] == ["甲"]
    assert (engine.row, engine.value(1, 0), engine.value(1, 2)) == (1, "乙", RIGHT)


def test_what_is_undone_comes_again_even_when_the_row_was_left_and_not_after_something_new() -> None:
    engine = SheetEngine(FIELDS, [LI, {"name": "王五"}])
    keyed(engine, "<ctrl+home>", "李思", "<enter>", OTHER, "<f8>", "<down>", "<ctrl+r>")
    assert (engine.row, engine.value(0, 2)) == (0, OTHER)
    keyed(engine, "<f8>", "<down>", "<down>", "5104", "<down>")
    assert keyed(engine, "<ctrl+r>") == [InputRefused("没有可重做的改动。")]


def test_changes_of_an_earlier_time_are_undone_and_those_undone_then_made_again() -> None:
    engine = SheetEngine(FIELDS)
    engine.load([LI], [Change(0, None, LI)], [Change(0, LI, {**LI, "name": "李思"})])
    assert keyed(engine, "<ctrl+r>") == [RowStored(0, {**LI, "name": "李思"}, redoing=True)]
    empty = SheetEngine(FIELDS)
    empty.load([], [], [Change(0, None, LI)])
    assert keyed(empty, "<ctrl+r>") == [RowInserted(0, LI, redoing=True)]


def test_esc_restores_the_cell_once() -> None:
    engine = SheetEngine(FIELDS, [LI])
    keyed(engine, "<ctrl+home>", "李思")
    assert engine.restore()
    assert (engine.line.text, engine.draft()) == ("李四", None)
    assert not engine.restore()
    keyed(engine, "<ctrl+r>")
    assert engine.value(0, 0) == "李思"


@pytest.mark.parametrize("keys", [("李四",), ("<f2>",), ("<f2>", "思", "<backspace>"), ("李四 ", "<backspace>")])
def test_a_cell_that_says_what_it_said_has_nothing_to_restore(keys: tuple[str, ...]) -> None:
    engine = SheetEngine(FIELDS, [LI])
    keyed(engine, "<ctrl+home>", *keys)
    assert not engine.restore()


def test_esc_takes_back_no_cell_that_was_left() -> None:
    engine = SheetEngine(FIELDS, [LI])
    keyed(engine, "<ctrl+home>", "李思", "<enter>", "5104")
    assert engine.restore()
    assert engine.value(0, 0) == "李思"
    assert not engine.restore()


def test_blanks_alone_restore_to_nothing_and_take_no_other_cell_with_them() -> None:
    engine = SheetEngine(FIELDS, [{**LI, "remark": "返乡"}])
    keyed(engine, "<ctrl+home>", "李思", "<tab>", "<tab>", "<tab>", "<f2>", " ")
    assert engine.restore()
    assert (engine.value(0, 0), engine.line.text) == ("李思", "返乡")


def test_an_unfinished_row_of_an_earlier_session_is_restored_and_undone_like_any_other() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}])
    engine.take_draft(Unfinished(1, {"name": "李四", "id_number": "5104"}, "id_number", 4))
    assert engine.draft() == Unfinished(1, {"name": "李四", "id_number": "5104"}, "id_number", 4)
    assert engine.restore()
    assert (engine.line.text, engine.value(1, 0)) == ("", "李四")
    keyed(engine, "<f8>")
    assert (engine.field.key, engine.line.text, engine.draft()) == ("name", "", None)


def test_a_draft_whose_cell_under_the_cursor_is_empty_is_taken_as_it_was() -> None:
    engine = SheetEngine(FIELDS, [])
    engine.take_draft(Unfinished(0, {"name": "李四", "id_number": RIGHT}, "phone", 0))
    assert stored(engine, "13800000001") == [LI]


@given(st.lists(st.sampled_from((*(f"<{key}>" for key in KEYS), "王", "1", RIGHT, "esc")), max_size=40))
def test_all_undone_is_as_it_began_and_all_made_again_is_as_it_was(keys: list[str]) -> None:
    begun = [LI, {"name": "王五", "phone": "13900000009"}]
    engine = SheetEngine(FIELDS, begun)
    for key in keys:
        engine.restore() if key == "esc" else keyed(engine, key)
    engine.finish()
    while keyed(engine, "<ctrl+r>") != [InputRefused("没有可重做的改动。")]:
        pass
    engine.finish()
    as_it_was = [*engine.rows]
    while InputRefused("没有可撤销的改动。") not in keyed(engine, "<f8>"):
        pass
    assert engine.rows == begun
    while keyed(engine, "<ctrl+r>") != [InputRefused("没有可重做的改动。")]:
        pass
    engine.finish()
    assert engine.rows == as_it_was
