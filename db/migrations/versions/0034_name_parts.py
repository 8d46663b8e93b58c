"""Parts of names, by which searches find cases without reading all of them; indexes for balances and retention."""

import sqlalchemy as sa
from alembic import op

from db.name_parts import rebuild

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_part",
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("part", sa.String, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("owner_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("kind", "part", "case_id", "owner_id", name="pk_name_part"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_enrolment_name_case_id", "enrolment", ["name", "case_id"])
    op.create_index(
        "ix_payment_line_batch_id_outcome_amount_fen", "payment_line", ["batch_id", "outcome", "amount_fen"]
    )
    there = sa.text("length(password) > 0")
    op.create_index(
        "ix_learning_result_with_password",
        "learning_result",
        ["enrolment_id"],
        sqlite_where=there,
        postgresql_where=there,
    )
    rebuild(op.get_bind())
