"""公示: the text, the list of enterprises and the list of persons (notice 四(二)); the persons' numbers masked."""

from dataclasses import replace

from pxtui.papers.writing.letter import (
    AMOUNT,
    CENTRED,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    PHRASE,
    SENTENCE,
    WORDS,
    Attachments,
    Layout,
    LetterColumn,
    Stamp,
    Table,
    Text,
)

_SMALL = replace(WORDS, size=9)
"""The same on every line of a class; who is on the list is what is looked for."""

LAYOUTS = (
    Layout(
        "公示",
        before=(Text("intro"), Text("days"), Text("objections"), Text("contact"), Attachments()),
        after=(Stamp(),),
    ),
    Layout(
        "单位汇总表",
        title="units_title",
        is_attached=True,
        before=(),
        table=Table(
            "units",
            (
                LetterColumn("seq", 9, FIGURE),
                LetterColumn("applicant_name", 39.8),
                LetterColumn("course", 27.1),
                LetterColumn("occupation", 24.3, CENTRED),
                LetterColumn("platform", 27.1),
                LetterColumn("days", 31, PHRASE),
                LetterColumn("course_hours", 12, FIGURE),
                LetterColumn("claimed_heads", 12, FIGURE),
                LetterColumn("approved_heads", 12, FIGURE),
                LetterColumn("standard", 18, AMOUNT),
                LetterColumn("amount", 21, AMOUNT),
                LetterColumn("remark", 27.7, SENTENCE),
            ),
            size=9,
            totals=("claimed_heads", "approved_heads", "amount"),
        ),
        after=(Text("total"), Text("units_shares", NOTE)),
        page=LANDSCAPE,
    ),
    Layout(
        "人员名单",
        title="people_title",
        is_attached=True,
        before=(),
        table=Table(
            "people",
            (
                LetterColumn("seq", 12, FIGURE),
                LetterColumn("name", 26, CENTRED),
                LetterColumn("id_number", 35.6, CODE),
                LetterColumn("applicant_name", 49.3, _SMALL),
                LetterColumn("course", 27.1, _SMALL),
                LetterColumn("amount", 20, AMOUNT),
            ),
            totals=("amount",),
        ),
        after=(Text("people_shares", NOTE),),
    ),
)
