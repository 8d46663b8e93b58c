"""Passwords of the staff, logins that the server vouches for, attempts that failed, and whether who works alone signs in."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_password",
        sa.Column("staff_id", sa.Integer, nullable=False),
        sa.Column("verifier", sa.String, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("set_at", sa.Text, nullable=False),
        sa.Column("used_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name="pk_staff_password"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_password_staff_id"),
    )
    op.create_table(
        "staff_login",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("staff_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sa.Column("public_key", sa.String, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff_login"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_login_staff_id"),
        sa.UniqueConstraint("kind", "value", name="uq_staff_login_kind_value"),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("name_key", sa.LargeBinary, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name_key", name="pk_sign_in_failure"),
    )
    op.add_column("office_setting", sa.Column("sign_in_wanted", sa.Boolean, nullable=False, server_default="1"))
