"""Corrections of single fields of a decided case."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_FIELDS = "'applicant-name', 'credit-code', 'address', 'contact-name', 'contact-phone', 'voucher-day'"


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=True),
        sa.Column("about", sa.String, nullable=False, server_default=""),
        sa.Column("before", sa.LargeBinary, nullable=False),
        sa.Column("after", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("entered_on", sa.Date, nullable=False),
        sa.Column("entered_by", sa.String, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=True),
        sa.Column("decided_by", sa.String, nullable=True),
        sa.Column("in_force", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_correction_case_id"),
        sa.CheckConstraint(f"field IN ({_FIELDS})", name="ck_correction_field"),
        sa.CheckConstraint("(field = 'voucher-day') = (position IS NOT NULL)", name="ck_correction_position"),
    )
    op.create_index("ix_correction_case_id", "correction", ["case_id"])
