"""What was answered is kept with a decision; changes of a class wait for a second person; a bundle is known again."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("answer", sa.LargeBinary, nullable=False, server_default=""))
    op.add_column("enrolment", sa.Column("left_on", sa.Date, nullable=True))
    op.add_column("training_case", sa.Column("bundle_key", sa.LargeBinary, nullable=True))
    op.create_index("ix_training_case_bundle_key", "training_case", ["bundle_key"])
    op.create_table(
        "proposed_change",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("proposed_on", sa.Date, nullable=False),
        sa.Column("proposed_by", sa.String, nullable=False),
        sa.Column("wanted", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=True),
        sa.Column("decided_by", sa.String, nullable=True),
        sa.Column("in_force", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposed_change"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_proposed_change_case_id"),
    )
    op.create_index("ix_proposed_change_case_id", "proposed_change", ["case_id"])
