"""Decisions about signs of fraud, samples with their results, kept verdicts; accounts and sellers found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_decision",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("application", sa.String, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("evidence", sa.LargeBinary, nullable=False),
        sa.Column("evidence_key", sa.LargeBinary, nullable=False),
        sa.Column("decision", sa.String, nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("decided_at", sa.Text, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_decision"),
        _of_case("sign_decision"),
        sa.CheckConstraint("application IN ('opening', 'claim')", name="ck_sign_decision_application"),
    )
    op.create_index("ix_sign_decision_case_id", "sign_decision", ["case_id"])
    _tables_of_samples()
    op.create_table(
        "kept_verdict",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("application", sa.String, nullable=False),
        sa.Column("outcome", sa.LargeBinary, nullable=False),
        sa.Column("checked_at", sa.Text, nullable=False),
        sa.Column("changed_on", sa.Date, nullable=True),
        sa.Column("changes", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_kept_verdict"),
        _of_case("kept_verdict"),
    )
    op.create_index("ix_kept_verdict_changed_on", "kept_verdict", ["changed_on"])
    op.add_column("applicant", sa.Column("account_key", sa.LargeBinary, nullable=True))
    op.create_index("ix_applicant_account_key", "applicant", ["account_key"])
    op.create_index("ix_training_case_provider", "training_case", ["provider"])
    for name in ("signs_decided", "spot_check_wanted"):
        op.add_column("office_setting", sa.Column(name, sa.Boolean, nullable=False, server_default="0"))


def _tables_of_samples() -> None:
    op.create_table(
        "spot_check",
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("percent", sa.Integer, nullable=False),
        sa.Column("least", sa.Integer, nullable=False),
        sa.Column("drawn_at", sa.Text, nullable=False),
        sa.Column("drawn_by", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_spot_check"),
        _of_case("spot_check"),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name="ck_spot_check_percent"),
    )
    op.create_table(
        "spot_call",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("id_key", sa.LargeBinary, nullable=False),
        sa.Column("means", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("remark", sa.LargeBinary, nullable=False),
        sa.Column("entered_at", sa.Text, nullable=False),
        sa.Column("entered_by", sa.String, nullable=False),
        sa.Column("confirmed_at", sa.Text, nullable=True),
        sa.Column("confirmed_by", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_spot_call"),
        _of_case("spot_call"),
        sa.UniqueConstraint("case_id", "id_key", "means", name="uq_spot_call_case_id_id_key_means"),
    )


def _of_case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name=f"fk_{table}_case_id")
