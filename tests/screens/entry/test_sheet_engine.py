"""The entry engine by itself: a clerk's keys in, rows to store out."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pxtui.identifiers import id_number
from pxtui.identifiers.id_number import InvalidIdNumber
from screens.entry.effects import Effect, FieldLeft, InputRefused, Row, RowInserted, RowRemoved, RowStored
from screens.entry.fields import Alphabet, Field
from screens.entry.rows import Change, Unfinished
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
    *("backspace", "delete", "insert", "f2", "f4", "f7", "f8", "ctrl+r", "ctrl+w"),
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


def test_who_ends_every_cell_with_enter_keys_the_same_row() -> None:
    engine = SheetEngine(FIELDS)
    effects = keyed(engine, "李四", "<enter>", RIGHT, "<enter>", "13800000001", "<enter>", "王五")
    assert [effect for effect in effects if isinstance(effect, RowStored)] == [
        RowStored(0, {"name": "李四", "id_number": RIGHT, "phone": "13800000001"})
    ]
    assert (engine.row, engine.field.key, engine.line.text) == (1, "name", "王五")
    without_phone = SheetEngine(FIELDS)
    keyed(without_phone, "李四", "<enter>", RIGHT, "<enter>", "<enter>")
    assert without_phone.row == 1


@pytest.mark.parametrize("last", ["*", ".", "/", "x", "X", "ｘ"])
def test_the_keypad_makes_the_final_x(last: str) -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "王五", "<enter>", WITH_X[:17], last)
    assert engine.field.key == "phone"
    assert engine.value(0, 2) == WITH_X


def test_a_faulty_number_stays_and_the_next_key_goes_on_editing() -> None:
    engine = SheetEngine(FIELDS)
    effects = keyed(engine, "李四", "<enter>", "510402198001010010")
    assert effects[-1] == InputRefused("校验码应为8，现为0，请逐位核对")
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
    assert keyed(SheetEngine(FIELDS), "<f4>") == [InputRefused("这是第一行，上面没有可照抄的内容。")]


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


def test_rows_that_come_late_leave_the_row_in_hand_alone() -> None:
    engine = SheetEngine(FIELDS)
    keyed(engine, "李四", "<enter>", "5104")
    engine.load([{"name": "甲"}, {"name": "乙"}])
    assert (engine.row, engine.field.key, engine.line.text) == (2, "id_number", "5104")
    assert RowStored(2, {"name": "李四", "id_number": "5104"}) in keyed(engine, "<down>")


def test_the_same_rows_again_cost_no_undo_and_other_rows_do() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}])
    keyed(engine, "<ctrl+end>", "乙", "<down>")
    engine.load([{"name": "甲", "phone": ""}, {"name": "乙"}])
    assert keyed(engine, "<f8>") == [RowRemoved(1, undoing=True)]
    engine.load([{"name": "丙"}])
    assert keyed(engine, "<f8>") == [InputRefused("没有可撤销的改动。")]


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
    assert isinstance(refused, InputRefused)
    assert engine.rows == [{"name": "甲"}]


def test_a_removed_row_comes_back_where_it_stood() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}])
    engine.go_to(1, 0)
    assert keyed(engine, "<f7>") == [RowRemoved(1)]
    assert keyed(engine, "<f8>") == [RowInserted(1, {"name": "乙"}, undoing=True)]


def test_behind_a_removed_row_keying_begins_in_the_first_column() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}, {"name": "乙", "phone": "13800000002"}])
    engine.go_to(0, 3)
    keyed(engine, "<f7>")
    assert (engine.row, engine.field.key, engine.line.text) == (0, "name", "乙")
    keyed(engine, "<end>", "<f7>")
    assert (engine.row, engine.field.key, engine.line.text) == (0, "name", "")


@pytest.mark.parametrize("key", ["id_number", "phone", "remark"])
def test_undo_and_redo_lead_to_the_cell_whose_content_changes(key: str) -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲", key: "1"}, {"name": "乙"}])
    engine.go_to(0, next(at for at, field in enumerate(FIELDS) if field.key == key))
    keyed(engine, "2", "<ctrl+end>")
    for again, text in (("<f8>", "1"), ("<ctrl+r>", "2")):
        keyed(engine, "<ctrl+end>", again)
        assert (engine.row, engine.field.key, engine.line.text) == (0, key, text)


def test_a_row_that_comes_back_or_goes_is_undone_at_its_first_column() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}, {"name": "乙"}])
    engine.go_to(0, 0)
    keyed(engine, "<f7>", "<end>", "<f8>")
    assert (engine.row, engine.field.key, engine.line.text) == (0, "name", "甲")
    keyed(engine, "<ctrl+end>", "丙", "<down>", "<end>", "<f8>")
    assert (engine.row, engine.field.key, engine.line.text) == (2, "name", "")


def test_an_unfinished_row_goes_on_at_the_very_character() -> None:
    engine = SheetEngine(FIELDS)
    effects = keyed(engine, "李四", "<enter>", "5104", "<left>")
    assert effects == [FieldLeft(0, {"name": "李四"})]
    draft = engine.draft()
    assert draft == Unfinished(0, {"name": "李四", "id_number": "5104"}, "id_number", 3)
    again = SheetEngine(FIELDS)
    again.take_draft(draft)
    assert again.draft() == draft
    keyed(again, "9")
    assert again.line.text == "51094"


def test_changes_of_an_earlier_session_are_undone_newest_first() -> None:
    engine = SheetEngine(FIELDS)
    changes = [
        Change(1, None, {"name": "乙"}),
        Change(0, {"name": "丙"}, {"name": "甲"}),
        Change(1, {"name": "乙"}, None),
    ]
    engine.load([{"name": "甲"}], changes)
    undone = [RowInserted(1, {"name": "乙"}, undoing=True), RowStored(0, {"name": "丙"}, undoing=True)]
    assert keyed(engine, "<f8>", "<f8>", "<f8>") == [*undone, RowRemoved(1, undoing=True)]
    assert engine.rows == [{"name": "丙"}]


def test_a_faulty_cell_left_with_an_arrow_is_kept_and_told() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}])
    engine.go_to(1, 2)
    effects = keyed(engine, "5104", "<up>")
    assert effects[-2:] == [RowStored(1, {"id_number": "5104"}), InputRefused("第2行应为18位，现为4位")]
    # Who only passes over it hears nothing.
    assert keyed(engine, "<down>", "<up>") == []


def test_the_column_is_filled_down_where_it_is_empty_and_emptied_at_one_stroke() -> None:
    people = [{"name": "甲"}, {"name": "乙"}, {"name": "丙", "remark": "返乡"}, {"name": "丁"}]
    engine = SheetEngine(FIELDS, people)
    engine.go_to(0, 4)
    keyed(engine, "退役", "<ctrl+w>")
    assert [row.get("remark") for row in engine.rows] == ["退役", "退役", "返乡", "退役"]
    assert [effect.index for effect in keyed(engine, "<f8>") if isinstance(effect, RowStored)] == [3, 1]
    keyed(engine, "<f8>")
    assert engine.rows == people
    keyed(engine, "<ctrl+r>", "<ctrl+r>")
    assert [row.get("remark") for row in engine.rows] == ["退役", "退役", "返乡", "退役"]


@pytest.mark.parametrize(
    ("above", "below", "refused"),
    [
        ("", "", "本行备注是空的，没有可向下填的内容。"),
        ("退役", "返乡", "下面没有空着的备注。"),
    ],
)
def test_where_there_is_nothing_to_fill_nothing_changes(above: str, below: str, refused: str) -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲", "remark": above}, {"name": "乙", "remark": below}])
    engine.go_to(0, 4)
    assert keyed(engine, "<ctrl+w>") == [InputRefused(refused)]


def test_a_faulty_cell_is_not_filled_down() -> None:
    engine = SheetEngine(FIELDS, [{"name": "甲"}, {"name": "乙"}])
    engine.go_to(0, 2)
    assert keyed(engine, "5104", "<ctrl+w>") == [InputRefused("应为18位，现为4位")]


VOUCHER = (
    Field("number", "凭证号码", 20),
    Field("payee", "收款方", 14, carry=True),
    Field("payer", "付款方", 12, carry=True),
)


def test_a_voucher_begins_with_the_parties_of_the_one_above() -> None:
    engine = SheetEngine(VOUCHER)
    engine.first_row = {"payee": "成都平台", "payer": "恒力机械"}
    effects = keyed(engine, "001", "<enter>", "<enter>", "<enter>", "002", "<enter>", "重庆平台", "<enter>", "<enter>")
    assert [effect.values for effect in effects if isinstance(effect, RowStored)] == [
        {"number": "001", "payee": "成都平台", "payer": "恒力机械"},
        {"number": "002", "payee": "重庆平台", "payer": "恒力机械"},
    ]
    assert [engine.value(2, column) for column in range(3)] == ["", "重庆平台", "恒力机械"]


@pytest.mark.parametrize(
    "keys",
    [
        ["<enter>", "<enter>", "<enter>"],
        ["001", "<tab>", "<shift+tab>", "<delete>", "<down>", "<down>"],
        ["<tab>", "<delete>", "<tab>", "<up>"],
    ],
)
def test_what_is_carried_makes_no_voucher_by_itself(keys: list[str]) -> None:
    engine = SheetEngine(VOUCHER, [{"number": "000", "payee": "成都平台", "payer": "恒力机械"}])
    assert not [effect for effect in keyed(engine, *keys) if isinstance(effect, RowStored)]
    assert engine.draft() is None
    assert not engine.can_undo


def test_a_result_is_chosen_by_its_digit_or_its_letters() -> None:
    results = (Field("passed", "考核", 6, Alphabet.CHOICE, choices=(("yes", "合格"), ("no", "不合格"))),)
    engine = SheetEngine(results, [{}, {}, {}], grows=False)
    (refused,) = [effect for effect in keyed(engine, "2", "hg", "x", "b") if isinstance(effect, InputRefused)]
    assert refused == InputRefused("考核请按编号选择：1合格  2不合格")
    assert [row["passed"] for row in engine.rows[:2]] == ["no", "yes"]
    assert engine.value(2, 0) == "no"


CARRYING = tuple(replace(field, carry=field.key == "remark") for field in FIELDS)
START = [{"name": "甲", "remark": "返乡"}, {"name": "乙", "id_number": RIGHT}]


class Keying(RuleBasedStateMachine):
    """Any keys in any order: what was told to be stored is what stands in the sheet, and undo leads back through it."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = SheetEngine(CARRYING, START)
        self.stored: list[Row] = [dict(row) for row in START]
        self.start = self.stored.copy()

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
        assert self.engine.draft() is None

    @rule(text=st.text("张1X\t\n", max_size=30))
    def paste_a_line(self, text: str) -> None:
        self.follow(self.engine.type(text))

    @rule(names=st.lists(st.sampled_from("甲乙丙"), max_size=4))
    def import_rows(self, names: list[str]) -> None:
        self.follow(self.engine.finish())
        self.stored = [{"name": name} for name in names]
        before = self.engine.rows
        self.engine.load(self.stored)
        if before != self.stored:
            self.start = self.stored.copy()

    @rule()
    def undo_all_and_redo_all(self) -> None:
        self.follow(self.engine.finish())
        end = self.stored.copy()
        steps = 0
        while self.engine.can_undo:
            self.follow(self.engine.press("f8"))
            steps += 1
        assert self.stored == self.start
        for _ in range(steps):
            self.follow(self.engine.press("ctrl+r"))
        assert self.stored == end

    @invariant()
    def stored_is_what_stands_there(self) -> None:
        assert self.stored == self.engine.rows
        assert 0 <= self.engine.row < self.engine.row_count
        assert self.engine.column in self.engine.visited


Keying.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestKeying = Keying.TestCase
