"""Keys as PuTTY, xterm, the Linux console and tmux send them: each does what the key bar says, none types rubbish."""

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from pxtui.casework.office import settings as office_settings
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING, empty_register
from tests.support.filings import a_filing
from tests.support.rosters import NUMBER, made_up_people, stored_people
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

TABLE = tomllib.loads(Path(__file__).with_name("terminal_keys.toml").read_text(encoding="utf-8"))
ARROWS = ("up", "down", "right", "left")
EDITING = ("home", "insert", "delete", "end", "pageup", "pagedown")
FUNCTION = tuple(f"f{number}" for number in range(1, 13))
NUMLOCK = (*"0123456789*./+-", "enter")
TABS = ("tab", "shift+tab")
CODES = {f"^{chr(code + 64)}": chr(code) for code in range(32)} | {"^?": "\x7f"}
PEOPLE = made_up_people(3)


def sent(group: str, name: str) -> list[bytes]:
    """What is sent for the keys of a group of the table."""
    return [_as_bytes(shown) for shown in TABLE[group][name].split(" ")]


def _as_bytes(shown: str) -> bytes:
    for code, character in CODES.items():
        shown = shown.replace(code, character)
    return shown.encode()


class Keys:
    """A clerk at a terminal of a kind."""

    def __init__(self, terminal: Terminal, function: str, arrows: str, editing: str, tabs: str) -> None:
        self.terminal = terminal
        self._codes = {
            **dict(zip(FUNCTION, sent("function", function), strict=True)),
            **dict(zip(ARROWS, sent("arrows", arrows), strict=True)),
            **dict(zip(EDITING, sent("editing", editing), strict=True)),
            **dict(zip(TABS, sent("tabs", tabs), strict=True)),
        }

    def press(self, *names: str) -> None:
        """Press keys, as this terminal sends them."""
        for name in names:
            self.terminal.send(self._codes[name])

    def see(self, *texts: str) -> None:
        """Until all of it is shown."""
        for text in texts:
            self.terminal.wait_for(text)

    def open_and_leave(self, key: str, *texts: str) -> None:
        """A key that opens a page; the roster comes back after it."""
        self.press(key)
        self.see(*texts)
        self.terminal.key("ctrl+b")
        self.see("参训人员花名册（附件2）", "F4照抄")

    def stand_in(self, column: str, row: int, behind: int = 0) -> None:
        """Until the cursor stands in a column of the sheet, so many cells behind its beginning."""
        x, head = self.terminal.place_of(column)
        place = (x + behind, head + row)
        self.terminal.wait_until(lambda: self.terminal.cursor == place, f"the cursor in row {row} of {column}")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with a case whose roster somebody else keyed."""
    register = empty_register(Home(tmp_path / "data"))
    with register.writing(ACTING) as context:
        first_clerk = replace(ACTING, name="李四")
        office_settings.change(context.by(first_clerk), second_keying_share=20)
        assert opening_filing.file(context.by(first_clerk), a_filing()) == NUMBER
        roster_edits.replace_all(context.by(first_clerk), NUMBER, PEOPLE)
    register.close()
    return tmp_path


@pytest.fixture
def at_the_roster(office: Path) -> Iterator[Terminal]:
    """The program, at the roster; the cursor stands in the row behind the last."""
    with counter(office) as terminal:
        terminal.wait_for("录入1")
        terminal.key("enter")
        terminal.wait_for("3人 0项不符")
        yield terminal


@pytest.mark.parametrize("kind", TABLE["terminal"])
def test_every_key_that_a_terminal_sends_is_read_as_that_key(kind: str) -> None:
    entry = TABLE["terminal"][kind]
    function = sent("function", entry["function"])
    groups = [(FUNCTION, function), (TABS, sent("tabs", entry["tabs"]))]
    groups += [(ARROWS, sent("arrows", mode)) for mode in TABLE["arrows"]]
    groups += [(EDITING, sent("editing", mode)) for mode in entry["editing"]]
    groups += [(NUMLOCK, sent("keypad", mode)) for mode in TABLE["keypad"]]
    groups += [(("backspace", "backspace", "enter"), [b"\x7f", b"\b", b"\r"])]
    groups += [(("escape", name), [b"\x1b", code]) for name, code in zip(FUNCTION, function, strict=True)]
    command = [sys.executable, "-m", "tests.screens.demo", "keys", "0"]
    with Terminal(command) as terminal:
        terminal.wait_for("F1帮助")
        for names, codes in groups:
            terminal.send(b"".join(codes) + "。".encode())
            told = f" {' '.join(names)}。"
            terminal.wait_until(partial(_tells, terminal, told), told)


MOVES = (
    ("up", "姓名", 3, 6),
    ("pageup", "姓名", 1, 6),
    ("down", "姓名", 2, 6),
    ("pagedown", "姓名", 4, 0),
    ("right", "身份证号", 4, 0),
    ("left", "姓名", 4, 0),
    ("end", "备注", 4, 0),
    ("home", "姓名", 4, 0),
    ("tab", "身份证号", 4, 0),
    ("shift+tab", "姓名", 4, 0),
)
"""Keys one after the other, and where each leads from the row behind the last."""


@pytest.mark.parametrize("arrows", TABLE["arrows"])
def test_the_keys_that_move_the_cursor(arrows: str, at_the_roster: Terminal) -> None:
    for editing in TABLE["editing"]:
        for tabs in TABLE["tabs"]:
            keys = Keys(at_the_roster, "xterm", arrows, editing, tabs)
            for name, column, row, behind in MOVES:
                keys.press(name)
                keys.stand_in(column, row, behind)


@pytest.mark.parametrize("function", TABLE["function"])
def test_every_function_key_does_what_the_key_bar_says(function: str, at_the_roster: Terminal) -> None:
    keys = Keys(at_the_roster, function, "normal", "vt220", "usual")
    keys.open_and_leave("f1", "这一屏的说明和全部按键")
    keys.press("f3")
    keys.see("没有两个姓名同一证号的人员")
    keys.press("f6")
    keys.see("花名册文件：")
    at_the_roster.send(b"\x1b")
    at_the_roster.wait_until(lambda: "花名册文件" not in at_the_roster.screen_text(), "the prompt gone")
    keys.open_and_leave("f9", "附件3")
    keys.press("f10")
    keys.see("E 二次录入")
    at_the_roster.type("e")
    keys.see("抽1行")
    keys.press("f11")
    keys.see("3人全部录入")
    at_the_roster.key("ctrl+b")
    keys.see("录入1")
    at_the_roster.key("enter")
    keys.see("参训人员花名册（附件2）", "3人 0项不符")
    first = PEOPLE[0].name
    keys.press("pageup", "f2", "left")
    keys.stand_in("姓名", 1, 4)
    keys.press("delete", "home", "delete")
    keys.see(f"1 {first[1]} 男")
    keys.press("f8")
    keys.see(f"1 {first} 男", "已撤销本行“姓名”的改动")
    keys.press("insert")
    keys.see(f"2 {first} 男", "4人")
    keys.press("down", "f4")
    keys.stand_in("身份证号", 2, 18)
    keys.press("f8", "pageup", "f7")
    keys.see(f"1 {first} 男", "3人")
    keys.press("f5")
    keys.see("（申请）")
    at_the_roster.key("ctrl+b")
    keys.see("3人 0项不符")
    at_the_roster.key("ctrl+b")
    keys.see("录入1")
    keys.press("f12")
    assert at_the_roster.exit_code() == 0
    assert b"\x1b=" not in at_the_roster.raw, "the keypad must stay numeric"


def _tells(terminal: Terminal, told: str) -> bool:
    return terminal.line(22) == told


@pytest.mark.parametrize("mode", TABLE["keypad"])
def test_a_row_is_keyed_on_the_keypad_and_its_marks_are_the_last_x(
    mode: str, at_the_roster: Terminal, office: Path
) -> None:
    codes = dict(zip(NUMLOCK, sent("keypad", mode), strict=True))
    new = [person for person in made_up_people(200, first=3) if person.id_number.endswith("X")][:3]
    for person, mark in zip(new, "*./", strict=True):
        at_the_roster.type(person.name)
        for key in ("enter", *person.id_number[:17], mark, *person.phone):
            at_the_roster.send(codes[key])
    at_the_roster.wait_for("6人 0项不符 已存")
    assert stored_people(office) == [(person.name, person.id_number, person.phone) for person in (*PEOPLE, *new)]


@pytest.mark.parametrize("kind", TABLE["nothing"])
def test_keys_that_mean_nothing_type_nothing_and_do_nothing(kind: str, at_the_roster: Terminal) -> None:
    at_the_roster.key("pageup")
    at_the_roster.type("李")
    at_the_roster.wait_for("1 李 男")
    at_the_roster.send(b"".join(sent("nothing", kind)) + "四".encode())
    at_the_roster.wait_for("1 李四 男")


def test_an_input_method_commits_characters_at_once_even_cut_within_one(at_the_roster: Terminal) -> None:
    rare = "𬭚".encode()
    at_the_roster.send("阿木约布".encode() + rare[:1])
    at_the_roster.wait_for("4 阿木约布")
    at_the_roster.send(rare[1:] + "·尔".encode() + rare[:2])
    at_the_roster.wait_for("约布𬭚·尔")
    at_the_roster.send(rare[2:] + "古".encode() + rare[:3])
    at_the_roster.wait_for("𬭚·尔𬭚古")
    at_the_roster.send(rare[3:] + "力".encode())
    at_the_roster.wait_for("尔𬭚古𬭚力")
    at_the_roster.key("enter")
    at_the_roster.wait_for("4 阿木约布𬭚·")


def test_esc_and_the_next_key_at_once_are_two_keys(at_the_roster: Terminal) -> None:
    keys = Keys(at_the_roster, "tilde", "normal", "vt220", "usual")

    def escape_from_a_question_and(sent_at_once: str) -> None:
        at_the_roster.key("f6")
        at_the_roster.wait_for("花名册文件：")
        at_the_roster.type(f"\x1b{sent_at_once}")
        at_the_roster.wait_until(lambda: "花名册文件：" not in at_the_roster.screen_text(), "the question gone")

    escape_from_a_question_and("\x1b[A")
    keys.stand_in("姓名", 3, 6)
    escape_from_a_question_and("李四")
    keys.see("3 李四")
    escape_from_a_question_and("\x1b[11~")
    keys.see("这一屏的说明和全部按键")


def test_esc_alone_needs_no_second_key(at_the_roster: Terminal) -> None:
    at_the_roster.key("escape")
    at_the_roster.wait_for("录入1")
    at_the_roster.key("enter")
    at_the_roster.wait_for("身份证号")


def _table(people: list[Trainee], gap: str) -> str:
    return "".join(
        gap.join((str(person.seq), person.name, person.id_number, person.phone, "备")) + "\n" for person in people
    )


def test_a_pasted_table_in_several_reads_is_previewed_whole(at_the_roster: Terminal, office: Path) -> None:
    people = made_up_people(300)
    at_the_roster.send(b"\x1b[20")
    at_the_roster.settle()
    pasted = f"0~{_table(people, chr(9))}".replace("\n", "\r").encode()
    for start in range(0, len(pasted), 5_000):
        at_the_roster.send(pasted[start : start + 5_000])
        at_the_roster.settle()
    at_the_roster.send(b"\x1b")
    at_the_roster.settle()
    at_the_roster.send(b"[201~")
    at_the_roster.wait_for("导入预览")
    at_the_roster.wait_for("共303人")
    assert len(stored_people(office)) == 3


def test_an_escape_in_a_pasted_table_presses_no_key(at_the_roster: Terminal, office: Path) -> None:
    at_the_roster.paste(_table(made_up_people(2), "\t").replace("备", "备\x1b[B\x1bOP\x1b"))
    at_the_roster.wait_for("导入预览")
    assert [person[0] for person in stored_people(office)] == [person.name for person in PEOPLE]


@pytest.mark.parametrize("gap", ["\t", "    "])
def test_a_table_that_arrives_as_typed_text_is_pasted(gap: str, at_the_roster: Terminal, office: Path) -> None:
    people = made_up_people(300)
    at_the_roster.type(_table(people, gap).replace("\n", "\r"))
    at_the_roster.wait_for("导入预览")
    at_the_roster.wait_for("共303人")
    assert len(stored_people(office)) == 3
    at_the_roster.key("enter")
    at_the_roster.wait_for("已导入303人")
    assert stored_people(office)[3:] == [(person.name, person.id_number, person.phone) for person in people]
