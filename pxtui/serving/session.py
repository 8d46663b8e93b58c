"""A session: a fork of the parent that becomes the program which the client at its other end would have started."""

import fcntl
import os
import signal
import socket
import sys
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from typing import Literal

from pxtui.environment import begin_with

PROGRAM = ["-I", "-m", "pxtui"]
"""Behind the interpreter, in the command that the client would run."""
SERVED = ["desk", "--served"]
_LONGEST_ORDER = 128 * 1024
_STANDARD = 3
_PATIENCE = 10.0
"""Seconds that a client has for what it says."""
_NOT_STARTED = 2


class _NotAsked(Exception):
    """What came is no order, or whoever gave it has gone."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the client was started with."""

    folder: str
    words: list[str]
    """Behind `pxtui`."""
    environment: dict[str, str]


def run_session(line: socket.socket, run: Callable[[list[str]], int]) -> int:
    """Take the client's order and terminal, be its program; the exit code.

    `run`: the program, called with its words.
    """
    line.settimeout(_PATIENCE)
    try:
        order = _received(line)
        become(order.environment, order.folder)
        os.setsid()
        line.send(b"ready")
        if line.recv(_STANDARD * 4) != b"yours":
            raise _NotAsked
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        line.send(b"taken")
        _end_with(line)
    except (OSError, ValueError, _NotAsked):
        # The client has waited for “ready” or “taken”: it runs the program by itself.
        return _NOT_STARTED
    sys.argv = ["pxtui", *order.words]
    return run(order.words)


def become(environment: dict[str, str], folder: str) -> None:
    """Have the streams, the environment and the folder of a program that is started on descriptors 0, 1 and 2."""
    # Those of the parent know no terminal: what they print would wait for the end.
    sys.stdin = sys.__stdin__ = _stream(0, "r")  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _stream(1, "w")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _stream(2, "w")  # type: ignore[misc]
    begin_with(environment)
    time.tzset()
    os.chdir(folder)


def take_standard(descriptors: Sequence[int]) -> None:
    """Let these be descriptors 0, 1 and 2."""
    for standard, descriptor in enumerate(descriptors):
        os.dup2(descriptor, standard)
    for descriptor in set(descriptors) - set(range(_STANDARD)):
        os.close(descriptor)


def _received(line: socket.socket) -> Order:
    message, descriptors, flags, _ = socket.recv_fds(line, _LONGEST_ORDER, _STANDARD)
    if len(descriptors) != _STANDARD or flags & (socket.MSG_TRUNC | socket.MSG_CTRUNC):
        raise _NotAsked
    if not all(map(os.isatty, descriptors)):
        raise _NotAsked
    folder, length, *entries = map(os.fsdecode, message.split(b"\0"))
    command, environment = entries[: int(length)], entries[int(length) :]
    before, words = command[1 : 1 + len(PROGRAM)], command[1 + len(PROGRAM) :]
    if before != PROGRAM or words[: len(SERVED)] != SERVED:
        raise _NotAsked
    take_standard(descriptors)
    return Order(folder, words, dict(entry.split("=", 1) for entry in environment))


def _end_with(line: socket.socket) -> None:
    """Take the client's end for a hang-up, whatever becomes of the terminal."""
    fcntl.fcntl(line, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(line, fcntl.F_SETSIG, signal.SIGHUP)
    fcntl.fcntl(line, fcntl.F_SETFL, fcntl.fcntl(line, fcntl.F_GETFL) | os.O_ASYNC)
    line.setblocking(False)
    with suppress(BlockingIOError):
        line.recv(1, socket.MSG_PEEK)
        raise _NotAsked


def _stream(standard: int, mode: Literal["r", "w"]) -> TextIOWrapper:
    return open(standard, mode, encoding="utf-8", closefd=False)
