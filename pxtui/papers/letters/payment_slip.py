"""拨付告知单: to the enterprise, when the money is on its way."""

from pxtui.papers.writing.letter import NOTE, Fields, Layout, Stamp, Text

LAYOUTS = (
    Layout(
        "拨付告知单",
        before=(
            Text("addressee"),
            Text("paid"),
            Fields(
                (
                    ("case_number", "course"),
                    ("heads", "standard"),
                    ("amount", "fund"),
                    ("capitals",),
                    ("account_name",),
                    ("bank_name",),
                    ("masked_account", "payment_day"),
                )
            ),
            Text("shares", optional=True),
            Text("returned"),
            Stamp(),
            Text("receipt", NOTE),
        ),
    ),
)
