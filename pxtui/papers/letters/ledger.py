"""日报 and 月报: what was done with each case, the money day by day, sums, and the balances of the funds."""

from dataclasses import replace

from pxtui.papers.writing.letter import (
    AMOUNT,
    CENTRED,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    Layout,
    LetterColumn,
    Table,
    Text,
)

_CASES = Table(
    "cases",
    (
        LetterColumn("seq", 9, FIGURE),
        LetterColumn("case_number", 36, CODE),
        LetterColumn("applicant_name", 30),
        LetterColumn("office", 21, CENTRED),
        LetterColumn("trade", 19),
        LetterColumn("size", 12, CENTRED),
        LetterColumn("received", 18, CODE),
        LetterColumn("opening", 19, CENTRED),
        LetterColumn("claimed", 18, CODE),
        LetterColumn("claim", 19, CENTRED),
        LetterColumn("returned", 9, FIGURE),
        LetterColumn("others", 22),
        LetterColumn("heads", 9, FIGURE),
        LetterColumn("amount", 20, AMOUNT),
    ),
    totals=("returned", "heads", "amount"),
)
_MONEY = Table(
    "money",
    (
        LetterColumn("seq", 9, FIGURE),
        LetterColumn("entered", 18, CODE),
        LetterColumn("case_number", 36, CODE),
        LetterColumn("applicant_name", 26),
        LetterColumn("event", 21, CENTRED),
        LetterColumn("batch_number", 28, CODE),
        LetterColumn("published", 18, AMOUNT),
        LetterColumn("paid", 18, AMOUNT),
        LetterColumn("bounced", 18, AMOUNT),
        LetterColumn("recovered", 18, AMOUNT),
        LetterColumn("fund", 15, CODE),
        LetterColumn("bank_entry", 18, CODE),
        LetterColumn("reference", 26),
    ),
    totals=("published", "paid", "bounced", "recovered"),
)
_SUMS = Table(
    "sums",
    (
        LetterColumn("group", 27, CENTRED),
        LetterColumn("name", 30),
        LetterColumn("cases", 11, FIGURE),
        LetterColumn("received", 12, FIGURE),
        LetterColumn("opened", 12, FIGURE),
        LetterColumn("opening_refused", 12, FIGURE),
        LetterColumn("claimed", 12, FIGURE),
        LetterColumn("granted", 12, FIGURE),
        LetterColumn("claim_refused", 12, FIGURE),
        LetterColumn("returned", 11, FIGURE),
        LetterColumn("withdrawn", 11, FIGURE),
        LetterColumn("heads", 12, FIGURE),
        LetterColumn("amount", 22, AMOUNT),
        LetterColumn("paid", 22, AMOUNT),
        LetterColumn("bounced", 21, AMOUNT),
        LetterColumn("recovered", 22, AMOUNT),
    ),
)
_FUNDS = Table(
    "funds",
    (
        LetterColumn("name", 51),
        LetterColumn("code", 22, CODE),
        LetterColumn("opening", 24, AMOUNT),
        LetterColumn("added", 23, AMOUNT),
        LetterColumn("paid", 24, AMOUNT),
        LetterColumn("bounced", 22, AMOUNT),
        LetterColumn("recovered", 23, AMOUNT),
        LetterColumn("closing", 24, AMOUNT),
        LetterColumn("on_its_way", 24, AMOUNT),
        LetterColumn("free", 24, AMOUNT),
    ),
)
_WIDE = replace(LANDSCAPE, side_margin=14)
_PERIOD = (Text("period", NOTE),)
_SIGNATURES = Text("signatures", NOTE)

LAYOUTS = (
    Layout(
        "明细",
        before=_PERIOD,
        table=_CASES,
        after=(Text("total", NOTE), Text("money_total", NOTE), _SIGNATURES),
        page=LANDSCAPE,
    ),
    Layout(
        "资金明细",
        before=_PERIOD,
        table=_MONEY,
        after=(Text("money_total", NOTE), Text("counted", NOTE), _SIGNATURES),
        page=_WIDE,
        title="money_title",
        optional=True,
    ),
    Layout(
        "汇总",
        before=_PERIOD,
        table=_SUMS,
        after=(_SIGNATURES,),
        page=LANDSCAPE,
        title="sums_title",
    ),
    Layout(
        "资金来源",
        before=_PERIOD,
        table=_FUNDS,
        after=(Text("balances", NOTE), _SIGNATURES),
        page=LANDSCAPE,
        title="funds_title",
        optional=True,
    ),
)
