"""Keys in a sheet one by one: where the cursor goes, what becomes of a cell, what undo takes back next."""

from dataclasses import replace
from datetime import date

import pytest

from screens.entry.effects import FieldLeft, InputRefused, RowStored
from screens.entry.fields import Alphabet, Field
from screens.entry.rows import Change, Unfinished, begun, changed_column, shifted
from screens.entry.sheet_engine import SheetEngine
from screens.roster.columns import roster_fields
from tests.screens.entry.test_sheet_engine import FIELDS, RIGHT, WITH_X, keyed

NAME, SEX, ID_NUMBER, PHONE, REMARK = range(5)


@pytest.mark.parametrize(
    ("start", "keys", "place"),
    [
        ((1, NAME), ["<right>"], (1, ID_NUMBER)),
        ((1, NAME), ["<left>"], (1, NAME)),
        ((1, ID_NUMBER), ["<left>"], (1, NAME)),
        ((1, REMARK), ["<right>"], (1, REMARK)),
        ((1, NAME), ["<end>"], (1, REMARK)),
        ((1, PHONE), ["<home>"], (1, NAME)),
        ((1, ID_NUMBER), ["<shift+tab>"], (1, NAME)),
        ((1, NAME), ["<shift+tab>"], (0, REMARK)),
        ((0, NAME), ["<shift+tab>"], (0, NAME)),
        ((1, PHONE), ["<up>"], (0, PHONE)),
        ((0, PHONE), ["<down>"], (1, PHONE)),
        ((0, PHONE), ["<up>"], (0, PHONE)),
        ((1, PHONE), ["<ctrl+home>"], (0, NAME)),
        ((0, PHONE), ["<ctrl+end>"], (2, NAME)),
        ((1, ID_NUMBER), ["<delete>", "<left>"], (1, ID_NUMBER)),
        ((1, ID_NUMBER), ["<backspace>", "<left>"], (1, ID_NUMBER)),
    ],
)
def test_a_key_leads_from_cell_to_cell(start: tuple[int, int], keys: list[str], place: tuple[int, int]) -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}, {"name": "乙"}])
    engine.go_to(*start)
    keyed(engine, *keys)
    assert (engine.row, engine.column) == place


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["<backspace>", "丙"], "甲丙"),
        (["<f2>", "丙"], "甲乙丙"),
        (["<f2>", "<home>", "丙"], "丙甲乙"),
        (["<f2>", "<home>", "<end>", "丙"], "甲乙丙"),
        (["<f2>", "<home>", "<right>", "丙"], "甲丙乙"),
        (["<f2>", "<home>", "<delete>"], "乙"),
        (["<delete>"], ""),
    ],
)
def test_a_cell_is_corrected_at_the_caret(keys: list[str], text: str) -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲乙"}])
    engine.go_to(0, NAME)
    keyed(engine, *keys)
    assert engine.value(0, NAME) == text


def test_the_cell_right_above_is_repeated_even_if_it_is_empty() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}, {"name": "乙", "phone": "1"}, {"name": "丙", "phone": "2"}])
    engine.go_to(2, NAME)
    assert keyed(engine, "<f4>") == [FieldLeft(2, {"name": "乙", "phone": "2"})]
    engine.go_to(1, PHONE)
    assert RowStored(1, {"name": "乙"}) in keyed(engine, "<f4>")


def test_every_row_shows_its_own_cells() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲", "id_number": RIGHT}, {"name": "乙", "id_number": WITH_X}])
    engine.go_to(0, NAME)
    keyed(engine, "丙")
    rows = [[engine.value(row, column) for column in (NAME, SEX)] for row in range(2)]
    assert (rows, engine.value(2, NAME)) == ([["丙", "男"], ["乙", "女"]], "")
    engine.go_to(0, ID_NUMBER)
    keyed(engine, "510402198001010020")
    assert [engine.value(row, SEX) for row in range(2)] == ["女", "女"]


@pytest.mark.parametrize(("key", "refused"), [("insert", "不能插行"), ("f7", "不能删行")])
def test_who_would_change_the_rows_of_a_fixed_sheet_is_told_why(key: str, refused: str) -> None:
    assert SheetEngine(FIELDS, [{"name": "甲"}], grows=False).press(key) == [
        InputRefused(f"这张表的行是固定的，{refused}。")
    ]


def test_undo_names_the_newest_change_unless_something_unfinished_goes_first() -> None:
    engine = SheetEngine(FIELDS)
    assert engine.next_undo is None
    keyed(engine, "甲", "<down>", "乙", "<down>")
    assert engine.next_undo == Change(1, None, {"name": "乙"})
    keyed(engine, "丙")
    assert engine.next_undo is None


def test_one_redo_makes_one_change_again() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "甲", "<down>", "乙", "<down>", "<f8>", "<f8>", "<ctrl+r>")
    assert engine.rows == [{"name": "甲"}]


def test_a_column_filled_down_is_told_as_one_change() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲", "remark": "退役"}, {"name": "乙"}, {"name": "丙"}])
    engine.go_to(0, REMARK)
    stored = [effect for effect in keyed(engine, "<ctrl+w>") if isinstance(effect, RowStored)]
    assert [(effect.index, effect.joined) for effect in stored] == [(1, False), (2, True)]


def test_the_changes_of_a_page_that_is_read_again_can_be_undone() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}])
    engine.load([{"name": "甲"}], [Change(0, {"name": "丙"}, {"name": "甲"})])
    assert keyed(engine, "<f8>") == [RowStored(0, {"name": "丙"}, undoing=True)]


def test_rows_that_come_late_leave_the_cursor_in_its_row() -> None:
    late = [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}]
    keying = SheetEngine(FIELDS, late[:2])
    keying.go_to(0, ID_NUMBER)
    keyed(keying, "5104")
    keying.load(late)
    assert (keying.row, keying.column, keying.line.text) == (0, ID_NUMBER, "5104")
    looking = SheetEngine(FIELDS, late[:1])
    looking.load(late)
    assert (looking.row, looking.line.text) == (1, "乙")


def test_what_is_unfinished_holds_no_empty_cell() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "李四", "<enter>")
    assert engine.draft() == Unfinished(0, {"name": "李四"}, "id_number", 0)


def test_who_was_found_fills_the_row_and_an_enter_right_after_passes_nothing_over() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}, {"name": "乙"}])
    engine.go_to(0, NAME)
    effects = engine.fill({"name": "丙", "phone": "13800000001"})
    assert RowStored(0, {"name": "丙", "phone": "13800000001"}) in effects
    (late,) = keyed(engine, "<enter>")
    assert isinstance(late, InputRefused)
    assert "Enter没有算" in late.sentence
    assert (engine.row, engine.column) == (1, NAME)


def test_who_ends_every_cell_with_enter_hears_nothing_and_keys_the_same_rows() -> None:
    habit, other = SheetEngine(FIELDS), SheetEngine(FIELDS)
    for name in ("李四", "王五"):
        keyed(other, name, "<enter>", RIGHT, "13800000001")
        effects = keyed(habit, name, "<enter>", RIGHT, "<enter>", "13800000001", "<enter>")
        assert not any(isinstance(effect, InputRefused) for effect in effects)
    assert habit.rows == other.rows
    assert len(habit.rows) == 2
    assert (habit.row, habit.column) == (other.row, other.column)


def test_an_enter_that_may_have_meant_what_stands_there_is_told_without_the_bell_and_the_next_one_counts() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}, {"name": "乙"}])
    engine.go_to(0, PHONE)
    _, late = keyed(engine, "13800000001", "<enter>")[-2:]
    assert late == InputRefused("已自动到姓名，这个Enter没有算；保留这一格请按Tab。", rings=False)
    keyed(engine, "<enter>")
    assert (engine.row, engine.column) == (1, ID_NUMBER)


def test_letters_that_mean_several_of_a_list_wait_and_an_arrow_ends_them() -> None:
    building = (("a", "建筑业"), ("b", "建筑设计"), ("c", "工业"))
    engine = SheetEngine((Field("industry", "行业", 20, Alphabet.CHOICE, choices=building),), [{"industry": "c"}])
    engine.go_to(0, 0)
    assert keyed(engine, "<f2>", "jz") == []
    assert engine.drawn.text == "jz"
    keyed(engine, "<right>")
    assert engine.drawn.text == "建筑业"


def test_what_is_known_of_rows_follows_them_when_one_comes_or_goes() -> None:
    known = {0: "甲", 1: "乙", 2: "丙"}
    assert shifted(known, 1, 1) == {0: "甲", 2: "乙", 3: "丙"}
    assert shifted(known, 1, -1) == {0: "甲", 1: "丙"}


def test_of_what_was_carried_only_what_was_taken_out_is_known_until_there_is_more() -> None:
    carried = {"payee": "成都平台", "payer": "恒力机械"}
    assert begun(carried, dict(carried)) == {}
    assert begun(carried, {**carried, "payee": ""}) == {"payee": ""}
    assert begun(carried, {**carried, "number": "001"}) == {**carried, "number": "001"}


def test_a_change_that_no_visited_column_shows_leads_nowhere() -> None:
    assert changed_column(FIELDS, [NAME, PHONE], {"name": "甲", "source": "1"}, {"name": "甲", "source": "2"}) is None
    assert changed_column(FIELDS, [NAME, PHONE], {"name": "甲"}, {"name": "甲", "phone": "1"}) == PHONE


def test_a_field_off_the_path_is_passed_by_enter_even_where_it_is_the_first() -> None:
    fields = (replace(FIELDS[REMARK]), FIELDS[NAME], FIELDS[PHONE])
    assert SheetEngine(fields).field.key == "name"


@pytest.mark.parametrize("key", ["<enter>", "<tab>"])
def test_neither_enter_nor_tab_leads_out_of_a_faulty_cell(key: str) -> None:
    engine = SheetEngine(FIELDS)
    assert keyed(engine, "李四", "<tab>", "5104", key)[-1] == InputRefused("应为18位，现为4位")
    assert engine.column == ID_NUMBER


def test_nothing_is_made_again_over_what_is_unfinished() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "甲", "<down>", "<f8>", "乙")
    assert keyed(engine, "<ctrl+r>") == [InputRefused("没有可重做的改动。")]
    assert engine.line.text == "乙"


def test_who_empties_a_cell_is_not_told_to_fill_it() -> None:
    engine = SheetEngine([replace(FIELDS[NAME], required=True), FIELDS[PHONE]], [{"name": "甲", "phone": "1"}])
    engine.go_to(0, 0)
    assert keyed(engine, "<delete>", "<down>") == [
        FieldLeft(0, {"name": "", "phone": "1"}),
        RowStored(0, {"phone": "1"}),
    ]


@pytest.mark.parametrize("dot", ["∙", "⋅", "●", "˙", "•", "·"])
def test_a_dot_in_a_name_becomes_the_one_of_the_identity_card_as_it_is_keyed(dot: str) -> None:
    engine = SheetEngine(roster_fields(date(2020, 3, 16)))
    keyed(engine, "沙玛", dot)
    assert engine.line.text == "沙玛·"
    engine = SheetEngine(roster_fields(date(2020, 3, 16)))
    keyed(engine, "沙玛.阿果", "<enter>")
    assert engine.value(0, 0) == "沙玛·阿果"
