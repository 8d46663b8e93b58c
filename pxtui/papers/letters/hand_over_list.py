"""材料交接单: the materials and papers of a case, from the zone's committee or from shift to shift."""

from pxtui.papers.writing.letter import (
    CENTRED,
    FIGURE,
    NOTE,
    SENTENCE,
    Fields,
    Layout,
    LetterColumn,
    Opinions,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "材料交接单",
        before=(Fields((("applicant_name",), ("case_number", "course"))), Text("handed_over")),
        table=Table(
            "materials",
            (
                LetterColumn("seq", 12, FIGURE),
                LetterColumn("copies", 18, FIGURE),
                LetterColumn("material", 56.7, SENTENCE),
                LetterColumn("form", 36, CENTRED),
                LetterColumn("pages", 20, FIGURE),
                LetterColumn("remark", 27.3),
            ),
        ),
        after=(Opinions(("giver", "taker"), height=14), Text("keeping", NOTE)),
    ),
)
