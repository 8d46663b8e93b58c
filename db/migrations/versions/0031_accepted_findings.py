"""Findings of a verification that two people have confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accepted_finding",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("mark", sa.String, nullable=False),
        sa.Column("sentence", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("proposed_by", sa.String, nullable=False),
        sa.Column("proposed_at", sa.Text, nullable=False),
        sa.Column("accepted_by", sa.String, nullable=True),
        sa.Column("accepted_at", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_accepted_finding"),
    )
