"""Base classes of all tables: rows, and rows with sealed columns."""

import secrets
from functools import cache
from typing import ClassVar

from sqlalchemy import LargeBinary, MetaData, Table
from sqlalchemy.orm.attributes import instance_state
from sqlmodel import Field, SQLModel

from db.seal import Vault, identity_of
from db.texts import kept_text

_LOOK_UP = "_key"
"""Ending of the columns that hold look-up keys."""


class Row(SQLModel):
    """A row of the register. `table=True` validates nothing: values come checked from casework."""

    # So the checks that pydantic would make of every column are never made: a quarter of what it costs to load a table.
    model_config = {"defer_build": True}
    # SQLite can only alter what has a name.
    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


class SealedRow(Row):
    """A row with sealed columns: those of type bytes that `seal` fills and `unseal` reads.

    They are bound to the row's `uid`, its primary key and what it belongs to. A row has its number only when it is
    stored: until then it is sealed by its `uid` alone, and `bind_seals` goes over to the whole as it is stored.
    """

    belongs_to: ClassVar[tuple[str, ...]] = ()
    """Columns with the keys of what the row belongs to for ever. One more of them: an upgrade seals the table anew."""

    tells_what_was: ClassVar[bool] = False
    """What is sealed is a copy of what stood somewhere, character by character, and nothing that somebody keys."""

    # Random, because a number may be given again after its row was deleted.
    uid: str = Field(default_factory=lambda: secrets.token_urlsafe(12))

    def seal(self, vault: Vault, **texts: str) -> None:
        """Seal each text into the column of its name.

        Raises:
            Refused: as `kept_text`.
        """
        for column, text in texts.items():
            kept = text if self.tells_what_was else kept_text(text, is_secret=True)
            if self._is_stored():
                blob = vault.seal_in_row(str(self.__tablename__), self._identity(), column, kept)
            else:
                blob = vault.seal(self._unstored(), self.uid, column, kept)
            setattr(self, column, blob)

    def unseal(self, vault: Vault, column: str) -> str:
        """The text of a sealed column.

        Raises:
            PxtuiError: it was sealed with another key or for another place, or it was altered.
        """
        blob = getattr(self, column)
        if self._is_stored():
            return vault.unseal_in_row(str(self.__tablename__), self._identity(), column, blob)
        return vault.unseal(self._unstored(), self.uid, column, blob)

    def bind_seals(self, vault: Vault) -> None:
        """Bind a new row's sealed columns to it, once it has its number and is about to be stored."""
        table, identity = str(self.__tablename__), self._identity()
        for column in self.sealed():
            if blob := getattr(self, column):
                text = vault.unseal(self._unstored(), self.uid, column, blob)
                setattr(self, column, vault.seal_in_row(table, identity, column, text))

    @classmethod
    @cache
    def sealed(cls) -> tuple[str, ...]:
        """The names of the sealed columns."""
        return sealed_in(cls.metadata.tables[str(cls.__tablename__)])

    @classmethod
    @cache
    def bound_to(cls) -> tuple[str, ...]:
        """The names of the columns, beside `uid`, that sealed columns are bound to."""
        keys = [column.name for column in cls.metadata.tables[str(cls.__tablename__)].primary_key.columns]
        return (*keys, *(name for name in cls.belongs_to if name not in keys))

    def _identity(self) -> bytes:
        return identity_of(self.uid, [getattr(self, name) for name in self.bound_to()])

    def _is_stored(self) -> bool:
        return instance_state(self).key is not None

    def _unstored(self) -> str:
        """Instead of a table's name: nothing that is bound so is ever stored, or opens where it was."""
        return f"new {self.__tablename__}"


def sealed_in(table: Table) -> tuple[str, ...]:
    """The sealed columns of a table whose rows bear a `uid`."""
    return tuple(name for name in binary_columns(table) if not is_look_up(name))


def binary_columns(table: Table) -> list[str]:
    """The columns of bytes."""
    return [column.name for column in table.columns if isinstance(column.type, LargeBinary)]


def is_look_up(column: str) -> bool:
    """Whether a column of bytes holds look-up keys, by its name."""
    return column.endswith(_LOOK_UP)
