"""An act that a cut line left in doubt can be repeated without being done twice; drafts are files, not rows."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journal_entry", sa.Column("request", sa.String, nullable=True))
    op.create_index("ix_journal_entry_request", "journal_entry", ["request"])
    op.drop_table("draft")
