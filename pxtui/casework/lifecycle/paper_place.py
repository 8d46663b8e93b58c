"""Place of a case's paper file: a desk, a shelf, or the applicant."""

from db.models import Act
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical

_MOST_CHARACTERS = 40


def fault(place: str) -> str:
    """The fault of a place's text, in Chinese; empty where there is none."""
    if 0 < len(canonical(place)) <= _MOST_CHARACTERS:
        return ""
    return f"请用1至{_MOST_CHARACTERS}个字写明纸质材料在哪里，如“柜台”“2号架3层”“企业”。"


def put(context: Context, number: str, place: str) -> str:
    """Record the place of a case's paper file; returns it in canonical form.

    Raises:
        PxtuiError: the place is empty or longer than 40 characters.
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
    """The place of a case's paper file; empty where nobody recorded it."""
    return find(context, number).paper_place
