"""How the office can be reached: it stands on what it issues."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("office_phone", "supervision_phone", "address"):
        op.add_column("office_setting", sa.Column(column, sa.String, nullable=False, server_default=""))
