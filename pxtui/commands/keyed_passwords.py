"""Passwords for commands: keyed at the terminal without being shown, or read from a file or descriptor that a script
names. Never one of the command's words: those stand in the list of processes and in the shell's history.
"""

import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from db.private_files import require_private
from pxtui.errors import Refused
from pxtui.file_content import content_of

_FILE, _DESCRIPTOR = "--password-file", "--password-fd"
_MOST_BYTES = 1024
_HOW = "请在终端里运行，或用 --password-file 文件（权限0600）给出口令。"
_source: ContextVar[tuple[str, str] | None] = ContextVar("source", default=None)


def without_source(words: Sequence[str]) -> tuple[list[str], tuple[str, str] | None]:
    """The words of a command without the option that names a file or descriptor, and that option with its value.

    Raises:
        Refused: it has no value, or is there twice.
    """
    kept, found = list(words), list[tuple[str, str]]()
    for option in (_FILE, _DESCRIPTOR):
        while option in kept:
            place = kept.index(option)
            if place + 1 == len(kept):
                raise Refused(f"{option} 后面要写文件或描述符，请补上。")
            found.append((option, kept[place + 1]))
            del kept[place : place + 2]
        for word in [word for word in kept if word.startswith(f"{option}=")]:
            found.append((option, word.partition("=")[2]))
            kept.remove(word)
    if len(found) > 1:
        raise Refused(f"{_FILE} 和 {_DESCRIPTOR} 只能写一次，请去掉多余的。")
    return kept, found[0] if found else None


@contextmanager
def source(option: tuple[str, str] | None) -> Iterator[None]:
    """Where the password of this command comes from; None: it is keyed."""
    token = _source.set(option)
    try:
        yield
    finally:
        _source.reset(token)


def password(question: str) -> str:
    """The password of whoever acts.

    Raises:
        Refused: the file is empty, not private or no regular file, or there is neither a file nor a terminal.
    """
    named = _source.get()
    if named is None:
        return keyed(question)
    option, value = named
    return _from_descriptor(value) if option == _DESCRIPTOR else from_file(Path(value))


def new_password(question: str) -> str:
    """A password that is being set: from the file that is named, or keyed twice.

    Raises:
        Refused: as `password` does, or the two are not the same.
    """
    if _source.get() is not None:
        return password(question)
    return keyed_twice(question)


def keyed_twice(question: str) -> str:
    """A new password, keyed twice without being shown.

    Raises:
        Refused: the two are not the same, or there is no terminal.
    """
    first = keyed(question)
    if keyed("再输一次：") != first:
        raise Refused("两次输入的口令不一样，没有改动，请重新运行。")
    return first


def keyed(question: str) -> str:
    """What is keyed at the terminal, which shows nothing of it.

    Raises:
        Refused: there is no terminal.
    """
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        # getpass would read the standard input and show it.
        raise Refused(f"这条命令要口令，{_HOW}") from None
    try:
        return getpass.getpass(question)
    except EOFError:
        raise Refused("没有输入口令，没有办理。") from None


def from_file(path: Path) -> str:
    """The password in the first line of a file of mode 0600.

    Raises:
        PxtuiError: it is empty, missing, no regular file, or others may read it.
    """
    content = content_of(path, _MOST_BYTES, f"口令文件“{path.name}”过大，应只有一行口令。")
    require_private(path, "口令文件")
    return _first_line(content)


def _from_descriptor(value: str) -> str:
    try:
        with os.fdopen(int(value), "rb", closefd=False) as file:
            return _first_line(file.read(_MOST_BYTES))
    except (ValueError, OSError):
        raise Refused(f"{_DESCRIPTOR} “{value}”读不出来，应是已打开的描述符的号码。") from None


def _first_line(content: bytes) -> str:
    try:
        line = content.decode("utf-8").split("\n")[0].removesuffix("\r")
    except UnicodeDecodeError:
        raise Refused("口令文件不是UTF-8文字，请另存后再试。") from None
    if not line:
        raise Refused("口令文件是空的，应只有一行口令。")
    return line
