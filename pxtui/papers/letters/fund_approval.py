"""资金审批表: what a payment batch takes from its fund, and what those say who let it go."""

from pxtui.papers.writing.letter import AMOUNT, CODE, FIGURE, NOTE, Fields, Layout, LetterColumn, Opinions, Table, Text

LAYOUTS = (
    Layout(
        "资金审批表",
        before=(
            Fields(
                (
                    ("batch_number", "prepared_day"),
                    ("fund", "fund_code"),
                    ("claims_count", "heads"),
                    ("amount", "free_before"),
                    ("capitals", "free_after"),
                )
            ),
        ),
        table=Table(
            "claims",
            (
                LetterColumn("seq", 10, FIGURE),
                LetterColumn("applicant_name", 36),
                LetterColumn("case_number", 38, CODE),
                LetterColumn("publicity", 25, CODE),
                LetterColumn("publicity_end", 25, CODE),
                LetterColumn("heads", 12, FIGURE),
                LetterColumn("amount", 24, AMOUNT),
            ),
            totals=("heads", "amount"),
        ),
        after=(
            Text("total", NOTE),
            Text("basis", NOTE),
            Opinions(("prepared", "reviewed", "section", "deputy", "head"), height=11),
        ),
    ),
)
