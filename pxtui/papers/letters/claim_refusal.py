"""不予补贴（核减）告知书: what was claimed and is not granted, why, and what the enterprise can do about it."""

from dataclasses import replace

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import CENTRED, CODE, FIGURE, Column, Layout, Table, Text

LAYOUTS = (
    Layout(
        "不予补贴（核减）告知书",
        before=(
            Text("addressee"),
            Text("received"),
            Text("whole", optional=True),
            Text("part", optional=True),
            Text("money", optional=True),
            Text("listed"),
        ),
        table=Table(
            "reasons",
            (
                Column("seq", 9, FIGURE),
                Column("item", 25, CENTRED),
                Column("person", 19, CENTRED),
                Column("id_number", 39, replace(CODE, size=9.5)),
                Column("reason", 27),
                Column("fault", 38),
                Column("clause", 13, CENTRED),
            ),
        ),
        after=(
            Text("basis"),
            Text("redress"),
            *CLOSING,
        ),
    ),
)
