"""拨付汇总表摘录: what a payment batch says of one claim; it bears no stamp, for nobody pays on it."""

from pxtui.papers.writing.letter import NOTE, Fields, Layout, Text

LAYOUTS = (
    Layout(
        "拨付汇总表摘录",
        before=(
            Text("listed"),
            Fields(
                (
                    ("applicant_name",),
                    ("credit_code", "case_number"),
                    ("course",),
                    ("heads", "standard"),
                    ("amount", "fund"),
                    ("capitals",),
                    ("account_name",),
                    ("bank_name",),
                    ("masked_account", "batch_number"),
                    ("payment_state", "payment_day"),
                )
            ),
            Text("shares", NOTE, optional=True),
            Text("use", NOTE),
        ),
    ),
)
