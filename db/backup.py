"""Copies of a register's file while others write to it, and what is checked in a copy before it counts as one."""

import sqlite3
from collections.abc import Container, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table

from db.chain.links import head_of
from db.faults import faults_in_chinese
from db.kinds import kind_of
from db.kinds.raw import RawRows
from db.models import Row
from db.private_files import create_private, made_private
from db.revision import HEAD, stored_revision
from db.upgrade import make_new
from pxtui.errors import Damaged, Refused
from pxtui.home import Database, Server

_WAIT_SECONDS = 30.0
"""A copy waits longer than a clerk: nobody sits before it."""
_AT_ONCE = 2_000
_LINKS = "chain_link"
_REVISION = "alembic_version"
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


def copy(register: Database, copied: Path) -> Content:
    """Copy a register into a new file of mode 0600, as it stands at one moment, and check the copy.

    Copying the live file byte by byte gave a torn copy in 20, and SQLite's stepwise backup never ends while others
    write; `VACUUM INTO` reads within one transaction, and so is one on a server read into a file.

    Raises:
        PxtuiError: the register cannot be read, the disk is full, or the copy is not sound.
    """
    if isinstance(register, Server):
        return _copy_of_server(register, copied)
    create_private(copied, "台账备份")
    with (
        faults_in_chinese(register),
        closing(sqlite3.connect(f"{register.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS)) as source,
    ):
        source.execute("VACUUM INTO ?", (str(copied),))
    return checked(copied)


def _copy_of_server(server: Server, copied: Path) -> Content:
    with made_private(copied, "台账备份") as aside:
        make_new(aside)
        with faults_in_chinese(server), kind_of(server).raw(server) as source:
            source.begin()
            content = _content(source, stored_revision(server) or "", set(Row.metadata.tables))
            if content.revision != HEAD:
                raise Refused(f"数据库“{server}”里的台账还不是本程序的版本，先升级再备份。")
            with faults_in_chinese(copied), closing(sqlite3.connect(aside)) as file, file:
                for table in Row.metadata.sorted_tables:
                    _copy_rows(source, file, table)
            source.end()
    found = checked(copied)
    if differences := found.differences(content):
        raise Damaged(f"备份写好后与数据库不一致（{'、'.join(differences)}），没有登记，请再试一次。")
    return found


def _copy_rows(source: RawRows, file: sqlite3.Connection, table: Table) -> None:
    names = [_quoted(column.name) for column in table.columns]
    keys = [_quoted(column.name) for column in table.primary_key.columns]
    wanted = f"SELECT {', '.join(names)} FROM {_quoted(table.name)} ORDER BY {', '.join(keys)}"  # noqa: S608
    stored = f"INSERT INTO {_quoted(table.name)} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    for some in source.stream(wanted, _AT_ONCE):
        file.executemany(stored, some)


def checked(register: Path) -> Content:
    """The content of a register's file that nobody writes to, after a check of every page, row and reference.

    Raises:
        PxtuiError: it is damaged, or no register.
    """
    with faults_in_chinese(register), kind_of(register).raw(register) as file:
        revision = stored_revision(register)
        verdict = file.rows("PRAGMA integrity_check(1)")
        if verdict != [("ok",)] or file.rows("PRAGMA foreign_key_check") or revision is None:
            raise Damaged(f"“{register}”没有通过检验，里面的数据不完整或相互矛盾，不能当作备份，请检查磁盘和台账。")
        return _content(file, revision)


def _content(register: RawRows, revision: str, only: Container[str] | None = None) -> Content:
    """What is counted in a register; `only`: in these tables and the one of its revision."""
    tables = [name for (name,) in register.rows(register.catalog.tables) if not name.startswith("sqlite_")]
    rows: dict[str, int] = {}
    sums: dict[str, int] = {}
    # The names come out of the database itself; quoted, they are names whatever they contain.
    for table in tables:
        if only is not None and table not in only and table != _REVISION:
            continue
        columns = [name for name, _ in register.rows(register.catalog.columns, (table,))]
        money = [name for name in columns if name.endswith(_MONEY)]
        wanted = ", ".join(["count(*)", *(f"coalesce(sum({_quoted(name)}), 0)" for name in money)])
        ((count, *amounts),) = register.rows(f"SELECT {wanted} FROM {_quoted(table)}")  # noqa: S608
        rows[table] = count
        sums |= {f"{table}.{name}": amount for name, amount in zip(money, amounts, strict=True)}
    chain = "SELECT id, mac FROM chain_link ORDER BY id DESC LIMIT 1"
    link = register.rows(chain) if _LINKS in tables else []
    ((last,),) = register.rows("SELECT coalesce(max(id), 0) FROM journal_entry")
    return Content(revision, rows, sums, last, head_of(*link[0]) if link else "")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
