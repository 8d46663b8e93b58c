"""资金拨付汇总表: the only paper with account numbers in full; it stays inside the office."""

from pxtui.papers.writing.letter import (
    AMOUNT,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    Layout,
    LetterColumn,
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
                LetterColumn("seq", 8, FIGURE),
                LetterColumn("applicant_name", 28),
                LetterColumn("credit_code", 26, CODE),
                LetterColumn("course", 20),
                LetterColumn("case_number", 26, CODE),
                LetterColumn("heads", 10, FIGURE),
                LetterColumn("standard", 15, AMOUNT),
                LetterColumn("amount", 20, AMOUNT),
                LetterColumn("account_name", 28),
                LetterColumn("bank_name", 22),
                LetterColumn("account", 28, CODE),
                LetterColumn("fund", 18),
                LetterColumn("remark", 12),
            ),
            # Two lines of a code at its full size: an account in small print is read wrongly.
            line_height=10.5,
        ),
        after=(Text("total"), Text("signatures", NOTE), Stamp()),
        page=LANDSCAPE,
    ),
)
