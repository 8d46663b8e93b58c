"""The letters and registers of the counter, by the name of their wording."""

from collections.abc import Mapping

from pxtui.papers.letters import (
    acceptance_notice,
    approval_table,
    change_notice,
    check_record,
    claim_refusal,
    correction_notice,
    hand_over_list,
    ledger,
    material_receipt,
    non_acceptance,
    objection_record,
    offline_transfer,
    opening_approval,
    opening_refusal,
    payment_extract,
    payment_slip,
    payment_table,
    public_notice,
    shift_list,
    verification_report,
    volume_cover,
)
from pxtui.papers.writing.letter import Layout

LETTERS: Mapping[str, tuple[Layout, ...]] = {
    "material-receipt": material_receipt.LAYOUTS,
    "correction-notice": correction_notice.LAYOUTS,
    "acceptance-notice": acceptance_notice.LAYOUTS,
    "non-acceptance": non_acceptance.LAYOUTS,
    "verification-report": verification_report.LAYOUTS,
    "opening-approval": opening_approval.LAYOUTS,
    "opening-refusal": opening_refusal.LAYOUTS,
    "change-notice": change_notice.LAYOUTS,
    "check-record": check_record.LAYOUTS,
    "offline-transfer": offline_transfer.LAYOUTS,
    "approval-table": approval_table.LAYOUTS,
    "claim-refusal": claim_refusal.LAYOUTS,
    "hand-over-list": hand_over_list.LAYOUTS,
    "public-notice": public_notice.LAYOUTS,
    "objection-record": objection_record.LAYOUTS,
    "payment-table": payment_table.LAYOUTS,
    "payment-extract": payment_extract.LAYOUTS,
    "payment-slip": payment_slip.LAYOUTS,
    "volume-cover": volume_cover.LAYOUTS,
    "daily-ledger": ledger.LAYOUTS,
    "monthly-ledger": ledger.LAYOUTS,
    "shift-list": shift_list.LAYOUTS,
}
