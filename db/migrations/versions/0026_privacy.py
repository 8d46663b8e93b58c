"""The terms of personal data, and a journal whose sealed values may be emptied or sealed anew, and nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_REFUSAL = "BEGIN SELECT RAISE(ABORT, '日志只能追加，不能修改或删除。'); END"
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
    same = " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in columns if column not in _SEALED)
    op.execute("DROP TRIGGER journal_entry_no_update")
    op.execute(f"CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry WHEN NOT ({same}) {_REFUSAL}")
    # What has nothing under seal, or has lost it, gets nothing put there afterwards.
    filled = " OR ".join(f"(OLD.\"{column}\" = x'' AND NEW.\"{column}\" <> x'')" for column in _SEALED)
    op.execute(f"CREATE TRIGGER journal_entry_stays_erased BEFORE UPDATE ON journal_entry WHEN {filled} {_REFUSAL}")
