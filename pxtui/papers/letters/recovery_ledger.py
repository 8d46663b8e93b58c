"""追回台账: what was ordered back, by whom it was approved, and what has come in of it."""

from dataclasses import replace

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

_SMALL = replace(CENTRED, size=9)
"""A day and a name or number below it."""

LAYOUTS = (
    Layout(
        "追回台账",
        before=(Text("period", NOTE),),
        table=Table(
            "recoveries",
            (
                LetterColumn("seq", 8, FIGURE),
                LetterColumn("case_number", 34, CODE),
                LetterColumn("applicant_name", 25),
                LetterColumn("paid_on", 20, CODE),
                LetterColumn("paid", 17, AMOUNT),
                LetterColumn("reason", 23),
                LetterColumn("ordered", 20, _SMALL),
                LetterColumn("approved", 20, _SMALL),
                LetterColumn("paper", 24, CENTRED),
                LetterColumn("amount", 17, AMOUNT),
                LetterColumn("returned", 17, AMOUNT),
                LetterColumn("returned_on", 19, _SMALL),
                LetterColumn("left", 17, AMOUNT),
                LetterColumn("state", 16, _SMALL),
            ),
            totals=("amount", "returned", "left"),
            line_height=10.5,
        ),
        after=(Text("total", NOTE), Text("counted", NOTE), Text("signatures", NOTE)),
        # Every column is looked at by the auditor: none can be left out, and none is read in small print.
        page=replace(LANDSCAPE, side_margin=10),
    ),
)
