"""A case is passed on with the list of what goes with it: 材料交接单, issued by the office that gives it away; and what
the zone's committee has collected is forwarded with its letter and list (汇总上报, notice 四(一)).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, select

from db.models import Case
from pxtui.casework.decision import passing_on
from pxtui.casework.decision.passing_on import Passed
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.printed import issue_rules, issuing
from pxtui.casework.printed.asking import Asking
from pxtui.errors import Refused
from pxtui.policy.parameters import forwards

_LIST = "hand-over-list"
_LETTER = "forwarding-list"
_FORWARDED = "汇总上报"


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


def forward(
    context: Context, numbers: Sequence[str] = (), folder: Path | None = None
) -> tuple[tuple[Passed, ...], Path]:
    """Forward what the committee has collected, with the letter and list of the day; what went, and where they are.

    Args:
        numbers: the cases; empty: all that were handed in.
        folder: of the letter and list; None: the office's folder in the data folder.

    Raises:
        PxtuiError: the acting person's office forwards nothing, nothing waits, or as `pass_on`.
    """
    if not forwards(context.office):
        raise Refused("汇总上报由管委会办理；交错部门的案件请在桌面按Ctrl+W（或用 pxtui case pass-on）转办。")
    waiting = select(Case).where(col(Case.stage) == Stage.RECEIVED, *roles.of_own_office(context, Case.office_code))
    chosen = numbers or [case.number for case in context.session.exec(waiting.order_by(col(Case.id)))]
    if not chosen:
        raise Refused("没有待上报的案件；录入的要先提交（桌面“待上报”）。")
    passed = tuple(pass_on(context, number, _FORWARDED, folder).passed for number in chosen)
    return passed, issuing.issue_for_office(context, _LETTER, context.today, folder)
