"""Work that takes long: how far it is, and whether somebody still wants it."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from pxtui.errors import PxtuiError

Item = TypeVar("Item")


class Cancelled(PxtuiError):
    """Somebody stopped the work; whatever it had begun is taken back by whoever began it."""


class Watch:
    """Stands between the thread that works and whoever waits for it: one tells, the other may stop it."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        """0: nobody knows how much there is to do."""
        self.is_cancelled = False

    def cancel(self) -> None:
        """Let the work end at its next check."""
        self.is_cancelled = True

    def check(self) -> None:
        """Where the work can still be left without a trace.

        Raises:
            Cancelled: it shall end here.
        """
        if self.is_cancelled:
            raise Cancelled("已取消，什么都没有改动。")

    def chunks(self, items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
        """The items some at a time, counted as done when the next ones are asked for.

        Raises:
            Cancelled: the work shall end here.
        """
        self.done, self.total = 0, len(items)
        for start in range(0, len(items), size):
            self.check()
            yield items[start : start + size]
            self.done = min(start + size, self.total)
