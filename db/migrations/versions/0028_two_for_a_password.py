"""Initial passwords and logins of others wait for a second person."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_KINDS = "'add', 'role', 'person', 'substitution', 'settings', 'password', 'key', 'account'"


def upgrade() -> None:
    with op.batch_alter_table("staff_change") as table:
        table.drop_constraint("ck_staff_change_kind", type_="check")
        table.create_check_constraint("ck_staff_change_kind", f"kind IN ({_KINDS})")
