"""The journal: every act with who, when, what, before and after, in the same transaction as the act."""

import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from db.models import Case, JournalEntry
from db.seal import Vault
from pxtui.casework.office.acting import Acting


def record(
    session: Session,
    acting: Acting,
    case: Case | None,
    action: str,
    summary: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Enter an act.

    Args:
        summary: for lists; without personal data.
        before: the values that were, sealed; None where nothing was.
        after: the values that are, sealed.
    """
    entry = JournalEntry(
        at=acting.at,
        staff_name=acting.name,
        case_id=None if case is None else case.id,
        action=action,
        summary=summary,
        request=acting.request,
    )
    entry.seal(session.info["vault"], before=_text(before), after=_text(after))
    session.add(entry)


def was_done(session: Session, acting: Acting) -> bool:
    """Whether what is asked for was done when it was asked for before."""
    if acting.request is None:
        return False
    asked = select(JournalEntry.id).where(col(JournalEntry.request) == acting.request)
    return session.exec(asked.limit(1)).first() is not None


def values(session: Session, entry: JournalEntry) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was before and after an act; empty where nothing was."""
    vault: Vault = session.info["vault"]
    before, after = (json.loads(entry.unseal(vault, column) or "{}") for column in ("before", "after"))
    return before, after


def _text(values: Mapping[str, Any] | None) -> str:
    return "" if values is None else json.dumps(values, ensure_ascii=False, default=str)
