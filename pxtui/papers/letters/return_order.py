"""责令退回通知书: how much an enterprise has to pay back, why, by when, and what it can do about it."""

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import Layout, Text

LAYOUTS = (
    Layout(
        "责令退回通知书",
        before=(
            Text("addressee"),
            Text("received"),
            Text("found"),
            Text("fraudulent", optional=True),
            Text("ordered"),
            Text("terms"),
            Text("basis"),
            Text("otherwise"),
            Text("redress"),
            *CLOSING,
        ),
    ),
)
