"""Two more roles, one person behind several names, substitution, what two people change, a second signature.

The entries of before say neither role nor for whom: that was not noted, and stays unknown.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("person_key", sa.LargeBinary, nullable=True))
    op.add_column("staff", sa.Column("left_on", sa.Date, nullable=True))
    op.add_column("journal_entry", sa.Column("role", sa.String, nullable=True))
    op.add_column("journal_entry", sa.Column("for_name", sa.String, nullable=False, server_default=""))
    op.add_column("payment_batch", sa.Column("second_signed_on", sa.Date, nullable=True))
    op.add_column("payment_batch", sa.Column("second_signed_by", sa.String, nullable=True))
    op.add_column(
        "office_setting",
        sa.Column("second_signature_from_fen", sa.BigInteger, nullable=False, server_default="0"),
    )
    op.create_table(
        "substitution",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("absent", sa.String, nullable=False),
        sa.Column("substitute", sa.String, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_substitution"),
        sa.CheckConstraint("from_on <= to_on", name="ck_substitution_days"),
    )
    op.create_table(
        "staff_change",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("about", sa.LargeBinary, nullable=False),
        sa.Column("proposed_on", sa.Date, nullable=False),
        sa.Column("proposed_by", sa.String, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=True),
        sa.Column("decided_by", sa.String, nullable=True),
        sa.Column("in_force", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_change"),
        sa.CheckConstraint(
            "kind IN ('add', 'role', 'person', 'substitution', 'settings')", name="ck_staff_change_kind"
        ),
    )
