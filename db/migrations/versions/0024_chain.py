"""The chain of transactions and the proofs of rows."""

import sqlalchemy as sa
from alembic import op

from db.migrations import triggers

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_REFUSAL = "台账的链只能追加，不能修改或删除。"


def upgrade() -> None:
    op.create_table(
        "chain_key",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_chain_key"),
    )
    op.create_table(
        "chain_link",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=True),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("key_version", sa.Integer, nullable=False),
        sa.Column("writes", sa.LargeBinary, nullable=False),
        sa.Column("mac", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chain_link"),
    )
    op.create_table(
        "row_proof",
        sa.Column("table_name", sa.String, nullable=False),
        sa.Column("row_key", sa.LargeBinary, nullable=False),
        sa.Column("link_id", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("tags", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_key", name="pk_row_proof"),
        sqlite_with_rowid=False,
    )
    triggers.refuse("chain_link_no_update", "chain_link", "UPDATE", _REFUSAL)
    triggers.refuse("chain_link_no_delete", "chain_link", "DELETE", _REFUSAL)
    # A REPLACE deletes without the trigger above, and a gap could be filled later.
    in_order = "NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM chain_link)"
    triggers.refuse("chain_link_in_order", "chain_link", "INSERT", _REFUSAL, in_order)
    triggers.refuse_replacing("chain_link_no_truncate", "chain_link", _REFUSAL)
