"""The entry engine by itself: a clerk's keys in, rows to store out."""

from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pxtui.identifiers import id_number
from pxtui.identifiers.id_number import InvalidIdNumber
from screens.entry.effects import Effect, FieldLeft, Refused, Row, RowInserted, RowRemoved, RowStored
from screens.entry.fields import Alphabet, Field
from screens.entry.sheet_engine import SheetEngine


def id_fault(text: str) -> str:
    """What is wrong with an ID number in March 2020."""
    try:
        id_number.parse(text, today=date(2020, 3, 16))
    except InvalidIdNumber as fault:
        return str(fault)
    return ""


FIELDS = (
    Field("name", "姓名", 12),
    Field("sex", "性别", 4, derived=lambda row: "男" if row.get("id_number", "")[16:17] in "13579" else "女"),
    Field("id_number", "身份证号", 18, Alphabet.ID_NUMBER, length=18, check=id_fault),
    Field("phone", "联系电话", 11, Alphabet.DIGITS, length=11),
    Field("remark", "备注", 10, on_path=False),
)
KEYS = (
    *("enter", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "ctrl+home", "ctrl+end"),
    *("backspace", "delete", "insert", "f2", "f4", "f7", "f8", "ctrl+r"),
)
RIGHT = "510402198001010018"
WITH_X = "11010519491231002X"


def keyed(engine: SheetEngine, *keys: str) -> list[Effect]:
    """Type texts and press keys written as <enter>."""
    effects: list[Effect] = []
    for key in keys:
        if key.startswith("<"):
            effects += engine.press(key.strip("<>"))
        else:
            for character in key:
                effects += engine.type(character)
    return effects


def test_a_row_costs_the_name_enter_18_and_11_digits() -> None:
    engine = SheetEngine(FIELDS)
    effects = keyed(engine, "李四", "<enter>", RIGHT, "13800000001")
    assert [effect for effect in effects if isinstance(effect, RowStored)] == [
        RowStored(0, {"name": "李四", "id_number": RIGHT, "phone": "13800000001"})
    ]
    assert (engine.row, engine.field.key) == (1, "name")


@pytest.mark.parametrize("last", ["*", ".", "/", "x", "X", "ｘ"])
def test_the_keypad_makes_the_final_x(last: str) -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "王五", "<enter>", WITH_X[:17], last)
    assert engine.field.key == "phone"
    assert engine.value(0, 2) == WITH_X


def test_a_faulty_number_stays_and_the_next_key_goes_on_editing() -> None:
    engine = SheetEngine(FIELDS)
    effects = keyed(engine, "李四", "<enter>", "510402198001010010")
    assert effects[-1] == Refused("校验码应为8，现为0，请逐位核对")
    assert engine.field.key == "id_number"
    keyed(engine, "<backspace>", "8")
    assert engine.field.key == "phone"


def test_full_width_blanks_and_hyphens_vanish_in_numbers() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "李四", "<enter>", "５１０４０２ 19800101-0018")
    assert engine.value(0, 2) == RIGHT


def test_an_input_method_commits_several_characters_at_once() -> None:
    engine = SheetEngine(FIELDS)
    engine.type("阿木约布·史古")
    assert engine.value(0, 0) == "阿木约布·史古"


def test_tab_visits_the_remark_and_enter_does_not() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "李四", "<tab>", RIGHT, "<tab>")
    assert engine.field.key == "remark"


def test_the_cell_above_is_repeated() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "李四", "<enter>", RIGHT, "13800000001", "<f4>")
    assert engine.value(1, 0) == "李四"
    assert keyed(SheetEngine(FIELDS), "<f4>") == [Refused("这是第一行，上面没有可照抄的内容。")]


def test_undo_goes_back_row_by_row_and_redo_comes_again() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "甲", "<down>", "乙", "<down>", "<up>", "丙", "<down>")
    assert [row["name"] for row in engine.rows] == ["甲", "丙"]
    keyed(engine, "<f8>")
    assert [row["name"] for row in engine.rows] == ["甲", "乙"]
    keyed(engine, "<f8>", "<f8>")
    assert engine.rows == []
    keyed(engine, "<ctrl+r>", "<ctrl+r>", "<ctrl+r>")
    assert [row["name"] for row in engine.rows] == ["甲", "丙"]


def test_undo_of_what_is_in_hand_can_be_redone() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}])
    keyed(engine, "<ctrl+end>", "乙", "<enter>", "5104")
    assert keyed(engine, "<f8>") == [
        FieldLeft(1, {"name": "乙", "id_number": "5104"}),
        RowStored(1, {"name": "乙", "id_number": "5104"}),
        RowRemoved(1),
    ]
    assert keyed(engine, "<ctrl+r>") == [RowInserted(1, {"name": "乙", "id_number": "5104"})]


def test_rows_that_come_late_leave_the_row_in_hand_alone() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "李四", "<enter>", "5104")
    engine.load([{"name": "甲"}, {"name": "乙"}])
    assert (engine.row, engine.field.key, engine.line.text) == (2, "id_number", "5104")
    assert keyed(engine, "<down>")[-1] == RowStored(2, {"name": "李四", "id_number": "5104"})


def test_the_same_rows_again_cost_no_undo_and_other_rows_do() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}])
    keyed(engine, "<ctrl+end>", "乙", "<down>")
    engine.load([{"name": "甲", "phone": ""}, {"name": "乙"}])
    assert keyed(engine, "<f8>") == [RowRemoved(1)]
    engine.load([{"name": "丙"}])
    assert keyed(engine, "<f8>") == [Refused("没有可撤销的改动。")]


def test_a_row_that_was_overlooked_is_put_between() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}, {"name": "丙"}])
    engine.go_to(1, 0)
    assert keyed(engine, "<insert>", "乙", "<down>") == [
        RowInserted(1, {}),
        FieldLeft(1, {"name": "乙"}),
        RowStored(1, {"name": "乙"}),
    ]
    keyed(engine, "<f8>", "<f8>")
    assert engine.rows == [{"name": "甲"}, {"name": "丙"}]


@pytest.mark.parametrize("key", ["<f7>", "<insert>"])
def test_the_rows_of_a_fixed_sheet_stay(key: str) -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}], grows=False)
    (refused,) = keyed(engine, key)
    assert isinstance(refused, Refused)
    assert engine.rows == [{"name": "甲"}]


def test_a_removed_row_comes_back_where_it_stood() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}])
    engine.go_to(1, 0)
    assert keyed(engine, "<f7>") == [RowRemoved(1)]
    assert keyed(engine, "<f8>") == [RowInserted(1, {"name": "乙"})]


def test_an_unfinished_row_is_a_draft_at_each_field() -> None:
    engine = SheetEngine(FIELDS)
    effects = keyed(engine, "李四", "<enter>", "5104")
    assert effects == [FieldLeft(0, {"name": "李四"})]
    assert engine.draft() == {"name": "李四", "id_number": "5104"}
    again = SheetEngine(FIELDS)
    again.take_draft(0, engine.draft())
    assert (again.field.key, again.editing) == ("id_number", True)
    assert again.draft() == engine.draft()


class Keying(RuleBasedStateMachine):
    """Any keys in any order: what was told to be stored is what stands in the sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = SheetEngine(FIELDS)
        self.stored: list[Row] = []

    def follow(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, RowStored):
                self.stored[effect.index : effect.index + 1] = [effect.values]
            elif isinstance(effect, RowInserted):
                self.stored.insert(effect.index, effect.values)
            elif isinstance(effect, RowRemoved):
                del self.stored[effect.index]

    @rule(text=st.text("张三李四0123456789Xx*. -１", min_size=1, max_size=4))
    def type(self, text: str) -> None:
        before = self.engine.line.text if self.engine.editing else ""
        name = self.engine.field.key
        row = self.engine.row
        self.follow(self.engine.type(text))
        if name == "name" and row == self.engine.row:
            assert len(self.engine.line.text) == len(before) + len(text)

    @rule(key=st.sampled_from(KEYS))
    def press(self, key: str) -> None:
        self.follow(self.engine.press(key))

    @rule()
    def leave(self) -> None:
        self.follow(self.engine.finish())
        assert self.engine.draft() == {}

    @invariant()
    def stored_is_what_stands_there(self) -> None:
        assert self.stored == self.engine.rows
        assert 0 <= self.engine.row < self.engine.row_count
        assert self.engine.column in self.engine.visited


Keying.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestKeying = Keying.TestCase
