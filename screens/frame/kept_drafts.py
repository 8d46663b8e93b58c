"""The drafts of a session, written by a thread of their own: however slow the register is, they are on the disk."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

Draft = dict[str, Any]


class KeptDrafts:
    """What is unfinished, by screen and case, as this session left it."""

    def __init__(
        self,
        put: Callable[[str, str, Draft | None], None],
        on_disk: Callable[[str, str], Draft | None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """`put`: on the disk, or away from it; `on_disk`: what an earlier session left; `failed` hears of a fault."""
        self._put = put
        self._on_disk = on_disk
        self._failed = failed
        self._kept: dict[tuple[str, str], Draft | None] = {}
        self._due: set[tuple[str, str]] = set()
        """Those that are not on the disk as they are there."""
        self.last: Future[None] | None = None
        """The newest that was handed to the thread."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="draft")

    def keep(self, screen: str, number: str, draft: Draft | None) -> None:
        """Keep a draft, or forget it; never in the way of the keys."""
        self._kept[screen, number] = draft
        self._due.add((screen, number))
        self.last = self._thread.submit(self._keep_due, screen, number)
        self.last.add_done_callback(self._ended)

    def kept(self, screen: str, number: str) -> Draft | None:
        """What was left unfinished."""
        # The thread may not have come to it yet: what it was told counts.
        at = screen, number
        return self._kept[at] if at in self._kept else self._on_disk(screen, number)

    def end(self, *, wait: bool) -> None:
        """Take nothing more; `wait`: until everything is on the disk."""
        self._thread.shutdown(wait=wait)

    def _ended(self, future: Future[None]) -> None:
        """Only a fault is told: a message for every key would cost as much as the key."""
        if not future.cancelled() and (fault := future.exception()) is not None:
            self._failed(fault)

    def _keep_due(self, screen: str, number: str) -> None:
        """Keep a draft as it is by now, once however many keys waited for the disk; called in the thread."""
        if (screen, number) in self._due:
            self._due.discard((screen, number))
            self._put(screen, number, self._kept[screen, number])
