"""花名册改动确认单: what a roster that came back from the firm changed, cell by cell, signed by both sides."""

from pxtui.papers.writing.letter import (
    CENTRED,
    FIGURE,
    LANDSCAPE,
    NOTE,
    SENTENCE,
    Fields,
    Layout,
    LetterColumn,
    Opinions,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "花名册改动确认单",
        before=(Fields((("applicant_name",), ("case_number", "course"))), Text("changed")),
        table=Table(
            "changes",
            (
                LetterColumn("seq", 12, FIGURE),
                LetterColumn("day", 34, CENTRED),
                LetterColumn("person", 36),
                LetterColumn("kind", 28, CENTRED),
                LetterColumn("item", 30, CENTRED),
                LetterColumn("before", 60.5, SENTENCE),
                LetterColumn("after", 60.5, SENTENCE),
            ),
        ),
        after=(Opinions(("applicant_side", "office_side"), height=12), Text("keeping", NOTE)),
        page=LANDSCAPE,
    ),
)
