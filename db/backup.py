"""Copies of a register's file while others write to it, and what is checked in a copy before it counts as one."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from db.chain.links import head_of
from db.faults import faults_in_chinese
from db.private_files import create_private
from db.revision import stored_revision
from pxtui.errors import Damaged

_WAIT_SECONDS = 30.0
"""A copy waits longer than a clerk: nobody sits before it."""
_LINKS = "chain_link"
_MONEY = "_fen"
"""Ending of the columns that hold amounts, integer fen."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is counted in a register, to hold two copies against each other."""

    revision: str
    rows: Mapping[str, int]
    """By table."""
    sums: Mapping[str, int]
    """Fen, by `table.column`, of every column with amounts."""
    journal: int
    """The id of the last entry of the journal; 0: there is none."""
    head: str
    """Head of the chain, see `db.chain.links.head_of`; empty in registers of before it."""

    def differences(self, other: "Content") -> list[str]:
        """In what another copy differs, a Chinese phrase each; empty: in nothing."""
        found = [
            f"表{name}" for name in sorted({*self.rows, *other.rows}) if self.rows.get(name) != other.rows.get(name)
        ]
        found += [
            f"金额{name}" for name in sorted({*self.sums, *other.sums}) if self.sums.get(name) != other.sums.get(name)
        ]
        single = (
            ("结构版本", self.revision == other.revision),
            ("经办记录条数", self.journal == other.journal),
            ("经办记录链", self.head == other.head),
        )
        return found + [name for name, is_equal in single if not is_equal]


def copy(register: Path, copied: Path) -> Content:
    """Copy a register into a new file of mode 0600, as it stands at one moment, and check the copy.

    Copying the live file byte by byte gave a torn copy in 20, and SQLite's stepwise backup never ends while others
    write; `VACUUM INTO` reads within one transaction.

    Raises:
        PxtuiError: the register cannot be read, the disk is full, or the copy is not sound.
    """
    create_private(copied, "台账备份")
    with (
        faults_in_chinese(register),
        closing(sqlite3.connect(f"{register.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS)) as source,
    ):
        source.execute("VACUUM INTO ?", (str(copied),))
    return checked(copied)


def checked(register: Path) -> Content:
    """The content of a register's file that nobody writes to, after a check of every page, row and reference.

    Raises:
        PxtuiError: it is damaged, or no register.
    """
    with faults_in_chinese(register):
        revision = stored_revision(register)
        with closing(sqlite3.connect(f"{register.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = [line for (line,) in connection.execute("PRAGMA integrity_check(1)")]
            astray = connection.execute("PRAGMA foreign_key_check").fetchone()
            if verdict != ["ok"] or astray is not None or revision is None:
                raise Damaged(f"“{register}”没有通过检验，里面的数据不完整或相互矛盾，不能当作备份，请检查磁盘和台账。")
            return _content(connection, revision)


def _content(connection: sqlite3.Connection, revision: str) -> Content:
    made = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    tables = [name for (name,) in connection.execute(made)]
    rows: dict[str, int] = {}
    sums: dict[str, int] = {}
    # The names come out of the file itself; quoted, they are names whatever they contain.
    for table in tables:
        quoted = _quoted(table)
        columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({quoted})")]
        money = [name for name in columns if name.endswith(_MONEY)]
        wanted = ", ".join(["count(*)", *(f"coalesce(sum({_quoted(name)}), 0)" for name in money)])
        count, *amounts = connection.execute(f"SELECT {wanted} FROM {quoted}").fetchone()  # noqa: S608
        rows[table] = count
        sums |= {f"{table}.{name}": amount for name, amount in zip(money, amounts, strict=True)}
    chain = connection.execute("SELECT id, mac FROM chain_link ORDER BY id DESC LIMIT 1") if _LINKS in tables else None
    link = chain.fetchone() if chain is not None else None
    head = head_of(*link) if link else ""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM journal_entry").fetchone()
    return Content(revision, rows, sums, last, head)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
