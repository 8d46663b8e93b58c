"""What terminals send for keys, read as the keys that were meant."""

import pytest
from textual import constants

from screens.keyboard import Keyboard


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
    ],
)
def test_what_is_sent_is_what_was_meant(sent: str, keys: str) -> None:
    events = Keyboard().feed(sent + "$")
    assert [getattr(event, "key", "") for event in events] == [*keys.split(" "), "dollar_sign"]


def test_what_a_terminal_answers_is_no_key() -> None:
    events = list(Keyboard().feed("\x1b[?2026;2$y\x1b[5;7R"))
    assert [type(event).__name__ for event in events] == ["TerminalSupportsSynchronizedOutput", "CursorPosition"]
