"""公示: the text, the list of enterprises and the list of persons (notice 四(二)); the persons' numbers masked."""

from pxtui.papers.writing.letter import (
    AMOUNT,
    CENTRED,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    SENTENCE,
    Attachments,
    Layout,
    LetterColumn,
    Stamp,
    Table,
    Text,
)

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
                LetterColumn("seq", 10, FIGURE),
                LetterColumn("applicant_name", 40),
                LetterColumn("course", 28),
                LetterColumn("occupation", 24, CENTRED),
                LetterColumn("platform", 26),
                LetterColumn("days", 33, CENTRED),
                LetterColumn("course_hours", 14, FIGURE),
                LetterColumn("claimed_heads", 14, FIGURE),
                LetterColumn("approved_heads", 14, FIGURE),
                LetterColumn("standard", 16, AMOUNT),
                LetterColumn("amount", 20, AMOUNT),
                LetterColumn("remark", 22, SENTENCE),
            ),
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
                LetterColumn("id_number", 44, CODE),
                LetterColumn("applicant_name", 40),
                LetterColumn("course", 28),
                LetterColumn("amount", 20, AMOUNT),
            ),
            totals=("amount",),
        ),
        after=(Text("people_shares", NOTE),),
    ),
)
