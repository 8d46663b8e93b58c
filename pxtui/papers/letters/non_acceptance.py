"""不予受理通知书: why the application is not for this office, and which it is for; or what excludes it."""

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import Layout, Text

LAYOUTS = (
    Layout(
        "不予受理通知书",
        before=(
            Text("addressee"),
            Text("received"),
            Text("reasons"),
            Text("belongs", optional=True),
            Text("belongs_via", optional=True),
            Text("returned"),
            Text("redress"),
            *CLOSING,
        ),
    ),
)
