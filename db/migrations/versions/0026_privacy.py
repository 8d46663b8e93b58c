"""The terms of personal data, and a journal whose sealed values may be emptied or sealed anew, and nothing else."""

import sqlalchemy as sa
from alembic import op

from db.migrations import triggers

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_REFUSAL = "日志只能追加，不能修改或删除。"
_SEALED = ("before", "after")


def upgrade() -> None:
    terms = ("daily_reveals", "password_days", "paper_days", "draft_days", "refused_days", "closed_years")
    op.create_table(
        "privacy_setting",
        sa.Column("office_code", sa.String, nullable=False),
        *(sa.Column(term, sa.Integer, nullable=False) for term in terms),
        sa.PrimaryKeyConstraint("office_code", name="pk_privacy_setting"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_privacy_setting_office_code_office"),
        sa.CheckConstraint(
            "daily_reveals >= 0 AND password_days > 0 AND paper_days > 0 AND draft_days > 0 AND refused_days > 0 "
            "AND closed_years > 0",
            name="ck_privacy_setting_terms",
        ),
    )
    columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns("journal_entry")]
    alike, nothing = ("IS", "x''") if triggers.is_sqlite() else ("IS NOT DISTINCT FROM", "''::bytea")
    same = " AND ".join(f'OLD."{column}" {alike} NEW."{column}"' for column in columns if column not in _SEALED)
    triggers.no_more("journal_entry_no_update", "journal_entry")
    triggers.refuse("journal_entry_no_update", "journal_entry", "UPDATE", _REFUSAL, f"NOT ({same})")
    # What has nothing under seal, or has lost it, gets nothing put there afterwards.
    filled = " OR ".join(f'(OLD."{column}" = {nothing} AND NEW."{column}" <> {nothing})' for column in _SEALED)
    triggers.refuse("journal_entry_stays_erased", "journal_entry", "UPDATE", _REFUSAL, filled)
