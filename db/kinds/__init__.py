"""What differs between the two databases, SQLite and PostgreSQL: outside this package nobody knows which one it is."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Engine

from db.kinds.raw import Catalog, RawRows
from pxtui.home import Database, Server


class Changes(Protocol):
    """What others store, as long as somebody listens."""

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; whether something was stored since it was asked last.

        Raises:
            Exception: of the driver's kinds; nothing is heard any more.
        """


class Kind(Protocol):
    """One of the two."""

    catalog: Catalog
    """How it tells of its own tables."""
    holds: bool
    """Whether several write at once, each waiting for what others hold; False: one after the other."""

    def is_there(self, database: Database) -> bool:
        """Whether there is a register; an empty file counts as one, so that it is found to be damaged."""

    def stored_revision(self, database: Database) -> str | None:
        """See `db.revision.stored_revision`."""

    def engine(self, database: Database) -> Engine:
        """An engine whose transactions write one after the other, or only read under the option `read_only`.

        Those with the option `beside` go on together, but not with one that has neither option; see `db.locks`.
        """

    def raw(self, database: Database, *, undecoded: bool = False) -> AbstractContextManager[RawRows]:
        """The stored rows, only to be read.

        Args:
            undecoded: text comes as `bytearray` where it may be none, because somebody wrote it past the program.
        """

    def raw_of(self, connection: Connection, *, undecoded: bool = False) -> AbstractContextManager[RawRows]:
        """The stored rows as a transaction sees them."""

    def view_of(self, connection: Connection, *, undecoded: bool = False) -> AbstractContextManager[RawRows]:
        """The stored rows as they stand at one moment, for a transaction that has written none of them."""

    def may_change_tables(self, database: Database) -> bool:
        """Whether the account of the program may upgrade it."""

    def hold(self, connection: Connection, keys: Sequence[int], then: str = "") -> list[tuple[Any, ...]] | None:
        """Wait for locks one after the other; they end with the transaction.

        Args:
            then: a statement that is asked as soon as all are held, on the same way.

        Returns:
            The rows of that; None: it was not asked.
        """

    def together(self, connection: Connection) -> AbstractContextManager[object]:
        """Send the statements of a block, which give no rows, on one way; that one was refused is told at its end."""

    def new_numbers(self, connection: Connection, table: str, column: str, count: int) -> Sequence[int]:
        """Numbers for so many new rows, given to nobody else."""

    def numbers_go_on(self, connection: Connection) -> None:
        """Have the numbers of new rows begin behind the highest that came with rows from elsewhere."""

    def size(self, database: Database) -> int:
        """Bytes that it takes."""

    def is_lost(self, error: BaseException) -> bool:
        """Whether a transaction was ended for another one's sake, and may be begun anew."""

    def tell(self, connection: Connection) -> None:
        """Have everybody who listens hear of this transaction once it stands."""

    def changes(self, database: Database) -> AbstractContextManager[Changes]:
        """Listen, on a connection of its own, to what is stored from now on."""

    def sentence(self, error: BaseException, database: Database) -> str | None:
        """A fault in Chinese for a clerk; None for one of another origin."""

    def is_away(self, error: BaseException) -> bool:
        """Whether it cannot be reached, or not be written now: what was asked for may be asked for again later."""


def kind_of(database: Database) -> Kind:
    """The kind of a database."""
    return _server() if isinstance(database, Server) else _file()


def kind_at(connection: Connection) -> Kind:
    """The kind that a connection leads to."""
    return _file() if connection.dialect.name == "sqlite" else _server()


@cache
def _file() -> Kind:
    from db.kinds.sqlite import Sqlite

    return Sqlite()


@cache
def _server() -> Kind:
    # Loaded where it is used: who works on a file need not have its driver.
    from db.kinds.postgresql import Postgresql

    return Postgresql()
