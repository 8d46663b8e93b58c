"""档案袋封面 and 卷内目录: what is stuck on the bag of a case and what lies in front in it."""

from dataclasses import replace

from pxtui.papers.writing.letter import CENTRED, CODE, FIGURE, NOTE, Fields, Layout, LetterColumn, Opinions, Table, Text

LAYOUTS = (
    Layout(
        "封面",
        before=(
            Fields(
                (
                    ("office_name",),
                    ("case_number",),
                    ("applicant_name",),
                    ("credit_code",),
                    ("course",),
                    ("starts_day", "ends_day"),
                    ("opening_received_day", "opening_decided_day"),
                    ("claim_received_day", "claim_decided_day"),
                    ("documents_count", "pages_count"),
                    ("retention", "filed_day"),
                    ("officer", "filed_by"),
                )
            ),
            Text("rule", NOTE),
        ),
    ),
    Layout(
        "卷内目录",
        before=(Text("volume", NOTE),),
        table=Table(
            "documents",
            (
                LetterColumn("seq", 12, FIGURE),
                LetterColumn("author", 21, CENTRED),
                LetterColumn("number", 51, replace(CENTRED, whole=True)),
                LetterColumn("name", 46),
                LetterColumn("day", 27, CODE),
                LetterColumn("pages", 13, FIGURE),
            ),
        ),
        after=(Opinions(("state_of_volume",), height=24),),
        title="contents_title",
    ),
)
