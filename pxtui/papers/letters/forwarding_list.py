"""汇总上报: the letter by which the zone's committee forwards training plans, and their list (notice 四(一))."""

from pxtui.papers.writing.letter import (
    CENTRED,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    PHRASE,
    Attachments,
    Layout,
    LetterColumn,
    Opinions,
    Stamp,
    Table,
    Text,
)

LAYOUTS = (
    Layout("上报函", before=(Text("taker_line"), Text("intro"), Text("request"), Attachments()), after=(Stamp(),)),
    Layout(
        "汇总表",
        title="cases_title",
        is_attached=True,
        before=(),
        table=Table(
            "cases",
            (
                LetterColumn("seq", 10, FIGURE),
                LetterColumn("applicant_name", 57),
                LetterColumn("course", 43),
                LetterColumn("occupation", 30, CENTRED),
                LetterColumn("days", 36, PHRASE),
                LetterColumn("heads", 15, FIGURE),
                LetterColumn("received", 30, CENTRED),
                LetterColumn("case_number", 40, CODE),
            ),
            totals=("heads",),
        ),
        after=(Text("total", NOTE), Opinions(("opinion",), height=16)),
        page=LANDSCAPE,
    ),
)
