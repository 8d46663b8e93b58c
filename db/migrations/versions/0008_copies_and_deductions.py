"""Copies of materials that were counted, rows that are taken off by hand, the amount that an applicant writes; corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("training_case", sa.Column("asked_total_fen", sa.BigInteger, nullable=True))
    op.add_column("training_case", sa.Column("resubmitted_on", sa.Date, nullable=True))
    op.add_column("training_case", sa.Column("correction_until", sa.Date, nullable=True))
    op.create_table(
        "row_deduction",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("id_key", sa.LargeBinary, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("deducted_on", sa.Date, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_row_deduction"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_row_deduction_case_id"),
        sa.UniqueConstraint("case_id", "id_key", name="uq_row_deduction_case_id_id_key"),
    )
    op.create_table(
        "material_copies",
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("application", sa.String, nullable=False),
        sa.Column("material", sa.String, nullable=False),
        sa.Column("copies", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "application", "material", name="pk_material_copies"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_material_copies_case_id"),
        sa.CheckConstraint("application IN ('opening', 'claim')", name="ck_material_copies_application"),
        sa.CheckConstraint("copies >= 0", name="ck_material_copies_copies"),
    )
