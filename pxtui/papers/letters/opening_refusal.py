"""不予同意开班告知书: what was decided, every reason with its clause, and what the applicant can do."""

from pxtui.papers.letters.shared_parts import CLOSING, DEFECT_COLUMNS
from pxtui.papers.writing.letter import Layout, Table, Text

LAYOUTS = (
    Layout(
        "不予同意开班告知书",
        before=(Text("addressee"), Text("refused")),
        table=Table("reasons", DEFECT_COLUMNS),
        after=(
            Text("basis"),
            Text("again"),
            Text("redress"),
            *CLOSING,
        ),
    ),
)
