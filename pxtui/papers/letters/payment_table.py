"""资金拨付汇总表: the only paper with account numbers in full; it stays inside the office."""

from pxtui.papers.writing.letter import (
    AMOUNT,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    Column,
    Layout,
    Stamp,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "资金拨付汇总表",
        before=(Text("payment_batch", NOTE, optional=True), Text("batch", NOTE)),
        table=Table(
            "units",
            (
                Column("seq", 8, FIGURE),
                Column("applicant_name", 28),
                Column("credit_code", 26, CODE),
                Column("course", 20),
                Column("case_number", 26, CODE),
                Column("heads", 10, FIGURE),
                Column("standard", 15, AMOUNT),
                Column("amount", 20, AMOUNT),
                Column("account_name", 28),
                Column("bank_name", 22),
                Column("account", 28, CODE),
                Column("fund", 18),
                Column("remark", 12),
            ),
            # Two lines of a code at its full size: an account in small print is read wrongly.
            line_height=10.5,
        ),
        after=(Text("total"), Text("signatures", NOTE), Stamp()),
        page=LANDSCAPE,
    ),
)
