"""名单核验报告: every row of a roster with everything that the check found about it; it stays inside the office."""

from dataclasses import replace

from pxtui.papers.writing.letter import CENTRED, CODE, FIGURE, LANDSCAPE, NOTE, Column, Layout, Table, Text

LAYOUTS = (
    Layout(
        "名单核验报告",
        before=(Text("about", NOTE), Text("counts", NOTE), Text("application", NOTE)),
        table=Table(
            "rows",
            (
                Column("seq", 13, FIGURE),
                Column("name", 28, CENTRED),
                Column("id_number", 43, CODE),
                Column("result", 16, CENTRED),
                Column("code", 46, replace(CODE, horizontal="left")),
                Column("clause", 18, CENTRED),
                Column("message", 97),
            ),
        ),
        after=(Text("basis", NOTE), Text("signatures", NOTE)),
        page=LANDSCAPE,
    ),
)
