"""名单核验报告: every row of a roster with everything that the check found about it; it stays inside the office."""

from pxtui.papers.writing.letter import (
    CENTRED,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    SENTENCE,
    Layout,
    LetterColumn,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "名单核验报告",
        before=(Text("about", NOTE), Text("counts", NOTE), Text("application", NOTE)),
        table=Table(
            "rows",
            (
                LetterColumn("seq", 13, FIGURE),
                LetterColumn("name", 28, CENTRED),
                LetterColumn("id_number", 43, CODE),
                LetterColumn("result", 17, CENTRED),
                LetterColumn("clause", 17, CENTRED),
                LetterColumn("message", 143, SENTENCE),
            ),
        ),
        after=(Text("basis", NOTE), Text("signatures", NOTE)),
        page=LANDSCAPE,
    ),
)
