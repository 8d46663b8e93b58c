"""Lists from elsewhere, the comparisons of cases with them, and what was decided about whom they have."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_KINDS = "kind IN ('pensioners', 'deaths', 'payroll', 'insurance', 'schools', 'struck-off')"


def upgrade() -> None:
    _lists()
    _comparisons()


def _lists() -> None:
    op.create_table(
        "outside_list",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("month", sa.Date, nullable=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("unread", sa.Integer, nullable=False),
        sa.Column("parts", sa.Integer, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("words", sa.LargeBinary, nullable=False),
        sa.Column("imported_at", sa.Text, nullable=False),
        sa.Column("imported_by", sa.String, nullable=False),
        sa.Column("withdrawn_on", sa.Date, nullable=True),
        sa.Column("withdrawn_by", sa.String, nullable=True),
        sa.Column("erased_on", sa.Date, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outside_list"),
        sa.CheckConstraint(_KINDS, name="ck_outside_list_kind"),
        sa.CheckConstraint("parts > 0", name="ck_outside_list_parts"),
    )
    op.create_table(
        "outside_part",
        sa.Column("list_id", sa.Integer, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("entries", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("list_id", "part", name="pk_outside_part"),
        sa.ForeignKeyConstraint(["list_id"], ["outside_list.id"], name="fk_outside_part_list_id_outside_list"),
    )


def _comparisons() -> None:
    op.create_table(
        "outside_comparison",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("list_id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("application", sa.String, nullable=False),
        sa.Column("compared_on", sa.Date, nullable=False),
        sa.Column("compared_by", sa.String, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("hits", sa.Integer, nullable=False),
        sa.Column("told", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outside_comparison"),
        sa.ForeignKeyConstraint(["list_id"], ["outside_list.id"], name="fk_outside_comparison_list_id_outside_list"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_outside_comparison_case_id_training_case"),
        sa.UniqueConstraint(
            "case_id", "list_id", "application", name="uq_outside_comparison_case_id_list_id_application"
        ),
        sa.CheckConstraint("application IN ('opening', 'claim')", name="ck_outside_comparison_application"),
    )
    op.create_index("ix_outside_comparison_list_id_hits", "outside_comparison", ["list_id", "hits"])
    op.create_table(
        "outside_answer",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("id_key", sa.LargeBinary, nullable=True),
        sa.Column("firm", sa.String, nullable=False),
        sa.Column("evidence", sa.LargeBinary, nullable=False),
        sa.Column("stands", sa.Boolean, nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("decided_at", sa.Text, nullable=False),
        sa.Column("decided_by", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outside_answer"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_outside_answer_case_id_training_case"),
        sa.CheckConstraint(_KINDS, name="ck_outside_answer_kind"),
    )
    op.create_index("ix_outside_answer_case_id", "outside_answer", ["case_id"])
