"""Where a case's paper is: on whose desk, on which shelf, or with the applicant."""

from db.models import Act
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical

_MOST_CHARACTERS = 40


def fault(place: str) -> str:
    """What is wrong with a place, in Chinese; empty where nothing is."""
    if 0 < len(canonical(place)) <= _MOST_CHARACTERS:
        return ""
    return f"请用1至{_MOST_CHARACTERS}个字写明纸质材料在哪里，如“柜台”“2号架3层”“企业”。"


def put(context: Context, number: str, place: str) -> str:
    """Note where the paper is now; the place as it is kept.

    Raises:
        PxtuiError: the place is empty or too long to be one.
    """
    if wrong := fault(place):
        raise Refused(wrong)
    case, kept = find(context, number), canonical(place)
    journal.record(
        context,
        case,
        Act.CASE_PLACE,
        f"纸质材料：由{case.paper_place or '未记'}到{kept}",
        before={"place": case.paper_place},
        after={"place": kept},
    )
    case.paper_place = kept
    context.session.add(case)
    return kept


def where(context: Context, number: str) -> str:
    """Where the paper is; empty where nobody noted it."""
    return find(context, number).paper_place
