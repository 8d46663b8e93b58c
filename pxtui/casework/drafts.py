"""What a clerk was keying when the line broke: one sealed file a clerk, whole or not there."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from db.seal import Vault

_TABLE = "draft_file"


class DraftBox:
    """Keeps one clerk's unfinished work. Without a database: it must work in the last moment of the program."""

    def __init__(self, folder: Path, vault: Vault, clerk: str) -> None:
        name = hashlib.sha256(clerk.encode()).hexdigest()[:16]
        self._path = folder / f"{name}.draft"
        self._vault = vault
        self._uid = name
        # What the seal needs is loaded now: in a signal handler nothing may be imported.
        vault.seal(_TABLE, name, "payload", "-")

    def keep(self, draft: dict[str, Any]) -> None:
        """Put a draft in the place of the last one; on disk when this returns."""
        sealed = self._vault.seal(_TABLE, self._uid, "payload", json.dumps(draft, ensure_ascii=False))
        unfinished = self._path.with_suffix(".new")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, sealed)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        unfinished.replace(self._path)

    def kept(self) -> dict[str, Any] | None:
        """The draft; None where there is none or it cannot be read any more."""
        try:
            text = self._vault.unseal(_TABLE, self._uid, "payload", self._path.read_bytes())
            draft = json.loads(text)
        except (OSError, ValueError):
            return None
        return draft if isinstance(draft, dict) else None

    def forget(self) -> None:
        """The work is stored: there is no draft any more."""
        self._path.unlink(missing_ok=True)
