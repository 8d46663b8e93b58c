"""Decisions are kept with the facts and the parameters on which they were made."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "frozen_rules",
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("texts", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_frozen_rules"),
    )
    op.create_table(
        "decision",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("application", sa.String, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.Column("rules_digest", sa.String, nullable=False),
        sa.Column("facts", sa.LargeBinary, nullable=False),
        sa.Column("outcome", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_decision_case_id"),
        sa.ForeignKeyConstraint(["rules_digest"], ["frozen_rules.digest"], name="fk_decision_rules_digest"),
    )
    op.create_index("ix_decision_case_id", "decision", ["case_id"])
