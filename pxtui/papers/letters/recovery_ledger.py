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
                LetterColumn("case_number", 29.1, CODE),
                LetterColumn("applicant_name", 27.1),
                LetterColumn("paid_on", 16.5, PHRASE),
                LetterColumn("paid", 16.9, AMOUNT),
                LetterColumn("reason", 27.1, SENTENCE),
                LetterColumn("ordered", 16.5, PHRASE),
                LetterColumn("approved", 16.5, PHRASE),
                LetterColumn("paper", 24.4, PHRASE),
                LetterColumn("amount", 16.9, AMOUNT),
                LetterColumn("returned", 16.9, AMOUNT),
                LetterColumn("returned_on", 29.7, PHRASE),
                LetterColumn("left", 16.9, AMOUNT),
                LetterColumn("state", 14.5, CENTRED),
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
