"""受理通知书: the application is complete; from which day on and until when it is decided."""

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import CENTRED, FIGURE, Layout, LetterColumn, Table, Text

LAYOUTS = (
    Layout(
        "受理通知书",
        before=(Text("addressee"), Text("accepted")),
        table=Table(
            "materials",
            (
                LetterColumn("seq", 12, FIGURE),
                LetterColumn("copies", 16, FIGURE),
                LetterColumn("material", 56.7),
                LetterColumn("form", 36, CENTRED),
                LetterColumn("remark", 49.3),
            ),
        ),
        after=(
            Text("promised"),
            Text("visits"),
            *CLOSING,
        ),
    ),
)
