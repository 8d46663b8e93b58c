"""补贴审核（核定）表: what was claimed, checked and granted, the three opinions, why it is less, the answers."""

from pxtui.papers.writing.letter import (
    AMOUNT,
    CENTRED,
    FIGURE,
    NOTE,
    SENTENCE,
    Attachments,
    Fields,
    Layout,
    LetterColumn,
    Opinions,
    Table,
    Text,
)

LAYOUTS = (
    Layout(
        "补贴审核核定表",
        other_title=("approval_day", "granted_title"),
        before=(
            Fields(
                (
                    ("applicant_name",),
                    ("case_number", "credit_code"),
                    ("received_day", "course"),
                    ("occupation",),
                    ("platform", "provider"),
                    ("starts_day", "ends_day"),
                    ("course_hours", "fund"),
                    ("cost", "covered_heads"),
                )
            ),
        ),
        table=Table(
            "figures",
            (
                LetterColumn("item", 28, CENTRED),
                LetterColumn("heads", 14, FIGURE),
                LetterColumn("standard", 28, AMOUNT),
                LetterColumn("amount", 28, AMOUNT),
                LetterColumn("capitals", 72, SENTENCE),
            ),
            is_whole=True,
        ),
        after=(
            Text("shares", NOTE, optional=True),
            Text("reckoned", NOTE),
            Attachments(),
            Opinions(("first_review", "second_review", "approval"), height=19),
        ),
    ),
    Layout(
        "核减明细",
        title="deductions_title",
        is_attached=True,
        before=(Text("deductions_of", NOTE),),
        table=Table(
            "deductions",
            (
                LetterColumn("seq", 14, FIGURE),
                LetterColumn("code", 20, FIGURE),
                LetterColumn("reason", 58, SENTENCE),
                LetterColumn("clause", 22, CENTRED),
                LetterColumn("heads", 20, FIGURE),
                LetterColumn("amount", 36, AMOUNT),
            ),
            totals=("heads", "amount"),
        ),
        after=(Text("deductions_total", NOTE), Text("deductions_note", NOTE)),
        optional=True,
    ),
    Layout(
        "提示及答复",
        title="answers_title",
        is_attached=True,
        before=(Text("deductions_of", NOTE),),
        table=Table(
            "answers",
            (
                LetterColumn("seq", 14, FIGURE),
                LetterColumn("point", 96, SENTENCE),
                LetterColumn("answer", 60, SENTENCE),
            ),
        ),
        after=(Text("answers_note", NOTE),),
        optional=True,
    ),
)
