"""Base classes of all tables: rows, and rows with sealed columns."""

import secrets
from typing import ClassVar

from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

from db.seal import Vault


class Row(SQLModel):
    """A row of the register. `table=True` validates nothing: values come checked from casework."""

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
    """A row with sealed columns: those of type bytes that `seal` fills and `unseal` reads."""

    # Part of what a sealed column is bound to; random, because the seal is made before the row has its id.
    uid: str = Field(default_factory=lambda: secrets.token_urlsafe(12))

    def seal(self, vault: Vault, **texts: str) -> None:
        """Seal each text into the column of its name."""
        for column, text in texts.items():
            setattr(self, column, vault.seal(str(self.__tablename__), self.uid, column, text))

    def unseal(self, vault: Vault, column: str) -> str:
        """The text of a sealed column.

        Raises:
            PxtuiError: it was sealed with another key or for another place, or it was altered.
        """
        return vault.unseal(str(self.__tablename__), self.uid, column, getattr(self, column))
