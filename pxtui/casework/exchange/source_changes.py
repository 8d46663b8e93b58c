"""Changes of what others told: struck trainings, vouchers, classes and offices, and the keys of offices.

Each of them can free an invoice or a place of the year that was paid elsewhere. Where duties are apart an administrator
proposes it and a 负责人 agrees; the notice does not speak of it. `striking`, `own_class` and `partners` do it then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from db.models import Act, SourceChange, SourceKind
from pxtui.casework.exchange import partners, striking, told_trainings
from pxtui.casework.exchange.keys import PublicKeys
from pxtui.casework.exchange.known import office_name
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.casework.office.roles import Role
from pxtui.casework.people import own_class
from pxtui.casework.staff import proposed
from pxtui.errors import Refused
from pxtui.identifiers.id_number import masked, with_century
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.identifiers.voucher_number import voucher_key
from pxtui.policy import codec

APPROVER = Role.HEAD
"""Who agrees."""
_AGREEMENT = by("来源更改的同意", APPROVER)
_WHERE = "按F10、0、2、Ctrl+N"


@dataclass(frozen=True, slots=True)
class _About:
    """Which training, voucher, class, office or keys; what is not asked for is empty."""

    number: str = ""
    starts_on: date | None = None
    office: str = ""
    box: str = ""
    """Of keys, hexadecimal; `sign` too."""
    sign: str = ""
    told: tuple[str, ...] | None = None
    """What stood there to be struck when it was proposed, see `_told`; None: that was not noted."""


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """A change that waits for a second person."""

    id: int
    what: str
    """What would be done, in Chinese, without a full stop."""
    reason: str
    """Empty for keys."""
    proposed_on: date
    proposed_by: str
    is_for_acting: bool
    """The acting person may agree to it."""
    told: tuple[str, ...] = ()
    """What would be struck and who tells it, a line each; of offices and keys nothing."""

    @property
    def sentence(self) -> str:
        """Who proposes what, and why."""
        why = f"，理由：{self.reason.rstrip('。')}" if self.reason else ""
        return f"{self.proposed_on} {self.proposed_by}提出{self.what}{why}。"


def strike_training(context: Context, number: str, starts_on: date, reason: str) -> str:
    """Take somebody's trainings elsewhere that began on a day out, or propose it; what was done, in Chinese.

    Raises:
        PxtuiError: there is none, no reason is given, the same waits already, or it is not for this person.
    """
    return _do(context, SourceKind.TRAINING, _About(with_century(canonical_code(number)), starts_on), reason)


def strike_voucher(context: Context, number: str, reason: str) -> str:
    """Let a voucher count as used no more, or propose it; see `strike_training`."""
    return _do(context, SourceKind.VOUCHER, _About(number=number), reason)


def strike_class(context: Context, number: str, reason: str) -> str:
    """Take a case's own class out of the lists of earlier trainings, or propose it; see `strike_training`.

    Args:
        number: of the case.
    """
    return _do(context, SourceKind.CLASS, _About(number=find(context, number).number), reason)


def strike_office(context: Context, office: str, reason: str) -> str:
    """Take out all that another office told and its keys, or propose it; see `strike_training`."""
    return _do(context, SourceKind.OFFICE, _About(office=office), reason)


def trust(context: Context, office: str, keys: PublicKeys) -> str:
    """Enter the keys of another office, or propose it: whoever holds them can say that nothing was paid there.

    Raises:
        PxtuiError: as `partners.trust`, the same waits already, or it is not for this person.
    """
    about = _About(office=office, box=keys.box.hex(), sign=keys.sign.hex())
    # The file names its office: it may be another one than that which was asked for.
    if keys.office != office:
        partners.trust(context, office, keys)
    return _do(context, SourceKind.KEYS, about, "")


def waiting(context: Context) -> tuple[WaitingChange, ...]:
    """The changes that wait, the oldest first; they are few."""
    rows = proposed.waiting(context, SourceChange)
    for_acting = {row.id for row in _for_acting(context, rows)}
    return tuple(
        WaitingChange(
            row.id,
            _what(context, row.kind, _about(context, row)),
            row.unseal(context.vault, "reason"),
            row.proposed_on,
            row.proposed_by,
            is_for_acting=row.id in for_acting,
            told=_told(context, row.kind, _about(context, row)),
        )
        for row in rows
    )


def notice(context: Context) -> str:
    """That changes wait for the acting person, for the desk; empty where none does."""
    count = len(_for_acting(context, proposed.waiting(context, SourceChange)))
    return f"有{count}项以往培训、凭证或公钥的更改等您同意：{_WHERE}。" if count else ""


def agree(context: Context, change_id: int) -> str:
    """Let a change come into force; what was done, in Chinese.

    Raises:
        PxtuiError: it does not wait, it was proposed by the same person, it is not for this role, or what would be
            struck is no longer what it was when it was proposed.
    """
    row = _require_waiting(context, change_id)
    duties.require_role(context, _AGREEMENT)
    duties.require_another(context, _AGREEMENT, row.proposed_by, f"此项由{row.proposed_by}提出，须由另一人同意。")
    about, reason = _about(context, row), row.unseal(context.vault, "reason")
    if about.told is not None and _told(context, row.kind, about) != about.told:
        raise Refused(
            f"提出以后有变化：现在会删去的与{row.proposed_by}提出时的不同；请先撤销，核对后由管理员重新提出。"
        )
    count = _act(context, row.kind, about, reason)()
    proposed.put_in_force(context, row)
    context.session.flush()
    return _done(context, row.kind, about, count)


def drop(context: Context, change_id: int, reason: str) -> None:
    """Take a change that waits back, or turn it down.

    Raises:
        PxtuiError: it does not wait, no reason is given, or it is not for this person.
    """
    row = _require_waiting(context, change_id)
    what = _what(context, row.kind, _about(context, row))
    proposed.turn_down(context, row, by("这项更改的撤销", APPROVER), Act.SOURCE_DROP, what, reason)


def _do(context: Context, kind: SourceKind, about: _About, reason: str) -> str:
    duties.require_role(context, by(_ACT_NAMES[kind], Role.ADMINISTRATOR))
    act = _act(context, kind, about, reason)
    if not duties.are_apart(context):
        return _done(context, kind, about, act())
    proposed.require_possible(context, act)
    what = _what(context, kind, about)
    _require_new(context, kind, about)
    row = SourceChange(kind=kind, proposed_on=context.today, proposed_by=context.clerk)
    noted = replace(about, told=_told(context, kind, about))
    row.seal(context.vault, about=codec.dump_text(_About, noted), reason=canonical(reason))
    context.session.add(row)
    journal.record(context, None, Act.SOURCE_PROPOSE, f"提出{what}（{reason.strip()}）" if reason else f"提出{what}")
    context.session.flush()
    return f"已提出，由{APPROVER.value}同意后生效（{_WHERE}，或 pxtui source agree）：{what}。"


def _act(context: Context, kind: SourceKind, about: _About, reason: str) -> Callable[[], int]:
    """What a change does; it returns how much was struck."""
    if kind is SourceKind.TRAINING:
        assert about.starts_on is not None
        return partial(striking.strike_training, context, about.number, about.starts_on, reason)
    if kind is SourceKind.VOUCHER:
        return partial(striking.strike_voucher, context, about.number, reason)
    if kind is SourceKind.CLASS:
        return partial(own_class.strike, context, about.number, reason)
    if kind is SourceKind.OFFICE:
        return partial(striking.strike_office, context, about.office, reason)
    return partial(_trust, context, about)


def _trust(context: Context, about: _About) -> int:
    partners.trust(context, about.office, _keys(about))
    return 0


def _keys(about: _About) -> PublicKeys:
    return PublicKeys(about.office, bytes.fromhex(about.box), bytes.fromhex(about.sign))


_ACT_NAMES: Mapping[SourceKind, str] = {
    SourceKind.TRAINING: "以往培训的更正",
    SourceKind.VOUCHER: "已用凭证的更正",
    SourceKind.CLASS: "以往培训的更正",
    SourceKind.OFFICE: "交换来源的删除",
    SourceKind.KEYS: "登记其他部门的公钥",
}


def _what(context: Context, kind: SourceKind, about: _About) -> str:
    """What a change would do, without a number of anybody."""
    if kind is SourceKind.TRAINING:
        return f"删去{masked(about.number)} {about.starts_on}开始的以往培训"
    if kind is SourceKind.VOUCHER:
        return f"删去已用凭证{about.number}"
    if kind is SourceKind.CLASS:
        return f"删去以往培训里与案件{about.number}同一班的"
    if kind is SourceKind.OFFICE:
        return f"删去{office_name(context, about.office)}交换来的全部和公钥"
    return f"登记{office_name(context, about.office)}的公钥，指纹{_keys(about).fingerprint}"


def _told(context: Context, kind: SourceKind, about: _About) -> tuple[str, ...]:
    """What stands against a second payment as long as it is not struck."""
    if kind is SourceKind.VOUCHER:
        return tuple(f"说它已用的：{origin}。" for origin in striking.who_told_of_voucher(context, about.number))
    if kind is SourceKind.TRAINING:
        trainings = told_trainings.of_people(context, about.number).trainings
        return tuple(
            training.sentence
            for training in trainings
            if training.starts_on == about.starts_on and not training.is_own_case
        )
    return own_class.who_told(context, about.number) if kind is SourceKind.CLASS else ()


def _done(context: Context, kind: SourceKind, about: _About, count: int) -> str:
    if kind is SourceKind.VOUCHER:
        return f"已删去{count}处。"
    if kind is SourceKind.OFFICE:
        return f"已删去{office_name(context, about.office)}的{count}条和公钥。"
    if kind is SourceKind.KEYS:
        return f"已{_what(context, kind, about)}，请与对方电话核对。"
    return f"已删去{count}条。"


def _require_new(context: Context, kind: SourceKind, about: _About) -> None:
    for row in proposed.waiting(context, SourceChange):
        waits = _about(context, row)
        if row.kind is kind and _is_same(waits, about):
            # Of two keys of one office it must not be said that the other one waits.
            what = _what(context, kind, waits)
            raise Refused(
                f"{row.proposed_by}已于{row.proposed_on}提出{what}，等待{APPROVER.value}同意；要改的请先撤销那一项。"
            )


def _is_same(waits: _About, wanted: _About) -> bool:
    number, other = (voucher_key(about.number) or canonical(about.number) for about in (waits, wanted))
    return (number, waits.starts_on, waits.office) == (other, wanted.starts_on, wanted.office)


def _about(context: Context, row: SourceChange) -> _About:
    return proposed.about(context, row, _About)


def _for_acting(context: Context, rows: Sequence[SourceChange]) -> list[SourceChange]:
    """Those to which the acting person may agree."""
    # Commands read as nobody.
    if not rows or not context.clerk:
        return []
    if not duties.may(context, _AGREEMENT, context.clerk):
        return []
    people = duties.person_of(context)
    own = people.get(context.clerk)
    return [row for row in rows if people.get(row.proposed_by) != own]


def _require_waiting(context: Context, change_id: int) -> SourceChange:
    missing = f"没有等待同意的第{change_id}项，请在部门交换一页（F10、0、7）按Ctrl+N或用 pxtui source list 查看。"
    return proposed.one_waiting(context, SourceChange, change_id, missing)
