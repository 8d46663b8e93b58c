"""日报 and 月报: what the office received, returned, decided and granted, a line a case, and its sums."""

from pxtui.papers.writing.letter import (
    AMOUNT,
    CENTRED,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    Layout,
    LetterColumn,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "明细",
        before=(Text("period", NOTE),),
        table=Table(
            "cases",
            (
                LetterColumn("seq", 10, FIGURE),
                LetterColumn("case_number", 36, CODE),
                LetterColumn("applicant_name", 42),
                LetterColumn("office", 20, CENTRED),
                LetterColumn("trade", 24),
                LetterColumn("size", 13, CENTRED),
                LetterColumn("received", 17, CODE),
                LetterColumn("opening", 20, CENTRED),
                LetterColumn("claimed", 17, CODE),
                LetterColumn("claim", 20, CENTRED),
                LetterColumn("returned", 10, FIGURE),
                LetterColumn("heads", 12, FIGURE),
                LetterColumn("amount", 20, AMOUNT),
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
                LetterColumn("group", 28, CENTRED),
                LetterColumn("name", 43),
                LetterColumn("cases", 16, FIGURE),
                LetterColumn("received", 19, FIGURE),
                LetterColumn("opened", 17, FIGURE),
                LetterColumn("opening_refused", 17, FIGURE),
                LetterColumn("claimed", 19, FIGURE),
                LetterColumn("granted", 17, FIGURE),
                LetterColumn("claim_refused", 17, FIGURE),
                LetterColumn("returned", 14, FIGURE),
                LetterColumn("withdrawn", 14, FIGURE),
                LetterColumn("heads", 15, FIGURE),
                LetterColumn("amount", 25, AMOUNT),
            ),
        ),
        after=(Text("total", NOTE), Text("signatures", NOTE)),
        page=LANDSCAPE,
        title="sums_title",
    ),
)
