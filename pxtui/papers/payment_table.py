"""资金拨付汇总表: the only paper with account numbers in full; it stays inside the office."""

from pxtui.papers.letter import (
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
        before=(Text("batch", NOTE),),
        table=Table(
            "units",
            (
                Column("seq", 9, FIGURE),
                Column("applicant_name", 34),
                Column("credit_code", 24, CODE),
                Column("course", 22),
                Column("case_number", 26, CODE),
                Column("heads", 11, FIGURE),
                Column("standard", 15, AMOUNT),
                Column("amount", 20, AMOUNT),
                Column("account_name", 26),
                Column("bank_name", 22),
                Column("account", 24, CODE),
                Column("fund", 16),
                Column("remark", 12),
            ),
        ),
        after=(Text("total"), Text("signatures", NOTE), Stamp()),
        page=LANDSCAPE,
    ),
)
