"""材料交接单: the materials and papers of a case, from the zone's committee or from shift to shift."""

from pxtui.papers.writing.letter import CENTRED, FIGURE, NOTE, Column, Fields, Layout, Opinions, Table, Text

LAYOUTS = (
    Layout(
        "材料交接单",
        before=(Fields((("applicant_name",), ("case_number", "course"))), Text("handed_over")),
        table=Table(
            "materials",
            (
                Column("seq", 12, FIGURE),
                Column("copies", 18, FIGURE),
                Column("material", 56),
                Column("form", 36, CENTRED),
                Column("pages", 20, FIGURE),
                Column("remark", 28),
            ),
        ),
        after=(Opinions(("giver", "taker"), height=14), Text("keeping", NOTE)),
    ),
)
