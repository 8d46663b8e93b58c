"""资金拨付汇总表: the only paper with account numbers in full; it stays inside the office."""

from dataclasses import replace

from pxtui.papers.writing.letter import (
    AMOUNT,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    PHRASE,
    Layout,
    LetterColumn,
    Stamp,
    Table,
    Text,
)

_TABLE = Layout(
    "资金拨付汇总表",
    before=(Text("payment_batch", NOTE, optional=True), Text("batch", NOTE)),
    table=Table(
        "units",
        (
            LetterColumn("seq", 8, FIGURE),
            LetterColumn("applicant_name", 30.2),
            LetterColumn("credit_code", 32, CODE),
            LetterColumn("course", 17.6),
            LetterColumn("case_number", 30, CODE),
            LetterColumn("heads", 10, FIGURE),
            LetterColumn("standard", 14.5, AMOUNT),
            LetterColumn("amount", 20, AMOUNT),
            LetterColumn("account_name", 30.2),
            LetterColumn("bank_name", 23.9),
            LetterColumn("account", 33, CODE),
            LetterColumn("fund", 17.6),
            LetterColumn("remark", 10, PHRASE),
        ),
        line_height=10.5,
        size=9,
        totals=("heads", "amount"),
    ),
    page=replace(LANDSCAPE, side_margin=10),
)
_TOTAL = (Text("total"), Text("units_shares", NOTE))

LAYOUTS = (
    replace(_TABLE, after=(*_TOTAL, Text("signatures", NOTE), Stamp()), only=("answered_day", False)),
    # What the bank has answered is no order any more: nobody signs and stamps it.
    replace(_TABLE, after=(*_TOTAL, Text("after_answer", NOTE)), only=("answered_day", True)),
)
