"""Which lists may be relied on today: of each source and kind the newest, within its term."""

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from db.models import Case, ListKind, OutsideList
from pxtui.casework.office.context import Context
from pxtui.casework.outside_lists.kinds import KINDS, concerns, covers
from pxtui.identifiers.text import canonical


def imported(context: Context) -> Sequence[OutsideList]:
    """All lists whose import was not taken back, the newest first; a register has some dozens in a year."""
    wanted = select(OutsideList).where(col(OutsideList.withdrawn_on).is_(None))
    return context.session.exec(wanted.order_by(col(OutsideList.as_of).desc(), col(OutsideList.id).desc())).all()


def in_force(context: Context, lists: Iterable[OutsideList]) -> list[OutsideList]:
    """Those of them that may be relied on today. `lists`: the newest first."""
    newest: dict[tuple[ListKind, str, object], OutsideList] = {}
    for found in lists:
        if found.erased_on is None and found.as_of <= context.today <= found.valid_until:
            newest.setdefault((found.kind, canonical(found.source), found.month), found)
    return list(newest.values())


def missing(context: Context, case: Case, lists: Sequence[OutsideList]) -> dict[ListKind, str]:
    """By kind, why nobody of a case is compared, in Chinese. `lists`: all imported ones, the newest first."""
    standing = {found.kind for found in in_force(context, lists) if covers(found, case)}
    return {kind: _why(kind, case, lists) for kind in KINDS if concerns(kind, case) and kind not in standing}


def _why(kind: ListKind, case: Case, lists: Sequence[OutsideList]) -> str:
    past = [found for found in lists if found.kind is kind]
    if not past:
        return "没有导入名单"
    of_its_time = next((found for found in past if covers(found, case)), None)
    if of_its_time is None:
        return "没有培训月份的名单"
    return f"{of_its_time.source}{of_its_time.as_of}的名单{of_its_time.valid_until}到期"
