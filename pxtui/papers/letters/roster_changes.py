"""花名册改动确认单: what a roster that came back from the firm changed, cell by cell, signed by both sides."""

from pxtui.papers.writing.letter import CENTRED, FIGURE, NOTE, Fields, Layout, LetterColumn, Opinions, Table, Text

LAYOUTS = (
    Layout(
        "花名册改动确认单",
        before=(Fields((("applicant_name",), ("case_number", "course"))), Text("changed")),
        table=Table(
            "changes",
            (
                LetterColumn("seq", 11, FIGURE),
                LetterColumn("day", 26, CENTRED),
                LetterColumn("person", 29),
                LetterColumn("kind", 20, CENTRED),
                LetterColumn("item", 22, CENTRED),
                LetterColumn("before", 31),
                LetterColumn("after", 31),
            ),
        ),
        after=(Opinions(("applicant_side", "office_side"), height=12), Text("keeping", NOTE)),
    ),
)
