"""资金审批表: what a payment batch takes from its fund, and what those say who let it go."""

from dataclasses import replace

from pxtui.papers.writing.letter import AMOUNT, CODE, FIGURE, NOTE, Fields, Layout, LetterColumn, Opinions, Table, Text

_SHEET = Layout(
    "资金审批表",
    before=(
        Fields(
            (
                ("batch_number", "prepared_day"),
                ("fund", "fund_code"),
                ("claims_count", "heads"),
                ("amount",),
                ("capitals",),
                ("free_before", "free_after"),
            )
        ),
    ),
    table=Table(
        "claims",
        (
            # As the fields above them are parted.
            LetterColumn("seq", 10, FIGURE),
            LetterColumn("publicity", 25, CODE),
            LetterColumn("applicant_name", 45.8),
            LetterColumn("case_number", 32.8, CODE),
            LetterColumn("publicity_end", 21.9, CODE),
            LetterColumn("heads", 12, FIGURE),
            LetterColumn("amount", 22.5, AMOUNT),
        ),
        size=9,
        totals=("heads", "amount"),
    ),
)
_TOTAL = (Text("total", NOTE), Text("basis", NOTE))
_OPINIONS = Opinions(("prepared", "reviewed", "section", "deputy", "head"), height=11)

LAYOUTS = (
    replace(_SHEET, after=(*_TOTAL, _OPINIONS), only=("answered_day", False)),
    # What the bank has answered is approved by nobody any more.
    replace(_SHEET, after=(*_TOTAL, Text("after_answer", NOTE)), only=("answered_day", True)),
)
