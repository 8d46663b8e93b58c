"""不予补贴（核减）告知书: what was claimed and is not granted, why, and what the enterprise can do about it."""

from dataclasses import replace

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import CENTRED, CODE, FIGURE, SENTENCE, Layout, LetterColumn, Table, Text

LAYOUTS = (
    Layout(
        "不予补贴核减告知书",
        other_title=("refused", "refused_title"),
        before=(
            Text("addressee"),
            Text("received"),
            Text("whole", optional=True),
            Text("part", optional=True),
            Text("money", optional=True),
            Text("listed"),
        ),
        table=Table(
            "reasons",
            (
                LetterColumn("seq", 10, FIGURE),
                LetterColumn("item", 25, CENTRED),
                LetterColumn("person", 19, CENTRED),
                LetterColumn("id_number", 34, replace(CODE, size=9.5)),
                LetterColumn("reason", 29, SENTENCE),
                LetterColumn("fault", 39.6, SENTENCE),
                LetterColumn("clause", 13.4, CENTRED),
            ),
        ),
        after=(
            Text("basis"),
            Text("redress"),
            *CLOSING,
        ),
    ),
)
