"""送达回证: which letters were delivered to whom, how and when; filled in and signed where they are handed over."""

from pxtui.papers.writing.letter import CODE, FIGURE, NOTE, PHRASE, Fields, Layout, LetterColumn, Stamp, Table, Text

LAYOUTS = (
    Layout(
        "送达回证",
        before=(Fields((("applicant_name",), ("case_number", "course"), ("place",))),),
        table=Table(
            "letters",
            (
                # As wide as the labels above and below are: the sheet has one grid.
                LetterColumn("seq", 30, FIGURE),
                LetterColumn("name", 53),
                LetterColumn("issued", 29, CODE),
                LetterColumn("number", 45, PHRASE),
                LetterColumn("copies", 13, FIGURE),
            ),
        ),
        after=(
            Fields(
                (
                    ("way",),
                    ("received_by", "received_at"),
                    ("on_behalf", "relation"),
                    ("refused",),
                    ("witness", "delivered_by"),
                    ("remark",),
                )
            ),
            Text("filled_in", NOTE),
            Stamp(),
        ),
    ),
)
