"""The sequences of a server begin behind the highest numbers: from now on they give those of sealed rows too."""

from alembic import op

from db.kinds import kind_at

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    kind_at(connection).numbers_go_on(connection)
