"""What terminals send for keys, read as the keys that were meant."""

from collections.abc import Iterable

import pytest
from textual import _parser, constants
from textual.events import Paste
from textual.message import Message

from screens.terminal.keyboard import Keyboard


def names_of(events: Iterable[Message]) -> list[str]:
    """Keys by their names, and pasted texts."""
    return [event.text if isinstance(event, Paste) else getattr(event, "key", "") for event in events]


def read(*reads: str) -> list[str]:
    """What is told of one read after the other."""
    keyboard = Keyboard()
    return [name for data in reads for name in names_of(keyboard.feed(data))]


@pytest.fixture(autouse=True)
def _as_the_program_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual reads this from the environment when it is first imported; the tests have imported it before."""
    monkeypatch.setattr(constants, "DISABLE_KITTY_KEY", True)


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("张三", "张 三"),
        ("\x1bx张", "张"),
        ("\x1b1张", "张"),
        ("\x1b[99;99Z张", "张"),
        ("\x1b[2$张", "张"),
        ("\x1b[33~张", "f19 张"),
        ("\x1b王五", "escape 王 五"),
        ("\x1b[A\x1bOA\x1b[1;5H", "up up ctrl+home"),
        ("\x1bOP\x1b[11~\x1b[[A\x1b[24~", "f1 f1 f1 f12"),
        ("\x1b[1~\x1b[4~\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "home end insert delete pageup pagedown"),
        ("\r\t\x1b[Z\x7f\x15", "enter tab shift+tab backspace ctrl+u"),
        ("\x1b\x7f\x1b\x08张", "张"),
        ("\x1b[1;3A\x1b[3;3~张", "张"),
        ("\x1bP\x1b]张", "张"),
        ("\x1bO2P\x1b[[F\x1b[?62;22c张", "张"),
        ("\x1b\r\x1b\x15\x1b\x1b[A", "escape enter escape ctrl+u escape up"),
        ("\x1b[1张\x1bO张", "张 张"),
        ("\x1b[7^\x1b[8^", "ctrl+home ctrl+end"),
    ],
)
def test_what_is_sent_is_what_was_meant(sent: str, keys: str) -> None:
    assert read(sent + "$") == [*keys.split(" "), "dollar_sign"]


def test_esc_and_a_letter_in_two_reads_are_two_keys_and_in_one_they_are_alt() -> None:
    assert read("\x1b", "5", "1") == ["escape", "5", "1"]
    assert read("\x1b5", "1") == ["1"]
    assert read("\x1b", "[", "A") == ["up"]
    assert read("\x1b", "\x1b", "[A") == ["escape", "up"]


def test_a_slow_line_cuts_a_key_in_pieces_and_none_of_them_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(_parser, "get_time", lambda: now)
    keyboard = Keyboard()

    def read_late(data: str) -> list[str]:
        nonlocal now
        fed = [*keyboard.feed(data), *keyboard.tick()]
        now += 10
        return names_of([*fed, *keyboard.tick()])

    assert [read_late(data) for data in ("\x1b[", "\x1bO", "\x1b", "张")] == [[], [], ["escape"], ["张"]]
    assert [read_late(data) for data in ("\x1b[1", ";5", "H", "张")] == [[], [], ["ctrl+home"], ["张"]]
    assert [read_late(data) for data in ("\x1b[20", "0~张\r", "三\x1b", "[201~", "四")] == [
        [],
        [],
        [],
        ["张\r三"],
        ["四"],
    ]


@pytest.mark.parametrize("cut", range(1, 24))
def test_a_paste_is_whole_wherever_the_reads_cut_it_and_whatever_it_holds(cut: int) -> None:
    sent = "甲\x1b[200~张\x1b[A\x1b三\t\r\x1b[201~乙\x1b[A"
    assert read(sent[:cut], sent[cut:]) == ["甲", "张[A三\t\r", "乙", "up"]


def test_pastes_that_follow_each_other_stay_apart() -> None:
    assert read("\x1b[200~\x1b[201~\x1b[200~张\x1b[201~\x1b[200~三\x1b", "[201~\x1bOP") == ["", "张", "三", "f1"]


@pytest.mark.parametrize(
    ("reads", "table"),
    [
        (("1\t周强\t男\t24\t5104\r",), "1\t周强\t男\t24\t5104\r"),
        (("1\t周强\t\r2\t李四\t\r3\t王", "五\t\r4\t", "\t\r"), "1\t周强\t\r2\t李四\t\r3\t王五\t\r4\t\t\r"),
        (("  1   周强    男  24  5104\r\n",), "1\t周强\t男\t24\t5104\n"),
    ],
)
def test_a_typed_table_is_a_paste_and_never_typed_into_fields(reads: tuple[str, ...], table: str) -> None:
    keyboard = Keyboard()
    fed = [event for data in reads for event in (*keyboard.feed(data), *keyboard.tick())]
    assert names_of(fed) == []
    assert names_of(keyboard.tick()) == [table]
    assert names_of(keyboard.feed("张")) == ["张"]


@pytest.mark.parametrize(
    "typed",
    [
        "李四\r510402198001010018\r13800000001\r王五\r510411197311020048\r13900000002\r",
        "恒力机械\t\t\t\t1\t0316\t",
        "\t\t\t\t\t\r",
        "a  b\r",
        "李四\t5104\r",
    ],
)
def test_what_a_fast_clerk_types_ahead_is_typed(typed: str) -> None:
    keyboard = Keyboard()
    assert len(names_of([*keyboard.feed(typed), *keyboard.tick()])) == len(typed)


def test_what_a_terminal_answers_is_no_key() -> None:
    events = list(Keyboard().feed("\x1b[?2026;2$y\x1b[5;7R"))
    assert [type(event).__name__ for event in events] == ["TerminalSupportsSynchronizedOutput", "CursorPosition"]
