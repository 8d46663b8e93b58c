"""电话、平台核查记录表: a sample of a roster to be called and looked up, filled in by hand by two officers."""

from pxtui.papers.writing.letter import (
    CENTRED,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    Layout,
    LetterColumn,
    Opinions,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "电话、平台核查记录表",
        before=(Text("about", NOTE), Text("drawn", NOTE)),
        table=Table(
            "sample",
            (
                LetterColumn("seq", 12, FIGURE),
                LetterColumn("name", 26, CENTRED),
                LetterColumn("id_number", 41, CODE),
                LetterColumn("phone", 27, CODE),
                LetterColumn("account", 33, CODE),
                LetterColumn("answered", 17),
                LetterColumn("in_person", 17),
                LetterColumn("learning", 42),
                LetterColumn("checker", 22),
                LetterColumn("checked", 24),
            ),
            line_height=12,
        ),
        after=(Opinions(("finding", "outcome"), height=16), Text("keeping", NOTE)),
        page=LANDSCAPE,
    ),
)
