"""Sealed fields are bound to their rows: `db.upgrade` seals them anew, for which it needs the register's key."""

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables stay as they are."""
