"""Parts of names, by which searches find cases without reading all of them."""

import sqlalchemy as sa
from alembic import op

from db.name_parts import rebuild

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_part",
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("part", sa.String, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("kind", "part", "case_id", "person_id", name="pk_name_part"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_enrolment_name_case_id", "enrolment", ["name", "case_id"])
    rebuild(op.get_bind())
