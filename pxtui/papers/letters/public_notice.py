"""公示: the text, the list of enterprises and the list of persons (notice 四(二)); the persons' numbers masked."""

from pxtui.papers.writing.letter import (
    AMOUNT,
    CENTRED,
    CODE,
    FIGURE,
    LANDSCAPE,
    Column,
    Layout,
    Stamp,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "公示",
        before=(Text("intro"), Text("days"), Text("objections"), Text("contact"), Text("attachments")),
        after=(Stamp(),),
    ),
    Layout(
        "1.单位汇总表",
        title="units_title",
        before=(),
        table=Table(
            "units",
            (
                Column("seq", 10, FIGURE),
                Column("applicant_name", 40),
                Column("course", 28),
                Column("occupation", 24, CENTRED),
                Column("platform", 30),
                Column("days", 29, CENTRED),
                Column("course_hours", 14, FIGURE),
                Column("claimed_heads", 14, FIGURE),
                Column("approved_heads", 14, FIGURE),
                Column("standard", 16, AMOUNT),
                Column("amount", 20, AMOUNT),
                Column("remark", 22),
            ),
        ),
        after=(Text("total"),),
        page=LANDSCAPE,
    ),
    Layout(
        "2.人员名单",
        title="people_title",
        before=(),
        table=Table(
            "people",
            (
                Column("seq", 12, FIGURE),
                Column("name", 26, CENTRED),
                Column("id_number", 44, CODE),
                Column("applicant_name", 40),
                Column("course", 28),
                Column("amount", 20, AMOUNT),
            ),
        ),
    ),
)
