"""交班清单: the cases that one officer gave to colleagues on a day, and both signatures."""

from pxtui.papers.writing.letter import CENTRED, CODE, FIGURE, NOTE, Column, Layout, Opinions, Table, Text

LAYOUTS = (
    Layout(
        "交班清单",
        before=(Text("period", NOTE),),
        table=Table(
            "cases",
            (
                Column("seq", 11, FIGURE),
                Column("case_number", 30, CODE),
                Column("applicant_name", 44),
                Column("stage", 22, CENTRED),
                Column("given_at", 13, CODE),
                Column("taker", 18, CENTRED),
                Column("remark", 32),
            ),
        ),
        after=(Text("total", NOTE), Opinions(("giver", "taker"), height=12), Text("keeping", NOTE)),
    ),
)
