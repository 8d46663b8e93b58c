"""Platform passwords when a roster is changed and taken back: the journal notes who had one, never its text.

Passwords are deleted later and the journal never is, so what is taken back from the journal comes without them. Those
that still stand with the same person stay; who has none any more is told before and after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pxtui.identifiers.text import canonical_code
from pxtui.policy.facts import Trainee

_HAD, _GONE = "with_password", "password_gone"
_NAMED = 3


def noted(before: Sequence[Trainee], after: Sequence[Trainee]) -> dict[str, list[int]]:
    """For the journal's values before: the places (from 0) of the rows with a password, and of those who lost it."""
    now = {(canonical_code(row.id_number), row.password) for row in after}
    had = [place for place, row in enumerate(before) if row.password]
    gone = [place for place in had if (canonical_code(before[place].id_number), before[place].password) not in now]
    return {_HAD: had, _GONE: gone} if had else {}


def taken_from(rows: Sequence[Trainee], note: Mapping[str, Any]) -> tuple[str, ...]:
    """Whose password a change took away, of whose rows `noted` said this."""
    return tuple(who(rows[place]) for place in note.get(_GONE, ()))


def brought_back(
    rows: Sequence[Trainee], standing: Sequence[Trainee], note: Mapping[str, Any]
) -> tuple[tuple[Trainee, ...], tuple[str, ...]]:
    """Rows of the journal with the passwords that still stand with their people, and who had one and has none now.

    Args:
        standing: the roster as it is.
        note: what `noted` said of the rows.
    """
    known = {canonical_code(row.id_number): row.password for row in standing}
    keep = set(note.get(_HAD, ())) - set(note.get(_GONE, ()))
    back = tuple(
        replace(row, password=known.get(canonical_code(row.id_number), "")) if place in keep else row
        for place, row in enumerate(rows)
    )
    lost = tuple(who(back[place]) for place in note.get(_HAD, ()) if not back[place].password)
    return back, lost


def who(row: Trainee) -> str:
    """第3号张三."""
    return f"第{row.seq}号{row.name}"


def loss(people: Sequence[str]) -> str:
    """That these people's passwords do not come back and what to do, in Chinese; empty where nobody's is lost."""
    if not people:
        return ""
    named = "、".join(people[:_NAMED]) + (f"等{len(people)}人" if len(people) > _NAMED else "")
    return f"{named}的原密码没有留底，请按附件4补录"
