"""资金拨付汇总表: the only paper with account numbers in full; it stays inside the office."""

from dataclasses import replace

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
                LetterColumn("applicant_name", 25),
                LetterColumn("credit_code", 31, CODE),
                LetterColumn("course", 17),
                LetterColumn("case_number", 29, CODE),
                LetterColumn("heads", 10, FIGURE),
                LetterColumn("standard", 14, AMOUNT),
                LetterColumn("amount", 20, AMOUNT),
                LetterColumn("account_name", 25),
                LetterColumn("bank_name", 20),
                LetterColumn("account", 40, CODE),
                LetterColumn("fund", 18),
                LetterColumn("remark", 12),
            ),
            line_height=10.5,
            totals=("heads", "amount"),
        ),
        after=(Text("total"), Text("units_shares", NOTE), Text("signatures", NOTE), Stamp()),
        page=replace(LANDSCAPE, side_margin=14),
    ),
)
