"""The terminal: its name, its size, its encoding, and how wide it draws the characters that fonts disagree on."""

import locale
import os
import re
import select
import sys
import time
from collections.abc import Iterator, Mapping

from pxtui.checkup.finding import Finding, bad, caution, good

_COLUMNS, _ROWS = 80, 24
_HELPLESS = ("", "dumb", "unknown")
_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")
_QUESTION, _CLEAR = "\r“\x1b[6n".encode(), b"\r\x1b[2K"
"""One such character at the beginning of a line that is empty, and where the cursor stands behind it."""
_PATIENCE = 2.0


def findings(environment: Mapping[str, str]) -> Iterator[Finding]:
    """All about the terminal; one line where there is none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield good("终端", "这次不是在终端里运行的，没有查看")
        return
    name = environment.get("TERM", "")
    if name in _HELPLESS:
        yield bad("终端", f"TERM是“{name}”，不能显示柜台", "请设为终端自己的名字，一般是xterm-256color。")
    else:
        yield good("终端", f"TERM是{name}")
    columns, rows = os.get_terminal_size(sys.stdout.fileno())
    if columns < _COLUMNS or rows < _ROWS:
        yield caution("终端大小", f"{columns}×{rows}", f"请放大到{_COLUMNS}×{_ROWS}以上，否则显示不全。")
    else:
        yield good("终端大小", f"{columns}×{rows}")
    encoding = locale.nl_langinfo(locale.CODESET) if hasattr(locale, "nl_langinfo") else locale.getencoding()
    if encoding.upper().replace("-", "") != "UTF8":
        yield caution("编码", f"本机设为{encoding}", "请设LANG=C.UTF-8或zh_CN.UTF-8，终端的字符集也设为UTF-8。")
    else:
        yield good("编码", "UTF-8")
    if name in _HELPLESS:
        return
    if width := _width_of_ambiguous():
        yield good("字宽", f"“、·、—等占{width}格，程序照此排版")
    else:
        yield caution("字宽", "终端没有回答", "按1格排版；若表格错位，请在终端里把这些字符设为窄。")


def _width_of_ambiguous() -> int:
    """Cells of such a character as the terminal draws it; 0: it does not say."""
    if sys.platform == "win32":
        return 0
    import termios
    import tty

    keyboard, screen = sys.stdin.fileno(), sys.stdout.fileno()
    before = termios.tcgetattr(keyboard)
    answer = b""
    try:
        tty.setraw(keyboard)
        sys.stdout.flush()
        os.write(screen, _QUESTION)
        end = time.monotonic() + _PATIENCE
        while not (found := _ANSWER.search(answer)):
            if not select.select([keyboard], [], [], max(0.0, end - time.monotonic()))[0]:
                return 0
            answer += os.read(keyboard, 100)
        return int(found[1]) - 1
    finally:
        os.write(screen, _CLEAR)
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
