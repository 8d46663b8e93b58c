"""收件回执（材料接收清单）: what was handed in; the upper half for the applicant, the lower for the counter."""

from dataclasses import replace

from pxtui.papers.writing.letter import (
    CENTRED,
    FIGURE,
    NOTE,
    PARAGRAPH,
    PORTRAIT,
    Fields,
    Layout,
    LetterColumn,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "收件回执",
        before=(Text("received", replace(PARAGRAPH, size=12)),),
        table=Table(
            "materials",
            (
                LetterColumn("seq", 10, FIGURE),
                LetterColumn("handed_in", 20.3, CENTRED),
                LetterColumn("material", 56.7),
                LetterColumn("form", 36, CENTRED),
                LetterColumn("copies", 18, FIGURE),
                LetterColumn("pages", 14.3, FIGURE),
                LetterColumn("remark", 14.7, CENTRED),
            ),
            line_height=6.3,
        ),
        after=(
            Fields((("handed_by", "officer"), ("handed_by_phone", "received_day"))),
            Text("promised", NOTE, optional=True),
            Text("meaning", NOTE),
        ),
        page=replace(PORTRAIT, top_margin=10, bottom_margin=10),
        halves=("applicant_copy", "window_copy"),
    ),
)
