"""Imports of earlier trainings are kept: with the words of their source, and so that the last one can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "training_import",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("headings", sa.String, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("imported_at", sa.Text, nullable=False),
        sa.Column("imported_by", sa.String, nullable=False),
        sa.Column("taken_back_on", sa.Date, nullable=True),
        sa.Column("taken_back_by", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_training_import"),
    )
    with op.batch_alter_table("earlier_training") as batch:
        batch.add_column(sa.Column("import_id", sa.Integer, nullable=True))
        batch.create_foreign_key(
            "fk_earlier_training_import_id_training_import", "training_import", ["import_id"], ["id"]
        )
        batch.create_index("ix_earlier_training_import_id", ["import_id"])
