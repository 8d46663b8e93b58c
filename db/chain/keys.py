"""Keys of the chain: drawn for it, and sealed under the register's key, so that this one can be changed alone."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from db.chain.statements import run
from db.seal import Vault, identity_of
from pxtui.errors import Damaged

_KEY_BYTES = 32
_TABLE, _COLUMN = "chain_key", "secret"


class ChainKeys:
    """The keys of a register's chain by their versions, unsealed where they are first needed."""

    def __init__(self, vault: Vault) -> None:
        """`vault`: of the register."""
        self.vault = vault
        """With the versions that are in force."""
        self._known: dict[int, bytes] = {}

    def open_with(self, vault: Vault) -> None:
        """Another vault of the register: its key was rotated."""
        self.vault = vault

    def of(self, connection: Connection, version: int) -> bytes:
        """The key of a version, 32 bytes.

        Raises:
            Damaged: the register does not have it, or it was sealed with another key.
        """
        if version not in self._known:
            found = run(connection, "SELECT uid, secret FROM chain_key WHERE version = ?", (version,))
            self._known[version] = unsealed(self.vault, version, found[0] if found else None)
        return self._known[version]

    def draw(self, connection: Connection, version: int) -> bytes:
        """Draw the key of the next version and store it."""
        secret, uid = secrets.token_bytes(_KEY_BYTES), secrets.token_urlsafe(12)
        sealed = self.vault.seal_in_row(_TABLE, identity_of(uid, (version,)), _COLUMN, secret.hex())
        run(connection, "INSERT INTO chain_key (version, uid, secret) VALUES (?, ?, ?)", (version, uid, sealed))
        return secret


def unsealed(vault: Vault, version: int, row: Sequence[Any] | None, *, is_bound: bool = True) -> bytes:
    """The key of a version out of its uid and its sealed secret.

    `is_bound`: whether the register's fields are bound to their rows, as since `db.revision.FIRST_BOUND_TO_ROWS`.

    Raises:
        Damaged: there is none, or it was sealed with another key or for another version.
    """
    if row is None:
        raise Damaged("台账里的校验链没有密钥，请停止使用并联系管理员核对备份。")
    uid, secret = row
    if not is_bound:
        return bytes.fromhex(vault.unseal(_TABLE, uid, _COLUMN, secret))
    return bytes.fromhex(vault.unseal_in_row(_TABLE, identity_of(uid, (version,)), _COLUMN, secret))
