"""Numbers that cases had at an office before they were passed on to another one."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passed_case",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("letter", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("to_office", sa.String, nullable=False),
        sa.Column("passed_on", sa.Date, nullable=False),
        sa.Column("passed_by", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passed_case"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_passed_case_case_id"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_passed_case_office_code"),
        sa.ForeignKeyConstraint(["to_office"], ["office.code"], name="fk_passed_case_to_office"),
        sa.UniqueConstraint("office_code", "year", "serial", name="uq_passed_case_office_code_year_serial"),
    )
    op.create_index("ix_passed_case_case_id", "passed_case", ["case_id"])
