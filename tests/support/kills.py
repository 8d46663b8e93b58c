"""The program killed at any moment: before or after any write to the register, commit or file outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any
from unittest.mock import patch

from sqlmodel import Session

from pxtui.papers.writing import workbook_file


class Killed(BaseException):
    """The process ends here: nothing of it comes after."""


class Place(Enum):
    """Where a kill hurts most; few counts of writes happen to end there."""

    BEFORE_A_COMMIT = auto()
    BEHIND_A_COMMIT = auto()
    BEFORE_A_FILE = auto()
    BEHIND_A_FILE = auto()


Moment = int | Place | None
"""After so many writes, or the first time that it comes there; None: it is not killed."""


@contextmanager
def killed_after(moment: Moment) -> Iterator[None]:
    """Every write to the register, every commit and every file outside counts, before it and after it."""
    left = moment if isinstance(moment, int) else -1

    def counted(call: Any, before: Place | None = None, behind: Place | None = None) -> Any:
        def wrapped(*given: Any, **named: Any) -> Any:
            count(before)
            answer = call(*given, **named)
            count(behind)
            return answer

        return wrapped

    def count(place: Place | None) -> None:
        nonlocal left
        if left == 0 or (place is not None and place is moment):
            raise Killed
        left -= 1

    commit, store = Session.commit, workbook_file.store
    with (
        patch.object(Session, "flush", counted(Session.flush)),
        patch.object(Session, "commit", counted(commit, Place.BEFORE_A_COMMIT, Place.BEHIND_A_COMMIT)),
        patch.object(workbook_file, "store", counted(store, Place.BEFORE_A_FILE, Place.BEHIND_A_FILE)),
    ):
        yield
