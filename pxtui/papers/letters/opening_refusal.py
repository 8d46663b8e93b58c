"""不予同意开班告知书: what was decided, every reason with its clause, and what the applicant can do."""

from dataclasses import replace

from pxtui.papers.writing.letter import CENTRED, CODE, FIGURE, NOTE, Column, Fields, Layout, Stamp, Table, Text

LAYOUTS = (
    Layout(
        "不予同意开班告知书",
        before=(Text("addressee"), Text("refused")),
        table=Table(
            "reasons",
            (
                Column("seq", 9, FIGURE),
                Column("item", 25, CENTRED),
                Column("person", 19, CENTRED),
                Column("id_number", 39, replace(CODE, size=9.5)),
                Column("fault", 38),
                Column("remedy", 27),
                Column("clause", 13, CENTRED),
            ),
        ),
        after=(
            Text("basis"),
            Text("again"),
            Text("redress"),
            Fields((("officer", "phone"), ("supervision_phone", "delivery"))),
            Stamp(),
            Text("receipt", NOTE),
        ),
    ),
)
