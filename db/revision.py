"""Revision of a register's schema, read without loading Alembic, which costs half a second."""

from db.kinds import kind_of
from pxtui.errors import Refused
from pxtui.home import Database

HEAD = "0038"
"""The revision of this program. Revisions are numbered in four digits, so they sort as they follow each other."""

FIRST_WITH_CHAIN = "0024"
"""The first revision whose registers have a chain."""

FIRST_BOUND_TO_ROWS = "0029"
"""The first revision whose sealed fields are bound to their rows; before it their `uid` alone held them."""


def stored_revision(database: Database) -> str | None:
    """The revision of a register; None where its file is missing or empty, or its database has no tables.

    Raises:
        PxtuiError: the database is another program's.
        Exception: of the driver, see `db.faults`; it cannot be read.
    """
    return kind_of(database).stored_revision(database)


def refuse_newer(revision: str) -> None:
    """Refuse a register with a revision later than `HEAD`.

    Raises:
        PxtuiError: the revision is later.
    """
    if revision > HEAD:
        raise Refused(f"台账已由较新的程序升级到{revision}，本程序只到{HEAD}，请先更新本程序。")
