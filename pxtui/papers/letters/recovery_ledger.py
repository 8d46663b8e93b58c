"""追回台账: what was ordered back, by whom it was approved, and what has come in of it."""

from dataclasses import replace

from pxtui.papers.writing.letter import (
    AMOUNT,
    CENTRED,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    PHRASE,
    SENTENCE,
    Layout,
    LetterColumn,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "追回台账",
        before=(Text("period", NOTE),),
        table=Table(
            "recoveries",
            (
                LetterColumn("seq", 8, FIGURE),
                LetterColumn("case_number", 30, CODE),
                LetterColumn("applicant_name", 27.1),
                LetterColumn("paid_on", 16.5, PHRASE),
                LetterColumn("paid", 17, AMOUNT),
                LetterColumn("reason", 30.2, SENTENCE),
                LetterColumn("ordered", 16.5, PHRASE),
                LetterColumn("approved", 16.5, PHRASE),
                LetterColumn("paper", 26, PHRASE),
                LetterColumn("amount", 17, AMOUNT),
                LetterColumn("returned", 17, AMOUNT),
                LetterColumn("returned_on", 23.2, PHRASE),
                LetterColumn("left", 17, AMOUNT),
                LetterColumn("state", 15, CENTRED),
            ),
            totals=("amount", "returned", "left"),
            line_height=10.5,
            size=9,
        ),
        after=(Text("total", NOTE), Text("counted", NOTE), Text("signatures", NOTE)),
        # Every column is looked at by the auditor: none can be left out.
        page=replace(LANDSCAPE, side_margin=10),
    ),
)
