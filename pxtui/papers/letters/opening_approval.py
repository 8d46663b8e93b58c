"""同意开班通知书: what is approved, the roster that it is approved for, and who was left out."""

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import (
    CENTRED,
    CODE,
    FIGURE,
    NOTE,
    SENTENCE,
    Attachments,
    Fields,
    Layout,
    LetterColumn,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "同意开班通知书",
        before=(
            Text("addressee"),
            Text("agreed"),
            Fields(
                (
                    ("course", "occupation"),
                    ("platform", "provider"),
                    ("starts_day", "ends_day"),
                    ("course_hours", "approved_heads"),
                    ("case_number", "decided_day"),
                    ("route",),
                )
            ),
            Text("roster"),
            Text("left_out", optional=True),
            Text("opinion", optional=True),
            Text("claim", optional=True),
            Text("offline", optional=True),
            Text("duties"),
            Attachments(),
            *CLOSING,
        ),
    ),
    Layout(
        "批准名单",
        title="people_title",
        is_attached=True,
        before=(Text("people_of", NOTE),),
        table=Table(
            "people",
            (
                LetterColumn("seq", 14, FIGURE),
                LetterColumn("name", 36, CENTRED),
                LetterColumn("sex", 14, CENTRED),
                LetterColumn("age", 14, FIGURE),
                LetterColumn("id_number", 45.6, CODE),
                LetterColumn("occupation", 46.4, CENTRED),
            ),
        ),
        after=(Text("people_total", NOTE),),
    ),
    Layout(
        "未批准人员",
        title="refused_title",
        is_attached=True,
        before=(Text("people_of", NOTE),),
        table=Table(
            "refused",
            (
                LetterColumn("seq", 14, FIGURE),
                LetterColumn("name", 26, CENTRED),
                LetterColumn("id_number", 36, CODE),
                LetterColumn("fault", 77.4, SENTENCE),
                LetterColumn("clause", 16.6, CENTRED),
            ),
        ),
        after=(Text("refused_note", NOTE),),
        optional=True,
    ),
)
