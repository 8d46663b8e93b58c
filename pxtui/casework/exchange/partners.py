"""This office's keys, and the offices whose keys an administrator has entered."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from db.models import Act, ExchangeImport, ExchangePartner
from pxtui.casework.exchange.keys import OwnKeys, PublicKeys
from pxtui.casework.exchange.known import office_name
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA
from pxtui.errors import NotFound, Refused


@dataclass(frozen=True, slots=True)
class Partner:
    """Another office whose keys are entered."""

    code: str
    name: str
    fingerprint: str
    trusted_on: date
    trusted_by: str
    imported_on: date | None
    """When a file of it was last taken in; None: none was yet."""


def own_keys(context: Context) -> OwnKeys:
    """The private keys of this office; made at first use.

    Raises:
        PxtuiError: they are damaged, open to others, or cannot be written.
    """
    return OwnKeys.at(context.home.exchange_key)


def own_public_keys(context: Context) -> PublicKeys:
    """What this office gives to others.

    Raises:
        PxtuiError: as `own_keys`.
    """
    return own_keys(context).public(context.office)


def trust(context: Context, office: str, keys: PublicKeys) -> None:
    """Enter the keys of another office, in the place of those that were there.

    Whoever may do it, and with whom, is for `source_changes` to say.

    Raises:
        PxtuiError: the keys are another office's or our own.
    """
    offices = context.rulebook.latest.offices
    if office not in offices:
        raise NotFound(f"没有代码为“{office}”的部门，可用：{'、'.join(offices)}。")
    if office == context.office:
        raise Refused("这是本部门，不用登记自己的公钥，请核对部门代码。")
    if keys.office != office:
        raise Refused(
            f"公钥文件是{office_name(context, keys.office)}的，不是{office_name(context, office)}的，请核对。"
        )
    row = context.session.get(ExchangePartner, office)
    before = None if row is None else {"fingerprint": _keys_of(row).fingerprint}
    if row is not None:
        context.session.delete(row)
        context.session.flush()
    entered = ExchangePartner(
        office_code=office,
        box_key=keys.box,
        sign_key=keys.sign,
        trusted_at=context.at,
        trusted_by=context.clerk,
    )
    context.session.add(entered)
    summary = f"登记{office_name(context, office)}的公钥，指纹{keys.fingerprint}"
    journal.record(context, None, Act.EXCHANGE_TRUST, summary, before=before, after={"fingerprint": keys.fingerprint})
    context.session.flush()


def trusted(context: Context, office: str) -> PublicKeys:
    """The keys of another office.

    Raises:
        PxtuiError: nobody has entered them.
    """
    row = context.session.get(ExchangePartner, office)
    if row is None:
        name = office_name(context, office)
        raise NotFound(f"没有登记“{name}”的公钥，请先在部门交换一页（F10、0、7）按Ins或用 pxtui exchange trust 登记。")
    return _keys_of(row)


def partners(context: Context) -> list[PublicKeys]:
    """All offices whose keys are entered."""
    return list(map(_keys_of, _rows(context)))


def listed(context: Context) -> tuple[Partner, ...]:
    """All offices whose keys are entered, by their codes, with who entered them and what came from them last."""
    wanted = select(ExchangeImport.office_code, func.max(ExchangeImport.imported_at))
    imported = dict(context.session.exec(wanted.group_by(col(ExchangeImport.office_code))).all())
    return tuple(
        Partner(
            row.office_code,
            office_name(context, row.office_code),
            _keys_of(row).fingerprint,
            row.trusted_at.astimezone(CHINA).date(),
            row.trusted_by,
            imported[row.office_code].astimezone(CHINA).date() if row.office_code in imported else None,
        )
        for row in _rows(context)
    )


def others(context: Context) -> tuple[tuple[str, str], ...]:
    """Code and short name of every other office that can have a register."""
    own = context.office
    offices = context.rulebook.latest.offices
    return tuple((code, office.short_name) for code, office in offices.items() if code != own)


def forget(context: Context, office: str) -> bool:
    """Take the keys of an office out; whether there were any."""
    row = context.session.get(ExchangePartner, office)
    if row is None:
        return False
    context.session.delete(row)
    context.session.flush()
    return True


def _rows(context: Context) -> list[ExchangePartner]:
    return list(context.session.exec(select(ExchangePartner).order_by(col(ExchangePartner.office_code))))


def _keys_of(row: ExchangePartner) -> PublicKeys:
    return PublicKeys(row.office_code, row.box_key, row.sign_key)
