"""日报 and 月报: what the office received, returned, decided and granted, a line a case, and its sums."""

from pxtui.papers.writing.letter import AMOUNT, CENTRED, CODE, FIGURE, LANDSCAPE, NOTE, Column, Layout, Table, Text

LAYOUTS = (
    Layout(
        "明细",
        before=(Text("period", NOTE),),
        table=Table(
            "cases",
            (
                Column("seq", 10, FIGURE),
                Column("case_number", 36, CODE),
                Column("applicant_name", 42),
                Column("office", 20, CENTRED),
                Column("trade", 24),
                Column("size", 13, CENTRED),
                Column("received", 17, CODE),
                Column("opening", 20, CENTRED),
                Column("claimed", 17, CODE),
                Column("claim", 20, CENTRED),
                Column("returned", 10, FIGURE),
                Column("heads", 12, FIGURE),
                Column("amount", 20, AMOUNT),
            ),
        ),
        after=(Text("total", NOTE), Text("signatures", NOTE)),
        page=LANDSCAPE,
    ),
    Layout(
        "汇总",
        before=(Text("period", NOTE),),
        table=Table(
            "sums",
            (
                Column("group", 28, CENTRED),
                Column("name", 43),
                Column("cases", 16, FIGURE),
                Column("received", 19, FIGURE),
                Column("opened", 17, FIGURE),
                Column("opening_refused", 17, FIGURE),
                Column("claimed", 19, FIGURE),
                Column("granted", 17, FIGURE),
                Column("claim_refused", 17, FIGURE),
                Column("returned", 14, FIGURE),
                Column("withdrawn", 14, FIGURE),
                Column("heads", 15, FIGURE),
                Column("amount", 25, AMOUNT),
            ),
        ),
        after=(Text("total", NOTE), Text("signatures", NOTE)),
        page=LANDSCAPE,
        title="sums_title",
    ),
)
