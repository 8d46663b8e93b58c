"""The program killed at any moment: before or after any write to the register, commit or file outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlmodel import Session

from pxtui.papers.writing import workbook_file


class Killed(BaseException):
    """The process ends here: nothing of it comes after."""


@contextmanager
def killed_after(writes: int | None) -> Iterator[None]:
    """Every write to the register, every commit and every file outside counts, before it and after it."""
    left = -1 if writes is None else writes

    def counted(call: Any) -> Any:
        def wrapped(*given: Any, **named: Any) -> Any:
            count()
            answer = call(*given, **named)
            count()
            return answer

        return wrapped

    def count() -> None:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1

    with (
        patch.object(Session, "flush", counted(Session.flush)),
        patch.object(Session, "commit", counted(Session.commit)),
        patch.object(workbook_file, "store", counted(workbook_file.store)),
    ):
        yield
