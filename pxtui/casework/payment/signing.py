"""What a signature under a batch of payments binds, and what its signer is told (notice 四(二)).

The signature keeps what was signed under seal and its hash. Handing over compares what would go out with that, so
that neither a slip nor a hand in the database comes between the signature and the bank.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from db.models import Act, Case, JournalEntry, PaymentBatch, PaymentLine, PaymentSignature
from pxtui.casework.claim.accounts import Account
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA
from pxtui.errors import Damaged
from pxtui.identifiers.text import canonical
from pxtui.policy.subsidy import yuan

Listed = Sequence[tuple[PaymentLine, Case]]

_SHOWN_DIGITS = 4
_FIELDS = {"payee": "户名", "bank": "开户银行", "account": "账号", "amount_fen": "金额"}
_HEAD = {"batch": "批次编号", "fund": "资金来源", "signed_on": "签发日期", "signed_by": "签发人"}
_TELLING_ACCOUNTS = (Act.PAYMENT_CORRECT, Act.CLAIM_PUT, Act.CASE_FILE, Act.CASE_AMEND, Act.CASE_IMPORT)
_TELLING = (
    *(Act.CASE_OBJECT, Act.CASE_DISMISS, Act.CASE_BOUNCE, Act.CASE_STOP_PAYMENT, Act.CASE_FIND_BOUNCED),
    *(Act.CASE_CORRECTION, Act.PAYMENT_CONFIRM_BOUNCE, Act.PAYMENT_CONTRADICT, Act.PAYMENT_RESOLVE),
)
"""What happened to a claim between its approval and its payment, beside its usual way."""


def masked(account: str) -> str:
    """An account as it may be shown: its last four digits."""
    return "*" * max(0, len(account) - _SHOWN_DIGITS) + account[-_SHOWN_DIGITS:]


def keep(context: Context, batch: PaymentBatch, named: str, listed: Listed) -> str:
    """Keep what is signed now; its SHA-256.

    Args:
        named: the number of the batch, which bears day and name of the signature.
        listed: what is to be paid.
    """
    content = json.dumps(_content(context, batch, named, listed), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    assert batch.signed_on is not None
    assert batch.signed_by is not None
    row = PaymentSignature(batch_id=batch.id, signed_on=batch.signed_on, signed_by=batch.signed_by, digest=digest)
    row.seal(context.vault, content=content)
    context.session.add(row)
    context.session.flush()
    return digest


def differences(context: Context, batch: PaymentBatch, named: str, listed: Listed) -> tuple[str, ...]:
    """In what that which would go to the bank now differs from what was signed, in Chinese; empty: in nothing."""
    of_batch = select(PaymentSignature).where(col(PaymentSignature.batch_id) == batch.id)
    row = context.session.exec(of_batch.order_by(col(PaymentSignature.id).desc())).first()
    if row is None:
        return ("没有留下签发的内容",)
    try:
        content = row.unseal(context.vault, "content")
    except Damaged:
        return ("签发的内容打不开",)
    if hashlib.sha256(content.encode()).hexdigest() != row.digest:
        return ("签发的内容与它的校验码不符",)
    return tuple(_differing(json.loads(content), _content(context, batch, named, listed)))


def changes_since_approval(context: Context, listed: Listed, today: date | None = None) -> tuple[str, ...]:
    """What became otherwise with claims and their accounts since they were approved, in Chinese, a sentence each.

    `today`: what happened on this day is told as of today, for a reader of this day alone.
    """
    return tuple(sentence for line, case in listed for sentence, _ in _changes(context, line, case, today))


def account_authors(context: Context, listed: Listed) -> frozenset[str]:
    """Who entered an account after the approval: the money goes where they said."""
    return frozenset(author for line, case in listed for _, author in _changes(context, line, case, None) if author)


def _content(context: Context, batch: PaymentBatch, named: str, listed: Listed) -> dict[str, Any]:
    """All that a signature binds; the keys are those that registers of years ago bear."""
    vault = context.vault
    return {
        "batch": named,
        "fund": batch.fund_code,
        "signed_on": str(batch.signed_on),
        "signed_by": batch.signed_by,
        "lines": {
            case.number: {
                "payee": line.account_name,
                "bank": line.bank_name,
                "account": line.unseal(vault, "account"),
                "amount_fen": line.amount_fen,
            }
            for line, case in listed
        },
    }


def _differing(signed: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for key, name in _HEAD.items():
        if signed[key] != now[key]:
            yield f"{name}签发时是{signed[key]}，现在是{now[key]}"
    for case, line in signed["lines"].items():
        if case not in now["lines"]:
            yield f"{case}签发时在清单里，现在不在"
            continue
        for key, name in _FIELDS.items():
            before, after = line[key], now["lines"][case][key]
            if before != after:
                yield f"{case}的{name}签发时是{_told(key, before)}，现在是{_told(key, after)}"
    for case in now["lines"]:
        if case not in signed["lines"]:
            yield f"{case}签发时不在清单里"


def _told(key: str, value: Any) -> str:
    if key == "account":
        return masked(value)
    return f"{yuan(value)}元" if key == "amount_fen" else str(value)


def _changes(context: Context, line: PaymentLine, case: Case, today: date | None) -> Iterator[tuple[str, str]]:
    """Sentences, and beside those about an account who entered it."""
    approved = context.session.exec(
        select(JournalEntry.id)
        .where(col(JournalEntry.case_id) == case.id, col(JournalEntry.action) == Act.CASE_APPROVE)
        .order_by(col(JournalEntry.id).desc())
    ).first()
    since = approved or 0
    known = Account()
    for entry in _entries(context, case):
        when = _when(entry, today)
        if entry.action in _TELLING and entry.id > since:
            yield f"{case.number} {when}{entry.staff_name}{entry.summary}", ""
        named = _account_in(journal.values(context, entry)[1]) if entry.action in _TELLING_ACCOUNTS else Account()
        if named.number and named != known:
            if entry.id > since:
                was = f"由{known.bank_name} {masked(known.number)}改为" if known.number else "登记为"
                sentence = f"{case.number} {when}{entry.staff_name}把账户{was}{named.bank_name} {masked(named.number)}"
                yield sentence, entry.staff_name
            known = named
    account = canonical(line.unseal(context.vault, "account"))
    if known.number and account != known.number:
        yield (
            f"{case.number}的账号{masked(account)}与办理记录里最后登记的{masked(known.number)}不同，查不到由谁改动",
            "",
        )


def _entries(context: Context, case: Case) -> Sequence[JournalEntry]:
    """What is told of a claim itself, and of the account of its applicant whatever case it came in with."""
    of_applicant = select(Case.id).where(col(Case.applicant_id) == case.applicant_id)
    about_accounts = col(JournalEntry.case_id).in_(of_applicant) & col(JournalEntry.action).in_(_TELLING_ACCOUNTS)
    about_claim = (col(JournalEntry.case_id) == case.id) & col(JournalEntry.action).in_(_TELLING)
    return context.session.exec(
        select(JournalEntry).where(about_accounts | about_claim).order_by(col(JournalEntry.id))
    ).all()


def _account_in(after: dict[str, Any]) -> Account:
    """The account that an entry of the journal tells; empty where it tells none."""
    if isinstance(of_claim := after.get("account"), dict):
        return Account(canonical(of_claim.get("bank_name") or ""), canonical(of_claim.get("number") or ""))
    of_filing = after.get("details") or {}
    bank_name = after.get("bank_name") or of_filing.get("bank_name") or ""
    return Account(canonical(bank_name), canonical(after.get("account") or of_filing.get("bank_account") or ""))


def _when(entry: JournalEntry, today: date | None) -> str:
    at = entry.at.astimezone(CHINA)
    return f"今天{at:%H:%M}" if at.date() == today else f"{at:%Y-%m-%d %H:%M}"
