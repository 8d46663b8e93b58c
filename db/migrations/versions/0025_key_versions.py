"""Which versions of the key are in force."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("key_version", "look_up_version", "resealed_version"):
        op.add_column("register", sa.Column(name, sa.Integer, nullable=False, server_default="1"))
