"""A file for another office: what this register's own cases say of trainings and vouchers."""

from datetime import date
from pathlib import Path

from sqlmodel import col, select

from db import history as archive_history
from db.models import Act, Case, Enrolment, Voucher
from db.private_files import create_private
from pxtui.casework.exchange import partners
from pxtui.casework.exchange.envelope import sealed_file
from pxtui.casework.exchange.keys import PublicKeys
from pxtui.casework.exchange.known import office_name
from pxtui.casework.exchange.ledger import Ledger, LedgerTraining, LedgerVoucher, written
from pxtui.casework.lifecycle.moves import CLAIM_TURNED_DOWN, COUNTS_AS_PAID, SETTLED, application_of
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import journal, roles
from pxtui.casework.office.context import Context
from pxtui.casework.people.past_trainings import STAGES
from pxtui.errors import Refused
from pxtui.identifiers.id_number import with_century
from pxtui.identifiers.voucher_number import voucher_key
from pxtui.policy.facts import ApplicationKind, Level

# What bounced is on its way to be paid again.
_PAID = COUNTS_AS_PAID | {Stage.BOUNCED}


def require_free(path: Path) -> None:
    """Refuse to write over anything; asked for before the export, so that none is in the journal that left no file.

    Raises:
        PxtuiError: something stands there.
    """
    if path.exists() or path.is_symlink():
        raise Refused(f"“{path}”已经存在，没有覆盖，请换一个文件名。")


def write_file(path: Path, content: bytes) -> None:
    """Write what `export` made, once it is in the journal; readable by this account only.

    Raises:
        PxtuiError: something stands there, or the folder cannot be written.
    """
    create_private(path, "交换文件", content)


def write_public_keys(path: Path, keys: PublicKeys) -> None:
    """Write what another office enters.

    Raises:
        PxtuiError: something stands there, or the folder cannot be written.
    """
    create_private(path, "公钥文件", keys.text.encode("ascii"))


def export(context: Context, receiver: str, since: date | None) -> bytes:
    """The file for an office, and an entry in the journal.

    Args:
        receiver: its code.
        since: leaves out the classes that began earlier; None: all.

    Raises:
        PxtuiError: the keys of that office are not entered, or our own cannot be read.
    """
    keys = partners.trusted(context, receiver)
    ledger = telling(context, since)
    period = "全部" if since is None else f"{since}起开班的"
    summary = (
        f"导出给{office_name(context, receiver)}：{period}培训{len(ledger.trainings)}人次，凭证{len(ledger.vouchers)}张"
    )
    journal.record(context, None, Act.EXCHANGE_EXPORT, summary)
    sender = context.office
    return sealed_file(partners.own_keys(context), sender, keys, since, context.at, written(ledger))


def telling(context: Context, since: date | None) -> Ledger:
    """What this office's own cases say; what lists, bundles and other offices told is not passed on."""
    wanted = select(Case).where(*roles.of_own_office(context, Case.office_code))
    if since is not None:
        wanted = wanted.where(col(Case.starts_on) >= since)
    cases = {case.display_number: case for case in context.session.exec(wanted.order_by(col(Case.id)))}
    return Ledger(_trainings(context, cases), _vouchers(context, cases))


def _trainings(context: Context, cases: dict[str, Case]) -> tuple[LedgerTraining, ...]:
    ids = {case.id for case in cases.values()}
    of_key = {row.id_key: row for row in context.session.exec(select(Enrolment)) if row.id_key and row.case_id in ids}
    numbers = {key: row.unseal(context.vault, "id_number") for key, row in of_key.items()}
    known = archive_history.filed_trainings_of(context.session, list(numbers), STAGES)
    rows = {
        (training.source, training.id_key): _told_training(cases[training.source], training, numbers[training.id_key])
        for training in known
        if training.source in cases and with_century(numbers[training.id_key])
    }
    return tuple(rows[key] for key in sorted(rows))


def _told_training(case: Case, training: archive_history.KnownTraining, number: str) -> LedgerTraining:
    # An opening that was approved elsewhere is held here from the claim on.
    held_since = case.opening_decided_on or case.claim_received_on or case.opening_received_on or case.starts_on
    return LedgerTraining(
        case=case.display_number,
        id_number=number,
        occupation=training.occupation,
        level=Level(training.level) if training.level else None,
        starts_on=case.starts_on,
        ends_on=case.ends_on,
        held_since=held_since,
        by_claim=case.stage in SETTLED or not case.opening_roster_known,
        paid=training.paid or case.stage in _PAID,
    )


def _vouchers(context: Context, cases: dict[str, Case]) -> tuple[LedgerVoucher, ...]:
    by_id = {case.id: case for case in cases.values() if _is_claimed(case)}
    rows: dict[tuple[str, str], LedgerVoucher] = {}
    for voucher in context.session.exec(select(Voucher).order_by(col(Voucher.id))):
        case, key = by_id.get(voucher.case_id), voucher_key(voucher.number)
        if case is None or not key:
            continue
        claimed_on = case.claim_received_on or case.ends_on
        row = LedgerVoucher(case.display_number, voucher.number, case.starts_on, claimed_on, case.stage in _PAID)
        rows.setdefault((case.display_number, key), row)
    return tuple(rows[key] for key in sorted(rows))


def _is_claimed(case: Case) -> bool:
    return application_of(case.stage) is ApplicationKind.CLAIM and case.stage not in CLAIM_TURNED_DOWN
