"""What a signature under a batch of payments binds, and what its signer is told (notice 四(二)).

The signature keeps what was signed under seal and its hash. Handing over compares what would go out with that, so
that neither a slip nor a hand in the database comes between the signature and the bank.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import union_all
from sqlmodel import col, select

from db.models import Act, Case, CorrectedField, JournalEntry, PaymentBatch, PaymentLine, PaymentSignature
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA
from pxtui.errors import Damaged
from pxtui.identifiers.text import canonical, same
from pxtui.policy.subsidy import yuan

Listed = Sequence[tuple[PaymentLine, Case]]

_SHOWN_DIGITS = 4
_FIELDS = {"payee": "户名", "bank": "开户银行", "account": "账号", "amount_fen": "金额"}
_HEAD = {"batch": "批次编号", "fund": "资金来源", "signed_on": "签发日期", "signed_by": "签发人"}
_ABOUT_ACCOUNTS = (
    *(Act.PAYMENT_CORRECT, Act.CLAIM_PUT, Act.CASE_FILE, Act.CASE_AMEND, Act.CASE_IMPORT),
    Act.CASE_CORRECTION,
)
"""What tells an account or whose it is."""
_TELLING = (
    *(Act.CASE_OBJECT, Act.CASE_DISMISS, Act.CASE_BOUNCE, Act.CASE_STOP_PAYMENT, Act.CASE_FIND_BOUNCED),
    *(Act.CASE_CORRECTION, Act.PAYMENT_CONFIRM_BOUNCE, Act.PAYMENT_CONTRADICT, Act.PAYMENT_RESOLVE),
)
"""What happened to a claim between its approval and its payment, beside its usual way."""
_WHOSE = {CorrectedField.APPLICANT_NAME.value: "户名", CorrectedField.CREDIT_CODE.value: ""}
"""The fields whose correction says whose account it is, and what they are called on a payment."""


class _Payee(NamedTuple):
    """Whose account it is, where, and its number; empty: not known."""

    holder: str = ""
    bank_name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What became otherwise with a claim or its account since it was approved."""

    case: str
    what: str
    """In Chinese, without a full stop."""
    at: datetime | None = None
    """None: nobody knows."""
    staff_name: str = ""
    account_by: str = ""
    """Who said where the money goes or whose account it is; empty: the change says nothing of that."""

    def sentence(self, today: date | None = None) -> str:
        """What happened when; what happened on this day is told as of today, for a reader of this day alone."""
        if self.at is None:
            return f"{self.case}的{self.what}"
        at = self.at.astimezone(CHINA)
        when = f"今天{at:%H:%M}" if at.date() == today else f"{at:%Y-%m-%d %H:%M}"
        return f"{self.case} {when}{self.staff_name}{self.what}"


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


def changes_since_approval(context: Context, listed: Listed) -> tuple[Change, ...]:
    """What became otherwise with claims and their accounts since they were approved, the oldest of a claim first."""
    return tuple(change for line, case in listed for change in _changes(context, line, case))


def account_authors(changes: Sequence[Change]) -> frozenset[str]:
    """Who said after the approval where the money goes, or whose account that is."""
    return frozenset(change.account_by for change in changes if change.account_by)


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


def _changes(context: Context, line: PaymentLine, case: Case) -> Iterator[Change]:
    approved = context.session.exec(
        select(JournalEntry.id)
        .where(col(JournalEntry.case_id) == case.id, col(JournalEntry.action) == Act.CASE_APPROVE)
        .order_by(col(JournalEntry.id).desc())
    ).first()
    known = _Payee()
    proposed_by: dict[int | None, str] = {}
    for entry in _entries(context, case):
        if entry.action == Act.CASE_CORRECTION_PROPOSE:
            proposed_by[entry.case_id] = entry.staff_name
        author = entry.staff_name
        if entry.action in (Act.CASE_CORRECTION, Act.CASE_CORRECTION_DROP):
            # Whoever agrees to a correction has entered nothing.
            author = proposed_by.pop(entry.case_id, author)
        before, after = journal.values(context, entry) if entry.action in _ABOUT_ACCOUNTS else ({}, {})
        named = _payee_in(before, after, known)
        if entry.id > (approved or 0):
            change = Change(case.number, entry.summary, entry.at, entry.staff_name)
            if identity := _identity(before, after) if entry.case_id == case.id else "":
                yield replace(change, what=f"{entry.summary}，{identity}", account_by=author)
            else:
                if entry.action in _TELLING and entry.case_id == case.id:
                    yield change
                if named.number and named != known:
                    yield replace(change, what=_account_told(known, named), account_by=author)
        known = named
    account = canonical(line.unseal(context.vault, "account"))
    if known.number and account != known.number:
        what = f"账号{masked(account)}与办理记录里最后登记的{masked(known.number)}不同，查不到由谁改动"
        yield Change(case.number, what)
    if not same(line.account_name, case.applicant_name):
        yield Change(case.number, f"户名{line.account_name}与申请单位{case.applicant_name}不同，查不到由谁改动")


def _entries(context: Context, case: Case) -> Sequence[JournalEntry]:
    """What is told of a claim itself, and of the account of its applicant whatever case it came in with."""
    of_applicant = select(Case.id).where(col(Case.applicant_id) == case.applicant_id)
    telling = (*_ABOUT_ACCOUNTS, Act.CASE_CORRECTION_PROPOSE, Act.CASE_CORRECTION_DROP)
    about_accounts = (col(JournalEntry.case_id).in_(of_applicant), col(JournalEntry.action).in_(telling))
    about_claim = (col(JournalEntry.case_id) == case.id, col(JournalEntry.action).in_(_TELLING))
    # Each by its index: where one of both must hold, PostgreSQL walks the whole journal.
    told = union_all(*(select(JournalEntry.id).where(*wanted) for wanted in (about_accounts, about_claim)))
    entries = select(JournalEntry).where(col(JournalEntry.id).in_(told))
    return context.session.exec(entries.order_by(col(JournalEntry.id))).all()


def _payee_in(before: Mapping[str, Any], after: Mapping[str, Any], known: _Payee) -> _Payee:
    """The account behind an entry of the journal: what the entry does not tell is as it was known."""
    if isinstance(of_claim := after.get("account"), dict):
        return _filled("", of_claim.get("bank_name"), of_claim.get("number"), known)
    renamed = CorrectedField.APPLICANT_NAME.value
    if renamed in after:
        # The name of another case of the applicant may be put right without being that of the account.
        return _filled(after[renamed] if same(before[renamed], known.holder) else "", "", "", known)
    details = after.get("details") or {}
    holder = after.get("account_name") or (after.get("applicant") or {}).get("name")
    bank_name = after.get("bank_name") or details.get("bank_name")
    return _filled(holder, bank_name, after.get("account") or details.get("bank_account"), known)


def _filled(holder: str | None, bank_name: str | None, number: str | None, known: _Payee) -> _Payee:
    """An account as an entry tells it; bank and number go together."""
    kept = canonical(holder) or known.holder
    if not canonical(number):
        return known._replace(holder=kept)
    return _Payee(kept, canonical(bank_name), canonical(number))


def _identity(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """How a correction of the claim itself says otherwise whose account it is, in Chinese; empty: it does not."""
    return next((f"{name}由{before[code]}改为{after[code]}" for code, name in _WHOSE.items() if code in after), "")


def _account_told(known: _Payee, named: _Payee) -> str:
    now = f"{named.bank_name} {masked(named.number)}"
    if named[1:] == known[1:]:
        return f"把户名由{known.holder}改为{named.holder}（{now}）"
    if known.holder in ("", named.holder):
        was = f"由{known.bank_name} {masked(known.number)}改为" if known.number else "登记为"
        return f"把账户{was}{now}"
    was = f"由{known.holder} {known.bank_name} {masked(known.number)}改为" if known.number else "登记为"
    return f"把账户{was}{named.holder} {now}"
