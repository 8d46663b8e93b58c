"""Asking for a file: on the clerk's own machine by its path, over a server's line by its name in the inbox."""

from collections.abc import Callable
from pathlib import Path

from pxtui.errors import PxtuiError
from screens.frame.screen import StepScreen


def ask_for_file(screen: StepScreen, what: str, then: Callable[[Path], None], *, needed: str = "") -> None:
    """Ask which file; the newest of the inbox is offered, where the session has one.

    Args:
        what: the file, in Chinese: 花名册文件.
        needed: what is said to an empty answer; empty: such an answer leaves everything as it is.
    """
    reach = screen.counter.reach
    choices = reach.offered

    def fault(name: str) -> str:
        return reach.fault_of(name) if name else needed

    def go_on(name: str) -> None:
        if name:
            with_file(screen, name, then)

    if reach.chooses_folders:
        label = f"{what}："
    elif choices:
        label = f"{what}（收件箱{len(choices)}个，↑↓换，F1列出）："
    else:
        label = f"{what}（收件箱里没有文件）："
    screen.ask(label, go_on, check=fault, choices=choices)


def with_file(screen: StepScreen, name: str, then: Callable[[Path], None]) -> None:
    """Go on with a file that was keyed into a form; what is wrong with its name is told."""
    _with(screen, screen.counter.reach.to_read, name, then)


def with_new_file(screen: StepScreen, name: str, then: Callable[[Path], None]) -> None:
    """Go on with the place of a file that is to be written."""
    _with(screen, screen.counter.reach.to_write, name, then)


def _with(screen: StepScreen, path_of: Callable[[str], Path], name: str, then: Callable[[Path], None]) -> None:
    try:
        path = path_of(name)
    except PxtuiError as fault:
        screen.warn(fault.sentence)
    else:
        then(path)
