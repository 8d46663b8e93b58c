"""The public notice, objections, payments, recoveries, the lifting; duties that an office wants apart."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _settings()
    _cases()
    _publicity()
    _payment()
    _recovery_and_lifting()


def _settings() -> None:
    with op.batch_alter_table("office_setting") as table:
        table.add_column(sa.Column("duties_apart", sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("correction_days", sa.Integer, nullable=False, server_default="5"))
        table.add_column(sa.Column("opening_days", sa.Integer, nullable=False, server_default="5"))
        table.add_column(sa.Column("claim_days", sa.Integer, nullable=False, server_default="10"))


def _cases() -> None:
    op.add_column("training_case", sa.Column("claimed_total_fen", sa.BigInteger, nullable=True))
    op.add_column("training_case", sa.Column("checked_total_fen", sa.BigInteger, nullable=True))
    op.add_column("training_case", sa.Column("stage_since", sa.Date, nullable=True))
    op.add_column("training_case", sa.Column("booked_on", sa.Date, nullable=True))
    op.add_column("training_case", sa.Column("paper_place", sa.String, nullable=False, server_default=""))


def _publicity() -> None:
    op.create_table(
        "publicity_batch",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("payable_from", sa.Date, nullable=False),
        sa.Column("page_address", sa.String, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publicity_batch"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_publicity_batch_office_code"),
        sa.UniqueConstraint("office_code", "year", "serial", name="uq_publicity_batch_office_code_year_serial"),
    )
    op.create_table(
        "publicity_item",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("batch_id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("heads", sa.BigInteger, nullable=False),
        sa.Column("total_fen", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publicity_item"),
        sa.ForeignKeyConstraint(["batch_id"], ["publicity_batch.id"], name="fk_publicity_item_batch_id"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_publicity_item_case_id"),
        sa.UniqueConstraint("batch_id", "case_id", name="uq_publicity_item_batch_id_case_id"),
        sa.CheckConstraint("outcome IN ('published', 'withdrawn', 'cleared')", name="ck_publicity_item_outcome"),
    )
    op.create_index("ix_publicity_item_case_id", "publicity_item", ["case_id"])
    op.create_table(
        "objection",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("item_id", sa.Integer, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.Column("objector", sa.LargeBinary, nullable=False),
        sa.Column("contact", sa.LargeBinary, nullable=False),
        sa.Column("statement", sa.LargeBinary, nullable=False),
        sa.Column("finding", sa.LargeBinary, nullable=False),
        sa.Column("outcome", sa.String, nullable=True),
        sa.Column("decided_on", sa.Date, nullable=True),
        sa.Column("decided_by", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_objection"),
        sa.ForeignKeyConstraint(["item_id"], ["publicity_item.id"], name="fk_objection_item_id"),
        sa.CheckConstraint("outcome IN ('upheld', 'dismissed')", name="ck_objection_outcome"),
    )
    op.create_index("ix_objection_item_id", "objection", ["item_id"])


def _payment() -> None:
    op.create_table(
        "fund",
        sa.Column("code", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("granted_fen", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_fund"),
    )
    op.create_table(
        "payment_batch",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("fund_code", sa.String, nullable=False),
        sa.Column("prepared_on", sa.Date, nullable=False),
        sa.Column("prepared_by", sa.String, nullable=False),
        sa.Column("signed_on", sa.Date, nullable=True),
        sa.Column("signed_by", sa.String, nullable=True),
        sa.Column("handed_over_on", sa.Date, nullable=True),
        sa.Column("handed_over_by", sa.String, nullable=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_batch"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_payment_batch_office_code"),
        sa.ForeignKeyConstraint(["fund_code"], ["fund.code"], name="fk_payment_batch_fund_code"),
        sa.UniqueConstraint("office_code", "year", "serial", name="uq_payment_batch_office_code_year_serial"),
    )
    op.create_table(
        "payment_line",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("batch_id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("account_name", sa.String, nullable=False),
        sa.Column("bank_name", sa.String, nullable=False),
        sa.Column("account", sa.LargeBinary, nullable=False),
        sa.Column("outcome", sa.String, nullable=True),
        sa.Column("answered_on", sa.Date, nullable=True),
        sa.Column("reference", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_line"),
        sa.ForeignKeyConstraint(["batch_id"], ["payment_batch.id"], name="fk_payment_line_batch_id"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_payment_line_case_id"),
        sa.UniqueConstraint("batch_id", "case_id", name="uq_payment_line_batch_id_case_id"),
        sa.CheckConstraint("amount_fen > 0", name="ck_payment_line_amount_fen"),
        sa.CheckConstraint("outcome IN ('paid', 'bounced', 'stopped')", name="ck_payment_line_outcome"),
    )
    op.create_index("ix_payment_line_case_id", "payment_line", ["case_id"])


def _recovery_and_lifting() -> None:
    op.create_table(
        "recovery",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("ordered_on", sa.Date, nullable=False),
        sa.Column("ordered_by", sa.String, nullable=False),
        sa.Column("approved_on", sa.Date, nullable=True),
        sa.Column("approved_by", sa.String, nullable=True),
        sa.Column("dropped_on", sa.Date, nullable=True),
        sa.Column("returned_on", sa.Date, nullable=True),
        sa.Column("reference", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recovery"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_recovery_case_id"),
    )
    op.create_index("ix_recovery_case_id", "recovery", ["case_id"])
    op.create_table(
        "lifting",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("lifted_on", sa.Date, nullable=False),
        sa.Column("document", sa.String, nullable=False),
        sa.Column("set_on", sa.Date, nullable=False),
        sa.Column("set_by", sa.String, nullable=False),
        sa.Column("signed_on", sa.Date, nullable=True),
        sa.Column("signed_by", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_lifting"),
        sa.CheckConstraint("id = 1", name="ck_lifting_one_row"),
    )
