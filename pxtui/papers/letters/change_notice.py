"""开班变更（终止）通知书: what is otherwise than approved, before and after; or that the case has ended."""

from dataclasses import replace

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import CENTRED, FIGURE, SENTENCE, Layout, LetterColumn, Table, Text

_NOTICE = Layout(
    "开班变更终止通知书",
    other_title=("ended_day", "ended_title"),
    before=(
        Text("addressee"),
        Text("about"),
        Text("changed", optional=True),
        Text("ended", optional=True),
    ),
    table=Table(
        "changes",
        (
            LetterColumn("seq", 12, FIGURE),
            LetterColumn("day", 32, CENTRED),
            LetterColumn("item", 30, CENTRED),
            LetterColumn("before", 44, SENTENCE),
            LetterColumn("after", 52, SENTENCE),
        ),
    ),
    after=(
        Text("keeps", optional=True),
        *CLOSING,
    ),
    only=("lifted_day", False),
)

LAYOUTS = (
    _NOTICE,
    # Ended by the office: on what clause, what can be done now, and what can be done against it.
    replace(
        _NOTICE,
        after=(Text("basis"), Text("way_out"), Text("redress"), *CLOSING),
        only=("lifted_day", True),
    ),
)
