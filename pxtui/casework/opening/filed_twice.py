"""The same application filed twice: told with the number of the first, and a bundle that comes again is refused."""

from sqlmodel import col, select

from db.models import Case
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import OPENING_TURNED_DOWN, TAKEN_BACK
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical
from pxtui.policy import frozen
from pxtui.policy.facts import Application

_BUNDLE = "bundle"
_OVER = OPENING_TURNED_DOWN | TAKEN_BACK


def note_of(context: Context, number: str) -> str:
    """What `note` says of the case with this number."""
    return note(context, find(context, number))


def note(context: Context, case: Case) -> str:
    """That an earlier case is about the same class, with its number; empty: none is.

    The same class is one of the same applicant on the same days in the same occupation and level, or of the same
    title. What was refused or taken back may be filed again.
    """
    earlier = context.session.exec(
        select(Case)
        .where(col(Case.applicant_id) == case.applicant_id, col(Case.id) < case.id)
        .where(col(Case.starts_on) == case.starts_on, col(Case.ends_on) == case.ends_on)
        .where(col(Case.stage).not_in(_OVER))
        .order_by(col(Case.id))
    )
    first = next((other for other in earlier if _is_same_course(other, case)), None)
    if first is None:
        return ""
    return f"同一单位、同一培训、同一起止日期的申请已登记为{first.number}；请核实是否重复申报。"


def refuse_known_bundle(context: Context, application: Application) -> bytes:
    """The key under which a bundle's facts are known again.

    Raises:
        PxtuiError: a bundle that says exactly the same is filed already.
    """
    key: bytes = context.vault.look_up_key(_BUNDLE, frozen.written(application, {}))
    same = select(Case).where(col(Case.bundle_key) == key, col(Case.stage).not_in(TAKEN_BACK)).order_by(col(Case.id))
    if (first := context.session.exec(same.limit(1)).first()) is not None:
        raise Refused(f"这个案件包已导入，编号{first.number}，没有重复登记。")
    return key


def _is_same_course(first: Case, second: Case) -> bool:
    if first.course_title and second.course_title and canonical(first.course_title) == canonical(second.course_title):
        return True
    return canonical(first.occupation) == canonical(second.occupation) and first.level == second.level
