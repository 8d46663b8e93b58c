"""电话、平台核查记录表: a sample of a roster to be called and looked up, filled in by hand by two officers."""

from pxtui.papers.writing.letter import CENTRED, CODE, FIGURE, LANDSCAPE, NOTE, Column, Layout, Opinions, Table, Text

LAYOUTS = (
    Layout(
        "电话、平台核查记录表",
        before=(Text("about", NOTE), Text("drawn", NOTE)),
        table=Table(
            "sample",
            (
                Column("seq", 12, FIGURE),
                Column("name", 26, CENTRED),
                Column("id_number", 41, CODE),
                Column("phone", 27, CODE),
                Column("account", 33, CODE),
                Column("answered", 17),
                Column("in_person", 17),
                Column("learning", 42),
                Column("checker", 22),
                Column("checked", 24),
            ),
            line_height=12,
        ),
        after=(Opinions(("finding", "outcome"), height=16), Text("keeping", NOTE)),
        page=LANDSCAPE,
    ),
)
