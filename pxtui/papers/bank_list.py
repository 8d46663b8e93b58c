"""拨付清单 for the bank, and the same list as it comes back with what became of each payment."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pxtui.identifiers.text import canonical
from pxtui.papers.reading.listing import Listed, ListForm, Unreadable, day_in, fen_in, needed_text, read_list
from pxtui.papers.writing import sheet
from pxtui.papers.writing.letter import CENTRED, CODE, FIGURE, LANDSCAPE, NOTE, TITLE, WORDS, LetterColumn
from pxtui.papers.writing.sheet import FIGURES, HEADER, Cell, SheetRow
from pxtui.papers.writing.sheet_writer import written
from pxtui.papers.writing.wording import Money

_MONEY = replace(FIGURES, horizontal="right", number_format="0.00")
_VERSION_CHARACTERS = 8
_COLUMNS = (
    ("序号", LetterColumn("seq", 10, FIGURE)),
    ("案件编号", LetterColumn("case_number", 30, CODE)),
    ("户名", LetterColumn("account_name", 46, WORDS)),
    ("账号", LetterColumn("account", 44, CODE)),
    ("开户银行", LetterColumn("bank_name", 42, WORDS)),
    ("金额（元）", LetterColumn("amount", 24, _MONEY)),
    ("结果", LetterColumn("outcome", 18, CENTRED)),
    ("流水号", LetterColumn("reference", 25, CODE)),
    ("退票原因", LetterColumn("reason", 22, WORDS)),
)
_SYNONYMS = {
    "case_number": "案件编号 编号 开班备案号 备案号 案号 附言 用途",
    "amount": "金额(元) 金额 拨付金额 拨付金额(元) 交易金额 付款金额",
    "outcome": "结果 处理结果 交易结果 支付结果 状态 交易状态 处理状态",
    "account": "账号 收款账号 收款人账号 对方账号",
    "reference": "流水号 交易流水号 凭证号 付款凭证号 回单号 银行流水号",
    "reason": "退票原因 失败原因 原因 备注 退回原因",
    "day": "日期 付款日期 交易日期 到账日期 处理日期",
}
# Statements of banks have these besides the columns that say it plainly.
_WEAK_WORDS = frozenset(["编号", "附言", "用途", "金额", "状态", "账号", "凭证号", "原因", "备注", "日期"])
_OUTCOMES = {
    True: "成功 已付 已支付 已拨付 支付成功 付款成功 交易成功 已入账 已到账 入账成功",
    False: "失败 退票 退回 退汇 支付失败 付款失败 交易失败 已退回 已退票 未到账",
}
_IS_PAID = {word: is_paid for is_paid, words in _OUTCOMES.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class BankLine:
    """A payment as the bank is told of it."""

    case_number: str
    account_name: str
    account: str
    bank_name: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """Answer of the bank: what became of a payment."""

    case_number: str
    amount_fen: int
    is_paid: bool
    reference: str
    """The bank's number of a payment that arrived, or its reason for one that did not."""
    account: str = ""
    """Empty: the answer does not say."""
    day: date | None = None
    """None: the answer does not say."""


def bank_list(number: str, fund: str, total: str, lines: Sequence[BankLine], chain_head: str = "") -> bytes:
    """The workbook for the bank, account numbers in full; its last columns are for the bank's answer.

    Args:
        total: the sum, in words for people.
        chain_head: of the register's chain, printed beside the version; empty: none.
    """
    version = hashlib.sha256(repr(lines).encode()).hexdigest()[:_VERSION_CHARACTERS].upper()
    widths = tuple(column.width for _, column in _COLUMNS)
    everywhere = len(widths)
    head = (SheetRow(9, tuple(Cell(label, HEADER) for label, _ in _COLUMNS)),)
    rows = [
        (
            seq,
            line.case_number,
            line.account_name,
            line.account,
            line.bank_name,
            Money(line.amount_fen).yuan,
            "",
            "",
            "",
        )
        for seq, line in enumerate(lines, start=1)
    ]
    return written(
        sheet.letter(
            name="拨付清单",
            page=LANDSCAPE,
            widths=widths,
            lead=(
                SheetRow(14, (Cell("线上职业技能培训补贴拨付清单", TITLE, everywhere),)),
                SheetRow(8, (Cell(f"拨付批次：{number}　　资金来源：{fund}　　{total}", NOTE, everywhere),)),
            ),
            head=head,
            looks=[column.look for _, column in _COLUMNS],
            lines=rows,
            foot=(
                SheetRow(8, (Cell("办理后请填写结果（成功或退票）、流水号、退票原因，原样交回。", NOTE, everywhere),)),
            ),
            version=f"{version} 链{chain_head}" if chain_head else version,
            number=number,
            line_height=10.5,
        )
    )


def read_bank_answers(path: Path) -> Listed[BankAnswer]:
    """Read the bank's answer: our list filled in, or the bank's own with columns by these names.

    Raises:
        PxtuiError: no table, or a column is missing without which nothing can be taken.
    """
    needed = {"case_number": "案件编号", "amount": "金额", "outcome": "结果"}
    return read_list(path, ListForm(_SYNONYMS, needed, "、流水号、退票原因", _answer, _WEAK_WORDS))


def _answer(texts: Mapping[str, str]) -> BankAnswer:
    amount_fen = fen_in(texts, "amount")
    if amount_fen is None:
        raise Unreadable("amount", "没有金额，请照拨付清单补填。")
    word = canonical(needed_text(texts, "outcome", "结果"))
    if word not in _IS_PAID:
        raise Unreadable("outcome", f"“{texts['outcome']}”不是办理结果，请写成功或退票。")
    is_paid = _IS_PAID[word]
    reference = texts.get("reference" if is_paid else "reason", "")
    if not reference:
        blank = "reference" if is_paid else "reason"
        what = "流水号" if is_paid else "退票原因"
        raise Unreadable(blank if blank in texts else "outcome", f"结果是“{texts['outcome']}”而没有{what}，请补填。")
    return BankAnswer(
        needed_text(texts, "case_number", "案件编号"),
        amount_fen,
        is_paid,
        reference,
        canonical(texts.get("account", "")),
        day_in(texts, "day"),
    )
