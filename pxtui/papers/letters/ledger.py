"""日报 and 月报: what was done with each case, the money day by day, sums, and the balances of the funds."""

from dataclasses import replace

from pxtui.papers.writing.letter import (
    AMOUNT,
    CENTRED,
    CODE,
    FIGURE,
    LANDSCAPE,
    NOTE,
    SENTENCE,
    Layout,
    LetterColumn,
    Table,
    Text,
)

_CASES = Table(
    "cases",
    (
        LetterColumn("seq", 9, FIGURE),
        LetterColumn("case_number", 31, CODE),
        LetterColumn("applicant_name", 30.2),
        LetterColumn("office", 19, CENTRED),
        LetterColumn("trade", 20.7),
        LetterColumn("size", 15, CENTRED),
        LetterColumn("received", 15, CODE),
        LetterColumn("opening", 16, CENTRED),
        LetterColumn("claimed", 15, CODE),
        LetterColumn("claim", 16, CENTRED),
        LetterColumn("returned", 9, FIGURE),
        LetterColumn("others", 33.4, SENTENCE),
        LetterColumn("heads", 10, FIGURE),
        LetterColumn("amount", 21.7, AMOUNT),
    ),
    size=9,
    totals=("returned", "heads", "amount"),
)
_MONEY = Table(
    "money",
    (
        LetterColumn("seq", 9, FIGURE),
        LetterColumn("entered", 15, CODE),
        LetterColumn("case_number", 31, CODE),
        LetterColumn("applicant_name", 30.2),
        LetterColumn("event", 19, CENTRED),
        LetterColumn("batch_number", 26, CODE),
        LetterColumn("published", 20, AMOUNT),
        LetterColumn("paid", 20, AMOUNT),
        LetterColumn("bounced", 18, AMOUNT),
        LetterColumn("recovered", 18, AMOUNT),
        LetterColumn("fund", 15, CODE),
        LetterColumn("bank_entry", 15, CODE),
        LetterColumn("reference", 32.8, SENTENCE),
    ),
    size=9,
    totals=("published", "paid", "bounced", "recovered"),
)
_SUMS = Table(
    "sums",
    (
        LetterColumn("group", 26.2, CENTRED),
        LetterColumn("name", 30.8),
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
