"""Revision of a register's schema, read without loading Alembic, which costs half a second."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from pxtui.errors import Refused

HEAD = "0029"
"""The revision of this program. Revisions are numbered in four digits, so they sort as they follow each other."""

FIRST_WITH_CHAIN = "0024"
"""The first revision whose registers have a chain."""

FIRST_BOUND_TO_ROWS = "0029"
"""The first revision whose sealed fields are bound to their rows; before it their `uid` alone held them."""


def stored_revision(path: Path) -> str | None:
    """The revision of a register's file; None where the file is missing or empty.

    Raises:
        PxtuiError: the file is another program's database.
        sqlite3.Error: the file cannot be read.
    """
    # Where the folder cannot be entered, Path.exists raises and this says no.
    if not os.path.exists(path):
        return None
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        row: tuple[str] | None = None
        if "alembic_version" in tables:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise Refused(f"“{path}”不是本程序的台账，请核对路径。")
    return row[0]


def refuse_newer(revision: str) -> None:
    """Refuse a register with a revision later than `HEAD`.

    Raises:
        PxtuiError: the revision is later.
    """
    if revision > HEAD:
        raise Refused(f"台账已由较新的程序升级到{revision}，本程序只到{HEAD}，请先更新本程序。")
