"""一次性补正告知书: every defect of an application at once, with row, masked number, fault and remedy."""

from pxtui.papers.letters.shared_parts import CLOSING, DEFECT_COLUMNS
from pxtui.papers.writing.letter import Layout, Table, Text

LAYOUTS = (
    Layout(
        "补正告知书",
        before=(Text("addressee"), Text("received"), Text("repeated", optional=True), Text("late", optional=True)),
        table=Table("defects", DEFECT_COLUMNS),
        after=(
            Text("basis"),
            Text("until"),
            Text("nothing_else"),
            *CLOSING,
        ),
    ),
)
