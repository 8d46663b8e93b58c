"""一次性补正告知书: every defect of an application at once, with row, masked number, fault and remedy."""

from dataclasses import replace

from pxtui.papers.writing.letter import (
    CENTRED,
    CODE,
    FIGURE,
    NOTE,
    Column,
    Fields,
    Layout,
    Stamp,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "补正告知书",
        before=(Text("addressee"), Text("received"), Text("repeated", optional=True), Text("late", optional=True)),
        table=Table(
            "defects",
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
            Text("until"),
            Text("nothing_else"),
            Fields((("officer", "phone"), ("supervision_phone", "delivery"))),
            Stamp(),
            Text("receipt", NOTE),
        ),
    ),
)
