"""Papers are numbered, kept as they were issued, and some are about the whole office."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    before = connection.execute(
        sa.text(
            "SELECT paper_issued.*, office_code FROM paper_issued "
            "JOIN training_case ON training_case.id = paper_issued.case_id ORDER BY paper_issued.id"
        )
    ).mappings()
    papers = [dict(row) for row in before]
    op.drop_table("paper_issued")
    table = op.create_table(
        "paper_issued",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=True),
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("form", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("serial", sa.Integer, nullable=True),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("file_name", sa.String, nullable=False),
        sa.Column("version_code", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("issued_at", sa.Text, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paper_issued"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_paper_issued_case_id"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_paper_issued_office_code"),
        sa.UniqueConstraint(
            "office_code", "form", "year", "serial", name="uq_paper_issued_office_code_form_year_serial"
        ),
    )
    op.create_index("ix_paper_issued_case_id", "paper_issued", ["case_id"])
    if papers:
        op.bulk_insert(table, [_numbered(paper) for paper in papers])


def _numbered(paper: dict[str, object]) -> dict[str, object]:
    """A paper of before: the applicant's own forms only, whose content was not kept."""
    year = int(str(paper["issued_at"])[:4])
    return {**paper, "uid": secrets.token_urlsafe(12), "year": year, "serial": None, "number": "", "content": b""}
