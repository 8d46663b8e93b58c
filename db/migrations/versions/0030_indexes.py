"""Indexes, so that nothing a clerk waits for walks through the whole register."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_INDEXES = (
    ("training_case", "year", "letter", "serial"),
    ("training_case", "serial"),
    ("training_case", "opening_received_on"),
    ("training_case", "claim_received_on"),
    ("journal_entry", "case_id", "action"),
    ("journal_entry", "action", "at"),
    ("publicity_item", "case_id", "outcome"),
    ("publicity_item", "outcome"),
    ("payment_line", "case_id", "outcome"),
    ("payment_line", "outcome", "reference"),
    ("payment_contradiction", "resolved_on"),
    ("recovery", "returned_on", "dropped_on"),
    ("recovery", "is_fraud", "approved_on"),
    ("recovery", "reference"),
    ("stated_day", "day"),
    ("proposed_change", "decided_on"),
    ("correction", "decided_on"),
)


def upgrade() -> None:
    # One with more columns serves what these did; and beside one of the second column alone, SQLite takes the wrong one.
    for table in ("journal_entry", "publicity_item", "payment_line"):
        op.drop_index(f"ix_{table}_case_id", table)
    for table, *columns in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
