"""What a bundle tells of other trainings and used vouchers: it counts for its own case until an office confirms it."""

from collections.abc import Iterable

from sqlmodel import col, delete, select

from db.models import Act, BundleTraining, BundleVoucher, Case, UsedVoucher, Voucher
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.people import past_trainings
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.errors import NotFound, Refused
from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical_code
from pxtui.identifiers.voucher_number import tail_of, voucher_key
from pxtui.policy import facts
from pxtui.policy.bundle import SOURCE
from pxtui.policy.facts import Application, PastTraining, VoucherUse


def keep(context: Context, case: Case, application: Application) -> None:
    """Enter what the bundle of a case tells; what bears no ID number is nobody's and is left out.

    Raises:
        PxtuiError: the year of a training cannot be meant.
    """
    vault = context.vault
    past_trainings.require_possible_years(context, application.history)
    for training in application.history:
        number = id_number.with_century(training.id_number)
        if not number:
            continue
        row = BundleTraining(
            case_id=case.id,
            id_key=vault.look_up_key(ID_NUMBER, number),
            occupation=training.occupation,
            level=training.level and training.level.value,
            starts_on=training.starts_on,
            ends_on=training.ends_on,
            delivery=training.delivery.value,
            subsidised=training.subsidised,
            paid=training.paid,
        )
        row.seal(vault, id_number=training.id_number)
        context.session.add(row)
    used = [number for number in application.vouchers_used if voucher_key(number)]
    context.session.add_all(BundleVoucher(case_id=case.id, number=number) for number in used)
    context.session.flush()


def trainings(context: Context, case: Case, id_numbers: Iterable[str]) -> list[PastTraining]:
    """The other trainings that the case's own bundle tells of these people."""
    vault = context.vault
    # What is found carries the number as it was asked for: the rules make it canonical themselves.
    numbers = {vault.look_up_key(ID_NUMBER, key): typed for typed in id_numbers if (key := canonical_code(typed))}
    return [past_training(row, numbers[row.id_key]) for row in _trainings_of(context, case) if row.id_key in numbers]


def voucher_uses(context: Context, case: Case) -> tuple[VoucherUse, ...]:
    """The vouchers that the case's own bundle tells to be used."""
    return tuple(VoucherUse(row.number, SOURCE) for row in _vouchers_of(context, case))


def confirm(context: Context, number: str, reason: str) -> tuple[int, int]:
    """Let what the bundle of a case tells count for all cases; how many trainings and vouchers were new.

    Args:
        reason: how the office made sure, in the clerk's words.

    Raises:
        PxtuiError: there is nothing to confirm, no reason is given, or it is not for this person.
    """
    duties.require_role(context, Act.HISTORY_CONFIRM)
    if not reason.strip():
        raise Refused("确认案件包所述须写明依据，请填写后再试。")
    case = find(context, number)
    if case.stage is Stage.VOIDED:
        raise Refused(f"{case.number}已作废，它的案件包所述不再确认。")
    trainings, used = _trainings_of(context, case), _vouchers_of(context, case)
    if not trainings and not used:
        raise NotFound(f"案件{case.number}的案件包没有待确认的以往培训和已用凭证，请核对编号。")
    source = f"{case.display_number}案件包"
    vault = context.vault
    known = [past_training(row, row.unseal(vault, "id_number")) for row in trainings]
    trainings_added = past_trainings.insert_missing(context, known, source=source)
    vouchers_added = _know_used(context, case, [row.number for row in used], source)
    for table in (BundleTraining, BundleVoucher):
        context.session.exec(delete(table).where(col(table.case_id) == case.id))
    summary = f"确认案件包所述：以往培训{len(trainings)}条，已用凭证{len(used)}张（{reason.strip()}）"
    journal.record(context, case, Act.HISTORY_CONFIRM, summary)
    context.session.flush()
    return trainings_added, vouchers_added


def _know_used(context: Context, case: Case, numbers: Iterable[str], source: str) -> int:
    """Enter used vouchers; what another case here has is known by that case, and used by no other."""
    keys = {voucher_key(number): number for number in numbers}
    known = set(map(voucher_key, context.session.exec(select(UsedVoucher.number))))
    elsewhere = select(Voucher.number).where(col(Voucher.case_id) != case.id)
    known |= set(map(voucher_key, context.session.exec(elsewhere)))
    new = {key: number for key, number in keys.items() if key not in known}
    context.session.add_all(
        UsedVoucher(number=typed, number_key=key, number_tail=tail_of(key), source=source) for key, typed in new.items()
    )
    return len(new)


def _trainings_of(context: Context, case: Case) -> list[BundleTraining]:
    wanted = select(BundleTraining).where(col(BundleTraining.case_id) == case.id).order_by(col(BundleTraining.id))
    return list(context.session.exec(wanted))


def _vouchers_of(context: Context, case: Case) -> list[BundleVoucher]:
    wanted = select(BundleVoucher).where(col(BundleVoucher.case_id) == case.id).order_by(col(BundleVoucher.id))
    return list(context.session.exec(wanted))


def past_training(row: BundleTraining, number: str) -> PastTraining:
    """What a bundle tells as the rules take it; `number`: the ID number as it was asked for."""
    return PastTraining(
        id_number=number,
        occupation=row.occupation,
        level=facts.Level(row.level) if row.level else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        delivery=facts.Delivery(row.delivery),
        subsidised=row.subsidised,
        paid=row.paid,
        source=SOURCE,
    )
