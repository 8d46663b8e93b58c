"""The claim: what the training cost, who paid whom, and what shows that it took place (notice 四(二))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, delete, select

from db import history as archive_history
from db.about import about_cases, about_one_case, hold_vouchers
from db.models import Act, Case, DayOf
from db.models import Voucher as VoucherRow
from pxtui.casework.claim import accounts, deductions_by_hand
from pxtui.casework.claim.accounts import NO_ACCOUNT, Account
from pxtui.casework.lifecycle import stated_days
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.identifiers.day import require_possible_year
from pxtui.identifiers.voucher_number import tail_of, voucher_key
from pxtui.policy import codec
from pxtui.policy.facts import ApplicationKind, Evidence, Material, Voucher, VoucherUse

_Vouchers = tuple[Voucher, ...]


@dataclass(frozen=True, slots=True)
class ClaimFiling:
    """An application for the subsidy, without its roster and vouchers."""

    received_on: date
    materials: frozenset[Material]
    evidence: frozenset[Evidence]
    purchased_heads: int | None
    asked_total_fen: int | None = None
    """What the applicant's Attachment 3 asks for; None: not keyed."""
    account: Account = NO_ACCOUNT
    """The applicant's, as Attachment 3 tells it; empty: not told, what is on file stays."""


def claim_filing(context: Context, number: str) -> ClaimFiling:
    """The claim as it is filed."""
    return _filing_of(context, find(context, number))


@about_cases
def put_claim(context: Context, number: str, filing: ClaimFiling, day_reason: str = "") -> None:
    """Store what was handed in for the claim.

    Args:
        day_reason: why it was not entered on the day of its receipt; empty where it was or that day stays.

    Raises:
        PxtuiError: the claim is not begun or is decided, the account is not the one on file, or the day of receipt has
            not come, or is past and no reason is given.
    """
    case = find(context, number)
    require_stage(case, CLAIM_ENTRY, "改动补贴申请")
    before = _filing_of(context, case)
    received_before = case.claim_received_on
    stated_days.state(context, case, DayOf.CLAIM_RECEIVED, filing.received_on, day_reason, before=received_before)
    accounts.enter(context, case, filing.account)
    case.claim_received_on = filing.received_on
    case.claim_materials = tuple(sorted(filing.materials))
    case.evidence = tuple(sorted(filing.evidence))
    case.purchased_heads = filing.purchased_heads
    case.asked_total_fen = filing.asked_total_fen
    context.session.add(case)
    journal.record(context, case, Act.CLAIM_PUT, "改动补贴申请", before=_values(before), after=_values(filing))


def vouchers(context: Context, case: Case) -> tuple[Voucher, ...]:
    """The vouchers of a case in their order."""
    rows = context.session.exec(
        select(VoucherRow).where(col(VoucherRow.case_id) == case.id).order_by(col(VoucherRow.position))
    )
    return tuple(Voucher(row.number, row.issued_on, row.payer, row.payee, row.amount_fen) for row in rows)


def vouchers_of(context: Context, number: str) -> tuple[Voucher, ...]:
    """The vouchers of the case with this number."""
    return vouchers(context, find(context, number))


@about_one_case
def replace_vouchers(context: Context, number: str, entered: Sequence[Voucher]) -> None:
    """Put `entered` in the place of the claim's vouchers.

    Raises:
        PxtuiError: the claim is not begun or is decided.
    """
    case = find(context, number)
    require_stage(case, CLAIM_ENTRY, "改动凭证")
    before = vouchers(context, case)
    if tuple(entered) == before:
        return
    context.session.exec(delete(VoucherRow).where(col(VoucherRow.case_id) == case.id))
    enter_vouchers(context, case, entered)
    journal.record(
        context,
        case,
        Act.CLAIM_VOUCHERS,
        f"凭证由{len(before)}张改为{len(entered)}张",
        before={"vouchers": codec.dump(_Vouchers, before)},
        after={"vouchers": codec.dump(_Vouchers, tuple(entered))},
    )


def release_vouchers(context: Context, case: Case, summary: str) -> None:
    """Take the vouchers out of a case, so that they are free for another one; with the journal's `summary`."""
    before = vouchers(context, case)
    if not before:
        return
    context.session.exec(delete(VoucherRow).where(col(VoucherRow.case_id) == case.id))
    values = {"vouchers": codec.dump(_Vouchers, before)}
    journal.record(context, case, Act.CLAIM_VOUCHERS, summary, before=values, after={"vouchers": []})


def take_back(context: Context, case: Case) -> None:
    """Clear what a claim consists of, so that it can be begun anew and its vouchers are free again."""
    roster_edits.clear(context, case, ApplicationKind.CLAIM)
    context.session.exec(delete(VoucherRow).where(col(VoucherRow.case_id) == case.id))
    deductions_by_hand.clear(context, case)
    case.claim_received_on = None
    stated_days.forget(context, case, DayOf.CLAIM_RECEIVED)
    case.claim_materials = case.evidence = ()
    case.purchased_heads = case.asked_total_fen = case.claimed_total_fen = case.checked_total_fen = None


def enter_vouchers(context: Context, case: Case, entered: Sequence[Voucher]) -> None:
    """Write vouchers where none stand yet.

    Raises:
        PxtuiError: the year of one cannot be meant.
    """
    for voucher in entered:
        require_possible_year(f"凭证{voucher.number or '（无号码）'}的开具日期", voucher.issued_on, context.today)
    keys = [voucher_key(voucher.number) for voucher in entered]
    # Which of two cases has keyed one first decides: whoever decides just now is waited for.
    hold_vouchers(context.session, ((key, tail_of(key)) for key in keys if key))
    context.session.add_all(
        VoucherRow(
            case_id=case.id,
            position=position,
            number=voucher.number,
            number_key=key,
            number_tail=tail_of(key),
            issued_on=voucher.issued_on,
            payer=voucher.payer,
            payee=voucher.payee,
            amount_fen=voucher.amount_fen,
        )
        for position, (voucher, key) in enumerate(zip(entered, keys, strict=True))
    )
    context.session.flush()


def used_elsewhere(
    context: Context, case: Case, entered: Sequence[Voucher]
) -> tuple[tuple[str, ...], tuple[VoucherUse, ...]]:
    """Of the numbers that may be one of its vouchers those that other cases claimed before this one, and where."""
    # The numbers go back as typed: the rules make keys of them themselves, and twice is not always once.
    typed = {voucher_key(voucher.number): voucher.number for voucher in entered}
    known = archive_history.where_vouchers_are_used(context.session, typed, except_case=case.id)
    alike = archive_history.vouchers_that_end_alike(context.session, set(map(tail_of, typed)), except_case=case.id)
    found = {key: number for key, number in alike.items() if key not in typed} | {key: typed[key] for key in known}
    uses = tuple(VoucherUse(typed[key], source) for key, source in sorted(known.items()))
    return tuple(found[key] for key in sorted(found)), uses


def _filing_of(context: Context, case: Case) -> ClaimFiling:
    return ClaimFiling(
        received_on=case.claim_received_on or context.today,
        materials=frozenset(map(Material, case.claim_materials)),
        evidence=frozenset(map(Evidence, case.evidence)),
        purchased_heads=case.purchased_heads,
        asked_total_fen=case.asked_total_fen,
        account=accounts.account_of(context, case),
    )


def _values(filing: ClaimFiling) -> dict[str, Any]:
    values: dict[str, Any] = codec.dump(ClaimFiling, filing)
    return values
