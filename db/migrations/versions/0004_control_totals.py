"""The sum of the last four ID digits from the cover, the settings of offices, and the second keying of rosters."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("training_case", sa.Column("cover_tail_sum", sa.BigInteger, nullable=True))
    op.create_table(
        "office_setting",
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("tail_sum_wanted", sa.Boolean, nullable=False),
        sa.Column("second_keying_share", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("office_code", name="pk_office_setting"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_office_setting_office_code"),
        sa.CheckConstraint("second_keying_share BETWEEN 0 AND 100", name="ck_office_setting_second_keying_share"),
    )
    op.create_table(
        "second_keying",
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("share", sa.Integer, nullable=False),
        sa.Column("begun_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_second_keying"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_second_keying_case_id"),
        sa.CheckConstraint("share BETWEEN 1 AND 100", name="ck_second_keying_share"),
    )
    op.create_table(
        "second_keyed_row",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("row_key", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("id_number", sa.LargeBinary, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.Column("keyed_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_second_keyed_row"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_second_keyed_row_case_id"),
        sa.UniqueConstraint("case_id", "row_key", name="uq_second_keyed_row_case_id_row_key"),
    )
