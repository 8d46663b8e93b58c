"""退票更正通知: which payment the bank sent back, and what the enterprise has to hand in."""

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import Fields, Layout, Text

LAYOUTS = (
    Layout(
        "退票更正通知",
        before=(
            Text("addressee"),
            Text("bounced"),
            Fields(
                (
                    ("case_number", "batch_number"),
                    ("amount", "fund"),
                    ("capitals",),
                    ("account_name",),
                    ("bank_name",),
                    ("masked_account", "bounced_day"),
                    ("bounce_reason",),
                )
            ),
            Text("correct"),
            Text("meanwhile"),
            Text("basis"),
            *CLOSING,
        ),
    ),
)
