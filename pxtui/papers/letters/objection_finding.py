"""异议核查结论: to whoever objected, what was found and what follows from it."""

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import Layout, Text

LAYOUTS = (
    Layout(
        "异议核查结论",
        before=(
            Text("addressee"),
            Text("received"),
            Text("objected"),
            Text("found"),
            Text("for_it", optional=True),
            Text("against_it", optional=True),
            Text("basis"),
            Text("redress"),
            *CLOSING,
        ),
    ),
)
