"""The size that an applicant states stays beside the one that its figures give."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("training_case", sa.Column("stated_size", sa.String, nullable=True))
