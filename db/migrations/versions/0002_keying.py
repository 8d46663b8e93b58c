"""What the roster sheet needs: people found by initials or the tail of a number, who keys where, and how it went."""

import sqlalchemy as sa
from alembic import op

from pxtui.identifiers.pinyin import initials

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _person()
    op.create_table(
        "roster_lease",
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("renewed_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_roster_lease"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_roster_lease_case_id"),
    )
    op.create_table(
        "keying_session",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.Column("sheet", sa.String, nullable=False),
        sa.Column("ended_at", sa.Text, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("keystrokes", sa.Integer, nullable=False),
        sa.Column("corrections", sa.Integer, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_keying_session"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_keying_session_case_id"),
    )
    op.create_index("ix_keying_session_staff_name", "keying_session", ["staff_name"])


def _person() -> None:
    op.add_column("person", sa.Column("initials", sa.String, nullable=False, server_default=""))
    # The tail is looked up by a keyed hash, and the key is not at hand here: it comes with the next roster.
    op.add_column("person", sa.Column("tail_key", sa.LargeBinary, nullable=True))
    op.create_index("ix_person_initials", "person", ["initials"])
    op.create_index("ix_person_tail_key", "person", ["tail_key"])
    connection = op.get_bind()
    people = connection.execute(sa.text("SELECT id, name FROM person")).all()
    for person_id, name in people:
        connection.execute(
            sa.text("UPDATE person SET initials = :initials WHERE id = :id"),
            {"initials": initials(name), "id": person_id},
        )
