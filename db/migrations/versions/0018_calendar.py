"""The calendar of a new year, practice registers, and the clock held against the journal.

A practice register of before is recognised by its journal, which nobody can change: its cases were filed one after the
other, each beginning days before the one above had ended, so that the journal goes back again and again. A register in
which clerks work goes back when a clock is mended, and not ten times in its first two hundred entries.
"""

import sqlalchemy as sa
from alembic import op

from db.migrations import triggers

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

REFUSAL = "a calendar in force is never changed"
FIRST_ENTRIES = 200
FEWEST_STEPS_BACK = 10
STEPS_BACK = """
    SELECT count(*) FROM journal_entry AS later JOIN journal_entry AS earlier ON earlier.id = later.id - 1
    WHERE later.id <= :entries AND julianday(later.at) < julianday(earlier.at) - 1
"""


def upgrade() -> None:
    op.create_table(
        "calendar_version",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("document", sa.String, nullable=False),
        sa.Column("days", sa.String, nullable=False),
        sa.Column("set_on", sa.Date, nullable=False),
        sa.Column("set_by", sa.String, nullable=False),
        sa.Column("signed_on", sa.Date),
        sa.Column("signed_by", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_version"),
    )
    for act in ("UPDATE", "DELETE"):
        name = f"calendar_version_{act.lower()}"
        triggers.refuse(name, "calendar_version", act, REFUSAL, "OLD.signed_on IS NOT NULL")
    triggers.refuse_replacing(
        "calendar_version_replace",
        "calendar_version",
        REFUSAL,
        "EXISTS (SELECT 1 FROM calendar_version WHERE id = NEW.id AND signed_on IS NOT NULL)",
    )
    op.create_index("ix_journal_entry_at", "journal_entry", ["at"])
    for column, kind in (("is_practice", sa.Boolean), ("clock_from_entry", sa.Integer)):
        op.add_column("register", sa.Column(column, kind, nullable=False, server_default="0"))
    if not triggers.is_sqlite():
        # No register of before was ever on a server.
        return
    steps = op.get_bind().execute(sa.text(STEPS_BACK), {"entries": FIRST_ENTRIES}).scalar_one()
    if steps >= FEWEST_STEPS_BACK:
        op.execute("UPDATE register SET is_practice = 1")
