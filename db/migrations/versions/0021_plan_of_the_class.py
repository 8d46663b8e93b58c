"""What Attachment 1 tells of a class beside the facts that rules judge, and the legal representative's phone."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("methods", "supervision"):
        op.add_column("training_case", sa.Column(column, sa.Text, nullable=False, server_default="[]"))
    for column in ("exam", "key_group", "provider_credit_code", "relevance"):
        op.add_column("training_case", sa.Column(column, sa.String, nullable=False, server_default=""))
    for column in ("total_hours", "theory_hours"):
        op.add_column("training_case", sa.Column(column, sa.Text, nullable=True))
    op.add_column("applicant", sa.Column("legal_phone", sa.LargeBinary, nullable=False, server_default=""))
