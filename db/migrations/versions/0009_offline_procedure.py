"""Results of the offline procedure and the tariffs of the subsidy catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offline_result",
        sa.Column("enrolment_id", sa.Integer, nullable=False),
        sa.Column("hours", sa.Text, nullable=True),
        sa.Column("passed", sa.Boolean, nullable=True),
        sa.Column("amount_fen", sa.BigInteger, nullable=True),
        sa.Column("paid_on", sa.Date, nullable=True),
        sa.Column("source", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("enrolment_id", name="pk_offline_result"),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name="fk_offline_result_enrolment_id"),
        sa.CheckConstraint("amount_fen >= 0", name="ck_offline_result_amount_fen"),
    )
    op.create_table(
        "catalogue_tariff",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("occupation", sa.String, nullable=False),
        sa.Column("occupation_key", sa.String, nullable=False),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("hours", sa.Text, nullable=True),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("document", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_tariff"),
        sa.UniqueConstraint(
            "occupation_key",
            "level",
            "effective_on",
            name="uq_catalogue_tariff_occupation_key_level_effective_on",
        ),
    )
