"""Indexes by which occupations, platforms and providers are found, and shares of the money are summed."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    money = ["office_code", "approved_total_fen"]
    for name, columns in (
        ("occupation_money", ["occupation", "platform", *money]),
        ("platform_money", ["platform", "provider", *money]),
        ("provider_money", ["provider", "platform", *money]),
        ("provider_credit_code", ["provider_credit_code"]),
    ):
        op.create_index(f"ix_training_case_{name}", "training_case", columns)
