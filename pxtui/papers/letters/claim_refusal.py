"""不予补贴（核减）告知书: what was claimed and is not granted, why, and what the enterprise can do about it."""

from dataclasses import replace

from pxtui.papers.letters.shared_parts import CLOSING
from pxtui.papers.writing.letter import CODE, FIGURE, PHRASE, SENTENCE, Layout, LetterColumn, Table, Text

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
                LetterColumn("seq", 9, FIGURE),
                LetterColumn("item", 24.4, PHRASE),
                LetterColumn("person", 20.6, PHRASE),
                LetterColumn("id_number", 32, replace(CODE, size=9.5)),
                LetterColumn("reason", 32.6, SENTENCE),
                LetterColumn("fault", 39.4, SENTENCE),
                LetterColumn("clause", 12, PHRASE),
            ),
        ),
        after=(
            Text("basis"),
            Text("redress"),
            *CLOSING,
        ),
    ),
)
