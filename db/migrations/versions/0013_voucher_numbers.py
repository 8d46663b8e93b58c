"""Vouchers are compared by letters and digits alone, and found by their last eight digits."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from pxtui.identifiers.voucher_number import tail_of, voucher_key

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("voucher", "used_voucher"):
        op.add_column(table, sa.Column("number_tail", sa.String, nullable=False, server_default=""))
        op.create_index(f"ix_{table}_number_tail", table, ["number_tail"])
    connection = op.get_bind()
    _merge_used(connection)
    for table in ("voucher", "used_voucher"):
        _write_keys(connection, table)


def _merge_used(connection: sa.Connection) -> None:
    """Of several that are one voucher now, leave the oldest, which takes over where the others were known from."""
    told: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row_id, number, source in connection.execute(
        sa.text("SELECT id, number, source FROM used_voucher ORDER BY id")
    ):
        told[voucher_key(number)].append((row_id, source))
    for same in told.values():
        (oldest, _), *others = same
        if not others:
            continue
        sources = "、".join(dict.fromkeys(source for _, source in same if source))
        connection.execute(
            sa.text("UPDATE used_voucher SET source = :sources WHERE id = :id"), {"sources": sources, "id": oldest}
        )
        connection.execute(sa.text("DELETE FROM used_voucher WHERE id = :id"), [{"id": row_id} for row_id, _ in others])


def _write_keys(connection: sa.Connection, table: str) -> None:
    rows = connection.execute(sa.text(f"SELECT id, number FROM {table}")).all()
    if not rows:
        return
    keys = [(row_id, voucher_key(number)) for row_id, number in rows]
    connection.execute(
        sa.text(f"UPDATE {table} SET number_key = :key, number_tail = :tail WHERE id = :id"),
        [{"key": key, "tail": tail_of(key), "id": row_id} for row_id, key in keys],
    )
