"""不予受理通知书: why the application is not for this office, and which it is for; or what excludes it."""

from pxtui.papers.writing.letter import NOTE, Fields, Layout, Stamp, Text

LAYOUTS = (
    Layout(
        "不予受理通知书",
        before=(
            Text("addressee"),
            Text("received"),
            Text("reasons"),
            Text("belongs", optional=True),
            Text("returned"),
            Text("redress"),
            Fields((("officer", "phone"), ("supervision_phone", "delivery"))),
            Stamp(),
            Text("receipt", NOTE),
        ),
    ),
)
