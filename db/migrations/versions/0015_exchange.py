"""Offices exchange trainings and vouchers; what a bundle tells stays with its case."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_NUMBER = re.compile("([0-9]{4})-([A-Z]+)-([0-9]+)")
_OF_BEFORE = "较早导入的案件包"


def upgrade() -> None:
    _make_tables_of_bundles()
    _make_tables_of_partners()
    _make_tables_of_rows()
    connection = op.get_bind()
    _give_vouchers_to_their_cases(connection)
    # Whose bundle told them is not known, and every finding names its source.
    connection.execute(sa.text("UPDATE earlier_training SET source = :source WHERE source = ''"), {"source": _OF_BEFORE})


def _make_tables_of_bundles() -> None:
    op.create_table(
        "bundle_training",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("id_number", sa.LargeBinary, nullable=False),
        sa.Column("id_key", sa.LargeBinary, nullable=False),
        sa.Column("occupation", sa.String, nullable=False),
        sa.Column("level", sa.String),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("subsidised", sa.Boolean, nullable=False),
        sa.Column("paid", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bundle_training"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_bundle_training_case_id"),
    )
    op.create_index("ix_bundle_training_case_id", "bundle_training", ["case_id"])
    op.create_index("ix_bundle_training_id_key", "bundle_training", ["id_key"])
    op.create_table(
        "bundle_voucher",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bundle_voucher"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_bundle_voucher_case_id"),
    )
    op.create_index("ix_bundle_voucher_case_id", "bundle_voucher", ["case_id"])


def _make_tables_of_partners() -> None:
    op.create_table(
        "exchange_partner",
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("box_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_key", sa.LargeBinary, nullable=False),
        sa.Column("trusted_at", sa.Text, nullable=False),
        sa.Column("trusted_by", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("office_code", name="pk_exchange_partner"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_exchange_partner_office_code"),
    )
    op.create_table(
        "exchange_import",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("since", sa.Date),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("imported_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exchange_import"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_exchange_import_office_code"),
        sa.UniqueConstraint("office_code", "digest", name="uq_exchange_import_office_code_digest"),
    )


def _make_tables_of_rows() -> None:
    op.create_table(
        "exchanged_training",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("case_number", sa.String, nullable=False),
        sa.Column("id_number", sa.LargeBinary, nullable=False),
        sa.Column("id_key", sa.LargeBinary, nullable=False),
        sa.Column("occupation", sa.String, nullable=False),
        sa.Column("level", sa.String),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("held_since", sa.Date, nullable=False),
        sa.Column("by_claim", sa.Boolean, nullable=False),
        sa.Column("paid", sa.Boolean, nullable=False),
        sa.Column("told_at", sa.Text, nullable=False),
        sa.Column("struck", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exchanged_training"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_exchanged_training_office_code"),
        sa.UniqueConstraint(
            "office_code", "case_number", "id_key", name="uq_exchanged_training_office_code_case_number_id_key"
        ),
    )
    op.create_index("ix_exchanged_training_id_key_starts_on", "exchanged_training", ["id_key", "starts_on"])
    op.create_table(
        "exchanged_voucher",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("case_number", sa.String, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("number_key", sa.String, nullable=False),
        sa.Column("number_tail", sa.String, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("claimed_on", sa.Date, nullable=False),
        sa.Column("paid", sa.Boolean, nullable=False),
        sa.Column("told_at", sa.Text, nullable=False),
        sa.Column("struck", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exchanged_voucher"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_exchanged_voucher_office_code"),
        sa.UniqueConstraint(
            "office_code", "case_number", "number_key", name="uq_exchanged_voucher_office_code_case_number_number_key"
        ),
    )
    op.create_index("ix_exchanged_voucher_number_key", "exchanged_voucher", ["number_key"])
    op.create_index("ix_exchanged_voucher_number_tail", "exchanged_voucher", ["number_tail"])


def _give_vouchers_to_their_cases(connection: sa.Connection) -> None:
    """What a bundle said is used was known by the number of its case, several of them where several said it."""
    cases = {
        (year, letter, serial): case_id
        for case_id, year, letter, serial in connection.execute(
            sa.text("SELECT id, year, letter, serial FROM training_case")
        )
    }
    for row_id, number, source in connection.execute(sa.text("SELECT id, number, source FROM used_voucher")).all():
        told_by = [_NUMBER.fullmatch(part) for part in source.split("、")]
        found = [cases.get((int(part[1]), part[2], int(part[3]))) for part in told_by if part]
        if not found or len(found) < len(told_by) or None in found:
            continue
        connection.execute(
            sa.text("INSERT INTO bundle_voucher (case_id, number) VALUES (:case_id, :number)"),
            [{"case_id": case_id, "number": number} for case_id in found],
        )
        connection.execute(sa.text("DELETE FROM used_voucher WHERE id = :id"), {"id": row_id})
