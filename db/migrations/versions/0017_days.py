"""Days stated afterwards, the proof and the hosts of the public page, and corrections of the lifting."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stated_day",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=True),
        sa.Column("batch_id", sa.Integer, nullable=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("entered_on", sa.Date, nullable=False),
        sa.Column("entered_by", sa.String, nullable=False),
        sa.Column("confirmed_on", sa.Date, nullable=True),
        sa.Column("confirmed_by", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_stated_day"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_stated_day_case_id"),
        sa.ForeignKeyConstraint(["batch_id"], ["publicity_batch.id"], name="fk_stated_day_batch_id"),
        sa.UniqueConstraint("case_id", "what", name="uq_stated_day_case_id_what"),
        sa.UniqueConstraint("batch_id", "what", name="uq_stated_day_batch_id_what"),
        sa.CheckConstraint("what IN ('opening-received', 'claim-received', 'published')", name="ck_stated_day_what"),
        sa.CheckConstraint("(case_id IS NULL) <> (batch_id IS NULL)", name="ck_stated_day_one_owner"),
    )
    op.create_table(
        "lifting_correction",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("before_on", sa.Date, nullable=False),
        sa.Column("lifted_on", sa.Date, nullable=False),
        sa.Column("document", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("set_on", sa.Date, nullable=False),
        sa.Column("set_by", sa.String, nullable=False),
        sa.Column("signed_on", sa.Date, nullable=True),
        sa.Column("signed_by", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_lifting_correction"),
    )
    for column in ("proof_name", "proof_sha256"):
        op.add_column("publicity_batch", sa.Column(column, sa.String, nullable=False, server_default=""))
    op.add_column("office_setting", sa.Column("notice_hosts", sa.String, nullable=False, server_default=""))
