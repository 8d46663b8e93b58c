"""Every source can be struck with a reason: one training, one voucher, or all that another office told.

Whoever may do it, and with whom, is for `source_changes` to say.
"""

from collections.abc import Iterator
from datetime import date

from sqlmodel import col, delete, select

from db.models import (
    Act,
    BundleTraining,
    BundleVoucher,
    Case,
    ExchangedTraining,
    ExchangedVoucher,
    ExchangeImport,
    UsedVoucher,
)
from pxtui.casework.exchange import partners
from pxtui.casework.exchange.known import office_name, source
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.people import past_trainings
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.errors import NotFound, Refused
from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical_code
from pxtui.identifiers.voucher_number import voucher_key


def strike_training(context: Context, number: str, starts_on: date, reason: str) -> int:
    """Take somebody's trainings elsewhere that began on a day out, whoever told them; how many.

    What another office told stays struck when it tells it again. Past decisions have their facts with them.

    Raises:
        PxtuiError: there is none, or no reason is given.
    """
    _require(reason, "删去以往培训须写明理由，请填写后再试。")
    key = context.vault.look_up_key(ID_NUMBER, id_number.with_century(number))
    who = id_number.masked(canonical_code(number))
    struck = 0
    trainings = select(BundleTraining, Case).join(Case).where(col(BundleTraining.id_key) == key)
    for row, case in context.session.exec(trainings.where(col(BundleTraining.starts_on) == starts_on)):
        what = f"{case.display_number}案件包所述{row.occupation} {row.starts_on}"
        journal.record(context, case, Act.HISTORY_STRIKE, f"删去{who}的以往培训：{what}（{reason.strip()}）")
        context.session.delete(row)
        struck += 1
    theirs = select(ExchangedTraining).where(col(ExchangedTraining.id_key) == key, col(ExchangedTraining.struck) == "")
    for exchanged in context.session.exec(theirs.where(col(ExchangedTraining.starts_on) == starts_on)):
        exchanged.struck = reason.strip()
        context.session.add(exchanged)
        where = source(context, exchanged.office_code, exchanged.case_number)
        summary = f"删去{who}的以往培训：{where} {exchanged.occupation} {starts_on}（{reason.strip()}）"
        journal.record(context, None, Act.HISTORY_STRIKE, summary)
        struck += 1
    try:
        struck += past_trainings.strike(context, number, starts_on, reason)
    except NotFound:
        if not struck:
            raise
    context.session.flush()
    return struck


def strike_voucher(context: Context, number: str, reason: str) -> int:
    """Let a voucher count as used no more, whoever told so; in how many places it was told.

    A voucher in a claim of this register is none of these: that claim must be changed.

    Raises:
        PxtuiError: nobody told of it, or no reason is given.
    """
    _require(reason, "删去已用凭证须写明理由，请填写后再试。")
    told = list(_told_of_voucher(context, voucher_key(number)))
    if not told:
        raise NotFound(f"没有清单、案件包或其他部门说凭证“{number}”已用，请核对号码；本台账案件里的请改案件。")
    for _, row in told:
        if isinstance(row, ExchangedVoucher):
            row.struck = reason.strip()
            context.session.add(row)
        else:
            context.session.delete(row)
    summary = f"删去已用凭证{number}：{'、'.join(dict.fromkeys(origin for origin, _ in told))}（{reason.strip()}）"
    journal.record(context, None, Act.VOUCHER_STRIKE, summary)
    context.session.flush()
    return len(told)


def who_told_of_voucher(context: Context, number: str) -> tuple[str, ...]:
    """Who says that a voucher was used elsewhere, in Chinese; another office with whether it is paid there."""
    return tuple(
        f"{origin}{('（已拨付）' if row.paid else '（没有拨付）') if isinstance(row, ExchangedVoucher) else ''}"
        for origin, row in _told_of_voucher(context, voucher_key(number))
    )


def _told_of_voucher(
    context: Context, key: str
) -> Iterator[tuple[str, UsedVoucher | BundleVoucher | ExchangedVoucher]]:
    if not key:
        return
    # Compared here and not by the database: there are few, and some keep the number only as it was typed.
    for common in context.session.exec(select(UsedVoucher)).all():
        if voucher_key(common.number) == key:
            yield common.source or "来源不明", common
    for voucher, case in context.session.exec(select(BundleVoucher, Case).join(Case)).all():
        if voucher_key(voucher.number) == key:
            yield f"{case.display_number}案件包", voucher
    theirs = select(ExchangedVoucher).where(col(ExchangedVoucher.number_key) == key, col(ExchangedVoucher.struck) == "")
    for exchanged in context.session.exec(theirs).all():
        yield source(context, exchanged.office_code, exchanged.case_number), exchanged


def strike_office(context: Context, office: str, reason: str) -> int:
    """Take out all that another office told, and its keys with it: nothing more of it is taken in until an
    administrator enters keys anew; how many rows.

    Raises:
        PxtuiError: nothing of that office is known, or no reason is given.
    """
    _require(reason, "删去交换来源须写明理由，请填写后再试。")
    session = context.session
    count = 0
    for table in (ExchangedTraining, ExchangedVoucher):
        count += len(session.exec(select(table.id).where(col(table.office_code) == office)).all())
        session.exec(delete(table).where(col(table.office_code) == office))
    session.exec(delete(ExchangeImport).where(col(ExchangeImport.office_code) == office))
    if not partners.forget(context, office) and not count:
        raise NotFound(f"没有登记过“{office_name(context, office)}”，请核对部门代码。")
    summary = f"删去{office_name(context, office)}交换来的全部{count}条和公钥（{reason.strip()}）"
    journal.record(context, None, Act.EXCHANGE_STRIKE, summary)
    session.flush()
    return count


def _require(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise Refused(sentence)
