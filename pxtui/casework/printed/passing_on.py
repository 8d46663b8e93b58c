"""A case is passed on with the list of what goes with it: 材料交接单, issued by the office that gives it away."""

from dataclasses import dataclass
from pathlib import Path

from pxtui.casework.decision import passing_on
from pxtui.casework.decision.passing_on import Passed
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.casework.printed import issue_rules, issuing
from pxtui.casework.printed.asking import Asking

_LIST = "hand-over-list"


@dataclass(frozen=True, slots=True)
class PassedWithList:
    """A case that was passed on, and where the list is; None: nothing was handed in on paper."""

    passed: Passed
    path: Path | None

    @property
    def sentence(self) -> str:
        """What was done and what to do next, in Chinese."""
        what = f"材料按交接单移交：{self.path}" if self.path else "没有登记收到的材料，不用交接单。"
        return f"{self.passed.sentence}{what}"


def pass_on(context: Context, number: str, reason: str, folder: Path | None = None) -> PassedWithList:
    """Issue the list of a case's materials and papers, and pass the case on to the office that decides on it.

    Args:
        folder: of the list; None: the case's folder in the data folder.

    Raises:
        PxtuiError: as `passing_on.pass_on`, or the disk refuses.
    """
    passing_on.target(context, number)
    asking = Asking(context, find(context, number))
    path = None
    if not issue_rules.why_not(asking, _LIST):
        (path,) = issuing.issue(context, number, [_LIST], folder)
    return PassedWithList(passing_on.pass_on(context, number, reason), path)
