"""Applicants are found by the initials of their names and by the tail of their credit codes."""

import sqlalchemy as sa
from alembic import op

from pxtui.identifiers.firm_name import firm_initials

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("applicant", sa.Column("initials", sa.String, nullable=False, server_default=""))
    op.add_column("applicant", sa.Column("code_tail", sa.String, nullable=False, server_default=""))
    op.create_index("ix_applicant_initials", "applicant", ["initials"])
    op.create_index("ix_applicant_code_tail", "applicant", ["code_tail"])
    connection = op.get_bind()
    for applicant_id, name in connection.execute(sa.text("SELECT id, name FROM applicant")).all():
        connection.execute(
            sa.text(
                "UPDATE applicant SET initials = :initials, code_tail = substr(credit_code_key, -4) WHERE id = :id"
            ),
            {"initials": firm_initials(name), "id": applicant_id},
        )
