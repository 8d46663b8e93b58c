"""The journal: an entry for every act (person, moment, act, values before and after), in the act's transaction."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import col, select

from db.models import Act, Case, JournalEntry, Staff, StaffPassword
from db.models.act import SIGNED
from db.texts import kept_text
from pxtui.casework.office import duties
from pxtui.casework.office.context import Context
from pxtui.errors import Damaged, PasswordWanted
from pxtui.policy import codec

Stored = TypeVar("Stored")


def record(
    context: Context,
    case: Case | None,
    action: Act,
    summary: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    cases: Sequence[Case] = (),
) -> None:
    """Add an entry for an act, which is refused here to whoever may not do it.

    Args:
        case: None for an act about no single case.
        summary: one Chinese line for lists, without personal data.
        before: the values before the act, stored sealed; None where there were none.
        after: the values after the act, stored sealed.
        cases: those that an act about no single case touches.

    Raises:
        NotAllowed: the act is not for this person, see `duties`.
        PasswordWanted: it is one of `SIGNED` and the acting person has a password, which was not given for it.
    """
    standing = duties.require(context, action, cases if case is None else (case, *cases))
    _require_signed(context, action)
    entry = JournalEntry(
        at=context.at,
        staff_name=context.clerk,
        role=standing.role,
        for_name=standing.for_name,
        case_id=None if case is None else case.id,
        action=action,
        summary=summary,
        request=context.acting.request,
    )
    entry.seal(context.vault, before=_text(before), after=kept_text(_text(after), is_secret=True))
    context.session.add(entry)


def _require_signed(context: Context, action: Act) -> None:
    """Here and nowhere else: an act without an entry is none, so no way of acting goes round it."""
    if action not in SIGNED or context.acting.confirmed_at is not None:
        return
    asked = select(StaffPassword.staff_id).join(Staff, col(Staff.id) == col(StaffPassword.staff_id))
    if context.session.exec(asked.where(col(Staff.name) == context.clerk)).first() is not None:
        raise PasswordWanted("这件事要再输一次您的口令")


def was_done(context: Context) -> bool:
    """Whether the journal has an entry with the key `Acting.request` already: the act is a repetition."""
    if context.acting.request is None:
        return False
    asked = select(JournalEntry.id).where(col(JournalEntry.request) == context.acting.request)
    return context.session.exec(asked.limit(1)).first() is not None


def values(context: Context, entry: JournalEntry) -> tuple[dict[str, Any], dict[str, Any]]:
    """The unsealed values before and after an act, as JSON reads them; empty where there were none."""
    vault = context.vault
    before, after = (json.loads(entry.unseal(vault, column) or "{}") for column in ("before", "after"))
    return before, after


def load(kind: type[Stored], stored: Any) -> Stored:
    """A value out of what `values` returns, by its type; `codec.dump` made it.

    Raises:
        Damaged: it is something else.
    """
    try:
        return codec.load(kind, stored)
    except ValueError as fault:
        raise Damaged("台账里的一条经办记录已损坏，读不出当时的内容，请联系管理员核对备份。") from fault


def _text(values: Mapping[str, Any] | None) -> str:
    return "" if values is None else json.dumps(values, ensure_ascii=False, default=str)
