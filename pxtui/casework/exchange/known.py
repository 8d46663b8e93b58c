"""What other offices have told, as the check of a case takes it: with the office and its case number as source."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import or_
from sqlmodel import col, select

from db.models import Case, ExchangedTraining, ExchangedVoucher
from pxtui.casework.lifecycle.moves import OPENING_GRANTED
from pxtui.casework.office.context import Context
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.identifiers.text import canonical_code, same
from pxtui.identifiers.voucher_number import tail_of, voucher_key
from pxtui.policy import facts
from pxtui.policy.facts import PastTraining, Voucher, VoucherUse
from pxtui.policy.parameters import bodies

_KEYS_A_QUERY = 500


def trainings(context: Context, case: Case, id_numbers: Iterable[str]) -> list[PastTraining]:
    """The trainings of these people in cases of other offices that count against a case.

    Of two classes whose people are the same the office that approved first goes on: what another one holds later than
    this case's approval counts once it is paid. The opening from which this claim comes is no other training.
    """
    vault = context.vault
    numbers = {vault.look_up_key(ID_NUMBER, key): typed for typed in id_numbers if (key := canonical_code(typed))}
    keys = sorted(numbers)
    found: list[PastTraining] = []
    for start in range(0, len(keys), _KEYS_A_QUERY):
        rows = context.session.exec(
            select(ExchangedTraining)
            .where(col(ExchangedTraining.id_key).in_(keys[start : start + _KEYS_A_QUERY]))
            .where(col(ExchangedTraining.struck) == "")
        )
        found.extend(counting(context, case, rows, numbers))
    return found


def counting(
    context: Context, case: Case, rows: Iterable[ExchangedTraining], numbers: Mapping[bytes, str]
) -> list[PastTraining]:
    """Of trainings that other offices told, those of a case's people that count against it; see `trainings`.

    Args:
        numbers: the people's ID numbers by their look-up keys.
    """
    return [
        _past_training(context, row, numbers[row.id_key])
        for row in rows
        if row.id_key in numbers and not _is_opening_of(row, case) and not _gives_way(row, case)
    ]


def voucher_uses(context: Context, case: Case, entered: Sequence[Voucher]) -> tuple[VoucherUse, ...]:
    """The vouchers in claims at other offices that are, or may be, one of a case's own: claimed there no later than
    here, or paid there.
    """
    typed = {voucher_key(voucher.number): voucher.number for voucher in entered}
    typed.pop("", None)
    tails = set(map(tail_of, typed)) - {""}
    claimed_on = case.claim_received_on or case.ends_on
    keys = sorted(typed)
    uses: dict[VoucherUse, None] = {}
    for start in range(0, len(keys), _KEYS_A_QUERY):
        chunk = keys[start : start + _KEYS_A_QUERY]
        alike = or_(
            col(ExchangedVoucher.number_key).in_(chunk),
            col(ExchangedVoucher.number_tail).in_(sorted(tails & set(map(tail_of, chunk)))),
        )
        for row in context.session.exec(select(ExchangedVoucher).where(alike, col(ExchangedVoucher.struck) == "")):
            if row.paid or row.claimed_on <= claimed_on:
                number = typed.get(row.number_key, row.number)
                uses[VoucherUse(number, source(context, row.office_code, row.case_number))] = None
    return tuple(uses)


def source(context: Context, office_code: str, case_number: str) -> str:
    """An office and its case as a finding names them: `仁和区 线培〔2020〕RH-0017`."""
    return f"{office_name(context, office_code)} {case_number}"


def office_name(context: Context, code: str) -> str:
    """The short name of an office; its code where the notices in force know none such."""
    office = context.rulebook.latest.offices.get(code) or bodies().get(code)
    return office.short_name if office else code


def _is_opening_of(row: ExchangedTraining, case: Case) -> bool:
    is_same = row.starts_on == case.starts_on and row.level == case.level and same(row.occupation, case.occupation)
    return is_same and not row.by_claim and row.office_code == case.opened_by


def _gives_way(row: ExchangedTraining, case: Case) -> bool:
    approved_on = case.opening_decided_on if case.stage in OPENING_GRANTED else None
    return not row.paid and approved_on is not None and row.held_since > approved_on


def _past_training(context: Context, row: ExchangedTraining, number: str) -> PastTraining:
    return PastTraining(
        id_number=number,
        occupation=row.occupation,
        level=facts.Level(row.level) if row.level else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        delivery=facts.Delivery.ONLINE,
        subsidised=True,
        paid=row.paid,
        source=source(context, row.office_code, row.case_number),
    )
