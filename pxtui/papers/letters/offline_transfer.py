"""转线下补贴程序告知单: the online hours that each person takes along into the ordinary procedure."""

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import (
    CENTRED,
    CODE,
    FIGURE,
    NOTE,
    Attachments,
    Fields,
    Layout,
    LetterColumn,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "转线下补贴程序告知单",
        before=(
            Text("addressee"),
            Text("about"),
            Fields(
                (
                    ("course", "occupation"),
                    ("starts_day", "ends_day"),
                    ("course_hours", "total_hours"),
                    ("heads", "lifted_day"),
                    ("route",),
                )
            ),
            Text("procedure"),
            Text("hours"),
            Attachments(),
            *CLOSING,
        ),
    ),
    Layout(
        "线上学时明细",
        title="people_title",
        is_attached=True,
        before=(Text("people_of", NOTE),),
        table=Table(
            "people",
            (
                LetterColumn("seq", 14, FIGURE),
                LetterColumn("name", 34, CENTRED),
                LetterColumn("id_number", 46, CODE),
                LetterColumn("course_hours", 22, FIGURE),
                LetterColumn("completed_hours", 26, FIGURE),
                LetterColumn("remark", 28),
            ),
        ),
        after=(Text("people_note", NOTE), Text("people_signatures", NOTE)),
    ),
)
