"""Signatures bind what was signed, answers that contradict each other are kept, files are committed before they are
written, and a recovery for fraud is told from others."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _signatures()
    _contradictions()
    _files()
    op.add_column("payment_line", sa.Column("answered_by", sa.String, nullable=True))
    op.add_column("payment_line", sa.Column("is_by_hand", sa.Boolean, nullable=False, server_default="0"))
    op.add_column("payment_line", sa.Column("bounce_confirmed_on", sa.Date, nullable=True))
    op.add_column("payment_line", sa.Column("bounce_confirmed_by", sa.String, nullable=True))
    op.add_column("recovery", sa.Column("is_fraud", sa.Boolean, nullable=False, server_default="0"))
    op.add_column("recovery", sa.Column("drop_asked_on", sa.Date, nullable=True))
    op.add_column("recovery", sa.Column("drop_asked_by", sa.String, nullable=True))
    op.add_column("recovery", sa.Column("drop_reason", sa.String, nullable=False, server_default=""))
    op.add_column("office_setting", sa.Column("fraud_years", sa.Integer, nullable=False, server_default="3"))
    # Nobody knows what such a signature saw: what is not at the bank yet is signed anew.
    op.execute(
        "UPDATE payment_batch SET signed_on = NULL, signed_by = NULL "
        "WHERE signed_on IS NOT NULL AND handed_over_on IS NULL"
    )


def _signatures() -> None:
    op.create_table(
        "payment_signature",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("batch_id", sa.Integer, nullable=False),
        sa.Column("signed_on", sa.Date, nullable=False),
        sa.Column("signed_by", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_signature"),
        sa.ForeignKeyConstraint(["batch_id"], ["payment_batch.id"], name="fk_payment_signature_batch_id"),
    )
    op.create_index("ix_payment_signature_batch_id", "payment_signature", ["batch_id"])


def _contradictions() -> None:
    op.create_table(
        "payment_contradiction",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("line_id", sa.Integer, nullable=False),
        sa.Column("is_paid", sa.Boolean, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("said_on", sa.Date, nullable=False),
        sa.Column("is_by_hand", sa.Boolean, nullable=False),
        sa.Column("recorded_on", sa.Date, nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False),
        sa.Column("resolved_on", sa.Date, nullable=True),
        sa.Column("resolved_by", sa.String, nullable=True),
        sa.Column("found_paid", sa.Boolean, nullable=True),
        sa.Column("reason", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_contradiction"),
        sa.ForeignKeyConstraint(["line_id"], ["payment_line.id"], name="fk_payment_contradiction_line_id"),
    )
    op.create_index("ix_payment_contradiction_line_id", "payment_contradiction", ["line_id"])


def _files() -> None:
    op.create_table(
        "outgoing_file",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("is_kept", sa.Boolean, nullable=False),
        sa.Column("committed_at", sa.Text, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.Column("written_at", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing_file"),
    )
    op.create_index("ix_outgoing_file_written_at", "outgoing_file", ["written_at"])
