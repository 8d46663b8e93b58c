"""Changes of what others told wait for a second person, and so does that the ordinary procedure paid nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source_change",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("about", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("proposed_on", sa.Date, nullable=False),
        sa.Column("proposed_by", sa.String, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=True),
        sa.Column("decided_by", sa.String, nullable=True),
        sa.Column("in_force", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source_change"),
        sa.CheckConstraint("kind IN ('training', 'voucher', 'class', 'office', 'keys')", name="ck_source_change_kind"),
    )
    op.add_column("offline_result", sa.Column("entered_by", sa.String, nullable=True))
    op.add_column("offline_result", sa.Column("waits", sa.Boolean, nullable=False, server_default="0"))
