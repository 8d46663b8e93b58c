"""Rows of several registers written into one, in one transaction, and read back before it is committed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import Session

from db import name_parts
from db.chain.content import encoded
from db.chain.keys import ChainKeys
from db.chain.renewal import bind_anew
from db.chain.schema import all_rows
from db.chain.session import BoundSession
from db.chain.statements import shape_in_models, stream
from db.chain.walk import verify_before_writes
from db.engine import private_engine
from db.faults import faults_in_chinese
from db.kinds import kind_at
from db.merging.plan import taken_tables
from db.merging.rows import AT_ONCE, Fields, Moving
from pxtui.errors import Damaged
from pxtui.home import Database

_MONEY = "_fen"
"""Ending of the columns that hold amounts, integer fen."""
_DIGEST_BYTES = 32

Said = Callable[[str], None]
"""What is being done, in Chinese."""
Last = Callable[[Session], None]
"""Entered behind the last row that was moved, in the same transaction; it raises what stops it."""


@dataclass(slots=True)
class Counted:
    """What is in a table."""

    rows: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    """Fen, by column."""
    digest: int = 0
    """Sum of the SHA-256 of every row with its texts in clear: the same in whatever order they come."""

    def add(self, values: Mapping[str, Any], texts: Mapping[str, str]) -> None:
        """Count a row."""
        whole = {**values, **texts}
        self.rows += 1
        self.digest += int.from_bytes(sha256(encoded(whole[name] for name in sorted(whole))).digest(), "big")
        self.digest %= 1 << 8 * _DIGEST_BYTES
        for name, amount in values.items():
            if name.endswith(_MONEY):
                self.sums[name] = self.sums.get(name, 0) + (amount or 0)


def write(moving: Moving, target: Database, at: datetime, last: Last, tell: Said) -> Mapping[str, Counted]:
    """Write the rows of several registers into the tables of another one; by table, what is in it from them.

    Whoever calls it has verified the registers, which are only read; the new one is verified before it is committed.

    Args:
        target: with the tables of a register and no row.
        last: what is entered behind the last row, the row of the register itself among it.

    Raises:
        PxtuiError: one cannot be read or written, something does not open, or the new one is not what they were.
    """
    with _beginning(target) as written:
        counted = {table.name: _moved(Fields(table, moving), written, tell) for table in taken_tables()}
        kind_at(written).numbers_go_on(written)
        name_parts.rebuild(written)
        keys = ChainKeys(moving.anew)
        with closing(BoundSession(written, keys)) as session:
            last(session)
            session.commit()
        tell("核对合并后的台账")
        bind_anew(written, keys, at, draw=True)
        with closing(BoundSession(written, keys)) as session:
            if not verify_before_writes(session, moving.anew).is_whole:
                raise Damaged("合并后的台账没有通过核验，没有启用，请再试一次。")
    return counted


@contextmanager
def _beginning(database: Database) -> Iterator[Connection]:
    engine = private_engine(database)
    try:
        with faults_in_chinese(database), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _moved(fields: Fields, written: Connection, tell: Said) -> Counted:
    """Move a table, and hold every field that is stored then against what it was to become."""
    name, count = fields.table.name, range(len(fields.sources))
    for source in count:
        for some in fields.typed(source):
            rows = [fields.sealed(moved) for row in some if (moved := fields.moved(source, row)) is not None]
            if rows:
                written.execute(insert(fields.table), rows)
    wanted = Counted()
    for source in count:
        for row in fields.stored(source):
            if (moved := fields.moved(source, row)) is not None:
                wanted.add(moved.values, moved.texts)
    found = Counted()
    shape = shape_in_models(name)
    for values in stream(written, all_rows(kind_at(written).catalog, shape), AT_ONCE):
        row = dict(zip(shape.columns, values, strict=True))
        texts = fields.in_clear(row, fields.anew)
        found.add(row | dict.fromkeys(texts, b""), texts)
    if found != wanted:
        raise Damaged(f"表{name}合并后与原来不一致，没有启用，请再试一次。")
    if found.rows:
        tell(f"已合并：{name}（{found.rows}行）")
    return found
