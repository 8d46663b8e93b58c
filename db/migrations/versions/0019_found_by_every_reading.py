"""Names are found by all their readings, and rows and applicants by their phones."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from pxtui.identifiers.pinyin import other_initials

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "other_initials",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("initials", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=True),
        sa.Column("applicant_id", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_other_initials"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_other_initials_person_id"),
        sa.ForeignKeyConstraint(["applicant_id"], ["applicant.id"], name="fk_other_initials_applicant_id"),
    )
    for column in ("initials", "person_id", "applicant_id"):
        op.create_index(f"ix_other_initials_{column}", "other_initials", [column])
    # A phone is looked up by a keyed hash, and the key is not at hand here: the register fills it in when it is opened.
    for table in ("enrolment", "applicant"):
        op.add_column(table, sa.Column("phone_key", sa.LargeBinary, nullable=True))
        op.create_index(f"ix_{table}_phone_key", table, ["phone_key"])
    for table in ("person", "applicant"):
        _read_otherwise(table, f"{table}_id", other_initials)


def _read_otherwise(table: str, column: str, readings: Callable[[str, str], tuple[str, ...]]) -> None:
    connection = op.get_bind()
    names = connection.execute(sa.text(f"SELECT id, name, initials FROM {table}")).all()
    found = [
        {"initials": initials, "owner": owner} for owner, name, usual in names for initials in readings(usual, name)
    ]
    if found:
        connection.execute(sa.text(f"INSERT INTO other_initials (initials, {column}) VALUES (:initials, :owner)"), found)
