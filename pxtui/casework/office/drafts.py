"""Drafts: the unfinished input of a clerk, a sealed file for each screen and case, written whole or not at all."""

import hashlib
import json
import threading
from pathlib import Path
from typing import Any

from db.seal import Vault
from pxtui.errors import PxtuiError
from pxtui.whole_file import write_whole

_TABLE = "draft_file"
_COLUMN = "payload"
_LONGEST_TURN = 2.0
"""Seconds that one file may take another thread."""

_NEW = "new"
"""In the place of the number of a case that has none yet."""


class DraftBox:
    """The draft files of one clerk. Without a database: they are written in signal handlers too."""

    def __init__(self, folder: Path, vault: Vault, clerk: str) -> None:
        self._folder = folder
        self._turn = threading.Lock()
        self._is_final = False
        self._vault = vault
        self._clerk = hashlib.sha256(clerk.encode()).hexdigest()[:16]
        # What the seal needs is loaded now: in a signal handler nothing may be imported.
        vault.seal(_TABLE, self._clerk, _COLUMN, "-")

    def keep(self, draft: dict[str, Any]) -> None:
        """Write a draft, under its keys `screen` and `number`; it is on disk when this returns."""
        with self._turn:
            if not self._is_final:
                self._write(draft)

    def keep_finally(self, draft: dict[str, Any]) -> None:
        """Write the last draft before the program ends; later writes of other threads are ignored."""
        has_turn = self._turn.acquire(timeout=_LONGEST_TURN)
        self._is_final = True
        self._write(draft)
        if has_turn:
            self._turn.release()

    def _write(self, draft: dict[str, Any]) -> None:
        path = self._path(draft["screen"], draft["number"] or "")
        sealed = self._vault.seal(_TABLE, path.name, _COLUMN, json.dumps(draft, ensure_ascii=False))
        write_whole(path, sealed, replaces=True, is_lasting=False)

    def kept(self, screen: str, number: str) -> dict[str, Any] | None:
        """The draft of a screen and case; None where there is none or it cannot be unsealed."""
        return self._read(self._path(screen, number))

    def newest(self) -> dict[str, Any] | None:
        """The clerk's newest draft of any screen; None where there is none."""
        files = sorted(self._folder.glob(f"{self._clerk}-*.draft"), key=lambda path: path.stat().st_mtime_ns)
        return self._read(files[-1]) if files else None

    def forget(self, screen: str, number: str) -> None:
        """Delete the draft of a screen and case, because its work is stored."""
        with self._turn:
            if not self._is_final:
                self._path(screen, number).unlink(missing_ok=True)

    def _path(self, screen: str, number: str) -> Path:
        return self._folder / f"{self._clerk}-{screen}-{number or _NEW}.draft"

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            draft = json.loads(self._vault.unseal(_TABLE, path.name, _COLUMN, path.read_bytes()))
        except (OSError, ValueError, PxtuiError):
            return None
        return draft if isinstance(draft, dict) else None
