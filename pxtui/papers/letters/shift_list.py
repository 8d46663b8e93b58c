"""交班清单: the cases that one officer gave to colleagues on a day, and both signatures."""

from pxtui.papers.writing.letter import (
    CENTRED,
    CODE,
    FIGURE,
    NOTE,
    SENTENCE,
    Layout,
    LetterColumn,
    Opinions,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "交班清单",
        before=(Text("period", NOTE),),
        table=Table(
            "cases",
            (
                LetterColumn("seq", 11, FIGURE),
                LetterColumn("case_number", 30, CODE),
                LetterColumn("applicant_name", 44),
                LetterColumn("stage", 22, CENTRED),
                LetterColumn("given_at", 13, CODE),
                LetterColumn("taker", 18, CENTRED),
                LetterColumn("remark", 32, SENTENCE),
            ),
        ),
        after=(Text("total", NOTE), Opinions(("giver", "taker"), height=12), Text("keeping", NOTE)),
    ),
)
