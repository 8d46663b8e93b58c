"""The register: its tables, and a journal that can only grow."""

import sqlalchemy as sa
from alembic import op

from db.migrations import triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _office()
    _staff()
    _register()
    _applicant()
    _person()
    _earlier_training()
    _training_case()
    _enrolment()
    _learning_result()
    _voucher()
    _used_voucher()
    _journal_entry()
    _paper_issued()
    _draft()
    _journal_triggers()


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("code", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("letter", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_office"),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_staff_office_code"),
    )


def _register() -> None:
    op.create_table(
        "register",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("home_office", sa.String, nullable=False),
        sa.Column("schema_note", sa.String, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("key_check", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_register"),
        sa.CheckConstraint("id = 1", name=op.f("ck_register_one_row")),
        sa.ForeignKeyConstraint(["home_office"], ["office.code"], name="fk_register_home_office"),
    )


def _applicant() -> None:
    op.create_table(
        "applicant",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("credit_code", sa.String, nullable=False),
        sa.Column("credit_code_key", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("size", sa.String, nullable=True),
        sa.Column("group", sa.String, nullable=True),
        sa.Column("vanadium_titanium_zone", sa.Boolean, nullable=False),
        sa.Column("county", sa.String, nullable=False),
        sa.Column("industry", sa.String, nullable=False),
        sa.Column("staff_count", sa.BigInteger, nullable=True),
        sa.Column("revenue_wan", sa.Text, nullable=True),
        sa.Column("assets_wan", sa.Text, nullable=True),
        sa.Column("figures_year", sa.Integer, nullable=True),
        sa.Column("business_scope", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("legal_representative", sa.String, nullable=False),
        sa.Column("contact_name", sa.String, nullable=False),
        sa.Column("contact_phone", sa.LargeBinary, nullable=False),
        sa.Column("bank_name", sa.String, nullable=False),
        sa.Column("bank_account", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_applicant"),
    )
    op.create_index("ix_applicant_credit_code_key", "applicant", ["credit_code_key"])
    op.create_index("ix_applicant_name", "applicant", ["name"])


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("id_key", sa.LargeBinary, nullable=False),
        sa.Column("id_number", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("phone", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("id_key", name="uq_person_id_key"),
    )


def _earlier_training() -> None:
    op.create_table(
        "earlier_training",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("id_number", sa.LargeBinary, nullable=False),
        sa.Column("id_key", sa.LargeBinary, nullable=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("occupation", sa.String, nullable=False),
        sa.Column("level", sa.String, nullable=True),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=True),
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("subsidised", sa.Boolean, nullable=False),
        sa.Column("paid", sa.Boolean, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_earlier_training"),
    )
    op.create_index("ix_earlier_training_id_key_starts_on", "earlier_training", ["id_key", "starts_on"])


def _training_case() -> None:
    op.create_table(
        "training_case",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("office_code", sa.String, nullable=False),
        sa.Column("letter", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("stage", sa.String, nullable=False),
        *_case_facts(),
        *_case_procedure(),
        sa.PrimaryKeyConstraint("id", name="pk_training_case"),
        sa.UniqueConstraint("office_code", "year", "serial", name="uq_training_case_office_code_year_serial"),
        sa.CheckConstraint("serial > 0", name=op.f("ck_training_case_serial")),
        sa.ForeignKeyConstraint(["applicant_id"], ["applicant.id"], name="fk_training_case_applicant_id"),
        sa.ForeignKeyConstraint(["office_code"], ["office.code"], name="fk_training_case_office_code"),
    )
    op.create_index("ix_training_case_applicant_id", "training_case", ["applicant_id"])
    op.create_index("ix_training_case_stage", "training_case", ["stage"])


def _case_facts() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("applicant_id", sa.Integer, nullable=False),
        sa.Column("applicant_name", sa.String, nullable=False),
        sa.Column("credit_code", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("size", sa.String, nullable=True),
        sa.Column("group", sa.String, nullable=True),
        sa.Column("vanadium_titanium_zone", sa.Boolean, nullable=False),
        sa.Column("county", sa.String, nullable=False),
        sa.Column("trainees", sa.String, nullable=False),
        sa.Column("occupation", sa.String, nullable=False),
        sa.Column("level", sa.String, nullable=True),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("fee", sa.String, nullable=False),
        sa.Column("main_business", sa.Boolean, nullable=False),
        sa.Column("platform", sa.String, nullable=True),
        sa.Column("provider", sa.String, nullable=True),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("course_hours", sa.Text, nullable=False),
        sa.Column("course_title", sa.String, nullable=True),
        sa.Column("domain", sa.String, nullable=True),
        sa.Column("contract_number", sa.String, nullable=True),
        sa.Column("planned_fee_fen", sa.BigInteger, nullable=True),
        sa.Column("remark", sa.String, nullable=True),
    )


def _case_procedure() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("lifted_on", sa.Date, nullable=True),
        sa.Column("opened_by", sa.String, nullable=True),
        sa.Column("opening_received_on", sa.Date, nullable=True),
        sa.Column("claim_received_on", sa.Date, nullable=True),
        sa.Column("opening_materials", sa.Text, nullable=False),
        sa.Column("claim_materials", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("opening_roster_known", sa.Boolean, nullable=False),
        sa.Column("purchased_heads", sa.BigInteger, nullable=True),
        sa.Column("cover_head_count", sa.BigInteger, nullable=True),
        sa.Column("opening_opinion", sa.String, nullable=True),
        sa.Column("opening_decided_on", sa.Date, nullable=True),
        sa.Column("opening_decided_by", sa.String, nullable=True),
        sa.Column("claim_opinion", sa.String, nullable=True),
        sa.Column("claim_decided_on", sa.Date, nullable=True),
        sa.Column("claim_decided_by", sa.String, nullable=True),
        sa.Column("approved_heads", sa.BigInteger, nullable=True),
        sa.Column("approved_total_fen", sa.BigInteger, nullable=True),
    )


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("application", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("sex", sa.String, nullable=True),
        sa.Column("age", sa.BigInteger, nullable=True),
        sa.Column("id_number", sa.LargeBinary, nullable=False),
        sa.Column("id_key", sa.LargeBinary, nullable=True),
        sa.Column("phone", sa.LargeBinary, nullable=False),
        sa.Column("remark", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=True),
        sa.Column("approved", sa.Boolean, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment"),
        sa.UniqueConstraint(
            "case_id", "application", "position", name="uq_enrolment_case_id_application_position"
        ),
        sa.CheckConstraint("application IN ('opening', 'claim')", name=op.f("ck_enrolment_application")),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_enrolment_case_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_enrolment_person_id"),
    )
    op.create_index("ix_enrolment_id_key", "enrolment", ["id_key"])
    op.create_index("ix_enrolment_person_id", "enrolment", ["person_id"])


def _learning_result() -> None:
    op.create_table(
        "learning_result",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("enrolment_id", sa.Integer, nullable=False),
        sa.Column("course_hours", sa.Text, nullable=True),
        sa.Column("completed_hours", sa.Text, nullable=True),
        sa.Column("account", sa.LargeBinary, nullable=False),
        sa.Column("password", sa.LargeBinary, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=True),
        sa.PrimaryKeyConstraint("enrolment_id", name="pk_learning_result"),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name="fk_learning_result_enrolment_id"),
    )


def _voucher() -> None:
    op.create_table(
        "voucher",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("number_key", sa.String, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("payer", sa.String, nullable=False),
        sa.Column("payee", sa.String, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("code", sa.String, nullable=True),
        sa.Column("payment_reference", sa.String, nullable=True),
        sa.Column("paid_on", sa.Date, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_voucher"),
        sa.UniqueConstraint("case_id", "position", name="uq_voucher_case_id_position"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_voucher_case_id"),
    )
    op.create_index("ix_voucher_number_key", "voucher", ["number_key"])


def _used_voucher() -> None:
    op.create_table(
        "used_voucher",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("number_key", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_used_voucher"),
        sa.UniqueConstraint("number_key", name="uq_used_voucher_number_key"),
    )


def _journal_entry() -> None:
    op.create_table(
        "journal_entry",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=True),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("summary", sa.String, nullable=False),
        sa.Column("before", sa.LargeBinary, nullable=False),
        sa.Column("after", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_entry"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_journal_entry_case_id"),
    )
    op.create_index("ix_journal_entry_case_id", "journal_entry", ["case_id"])


def _paper_issued() -> None:
    op.create_table(
        "paper_issued",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("form", sa.String, nullable=False),
        sa.Column("file_name", sa.String, nullable=False),
        sa.Column("version_code", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("issued_at", sa.Text, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paper_issued"),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name="fk_paper_issued_case_id"),
    )
    op.create_index("ix_paper_issued_case_id", "paper_issued", ["case_id"])


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("staff_name", sa.String, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_draft"),
    )


def _journal_triggers() -> None:
    refusal = "日志只能追加，不能修改或删除。"
    triggers.refuse("journal_entry_no_update", "journal_entry", "UPDATE", refusal)
    triggers.refuse("journal_entry_no_delete", "journal_entry", "DELETE", refusal)
    triggers.refuse_replacing(
        "journal_entry_no_replace",
        "journal_entry",
        refusal,
        "EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id)",
    )
