"""The head of a case: number, applicant, size and occupation, as much of them as the window has room for."""

from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.stated_days import MARK
from screens.widgets.firm_names import shortened
from screens.widgets.pane import cells

_MARGINS = 3
"""A blank at each edge, and one between left and right."""
_LEAST_OF_NAME = 10
_MARKED = "曾骗补"
"""Of an enterprise that had to pay back for fraud; the check tells the whole of it."""


def head(case: CaseSummary, width: int) -> tuple[str, str]:
    """What stands at the left and the right. Where room is short the name gives way, the city in it first."""
    right = f"{case.course_hours}学时 {case.starts_on:%m-%d}至{case.ends_on:%m-%d}"
    room = width - cells(right) - _MARGINS
    for gap in ("  ", " "):
        whole = _joined(case, case.applicant_name, gap)
        if cells(whole) <= room:
            return whole, right
    left_over = max(_LEAST_OF_NAME, cells(case.applicant_name) - (cells(whole) - room))
    (name,) = shortened([case.applicant_name], left_over)
    return _joined(case, name, " "), right


def _joined(case: CaseSummary, name: str, gap: str) -> str:
    marks = (_MARKED if case.is_marked else "", MARK if case.stated_days else "")
    return gap.join(filter(None, (case.number, *marks, name, case.size, case.occupation)))
