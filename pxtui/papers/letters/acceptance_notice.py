"""受理通知书: the application is complete; from which day on and until when it is decided."""

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import CENTRED, FIGURE, Column, Layout, Table, Text

LAYOUTS = (
    Layout(
        "受理通知书",
        before=(Text("addressee"), Text("accepted")),
        table=Table(
            "materials",
            (
                Column("seq", 12, FIGURE),
                Column("copies", 18, FIGURE),
                Column("material", 56),
                Column("form", 36, CENTRED),
                Column("remark", 48),
            ),
        ),
        after=(
            Text("promised"),
            Text("visits"),
            *CLOSING,
        ),
    ),
)
