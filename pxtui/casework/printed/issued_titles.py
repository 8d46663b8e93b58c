"""Titles of issued papers, each as it stood on the paper, and whether what the paper says has been overtaken."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlmodel import col, select

from db.models import Act, JournalEntry, PaperIssued, PaymentOutcome
from pxtui.casework.office import journal
from pxtui.casework.printed import published
from pxtui.casework.printed.asking import Asking, title

PAPER, TITLE = "paper", "title"
"""Names in the journal's values after an issue: which paper it was, and its title."""

_VOID = "（已作废）"


@dataclass(frozen=True)
class IssuedTitles:
    """The titles of a case's papers."""

    asking: Asking

    def of(self, paper: PaperIssued) -> str:
        """The title that a paper bears; where its issue notes none, that of its form."""
        return self._noted.get(paper.id) or title(self.asking.context, paper.form)

    def mark(self, paper: PaperIssued) -> str:
        """（已作废） behind the title of a paper that says what is no longer so and that no later one replaces."""
        return _VOID if self._is_void(paper) else ""

    @cached_property
    def _noted(self) -> dict[int, str]:
        return {after[PAPER]: after[TITLE] for _, after in self._issues if TITLE in after}

    @cached_property
    def _issues(self) -> list[tuple[int, dict[str, Any]]]:
        """The entries of the issues that note their paper: place in the journal, and values after."""
        found = ((entry.id, journal.values(self.asking.context, entry)[1]) for entry in self._entries(Act.PAPER_ISSUE))
        return [(place, after) for place, after in found if PAPER in after]

    def _entries(self, *acts: Act) -> Sequence[JournalEntry]:
        of_case = select(JournalEntry).where(
            col(JournalEntry.case_id) == self.asking.case.id, col(JournalEntry.action).in_(acts)
        )
        return self.asking.context.session.exec(of_case.order_by(col(JournalEntry.id))).all()

    def _is_void(self, paper: PaperIssued) -> bool:
        context, case = self.asking.context, self.asking.case
        if paper.form == "payment-slip":
            return published.payment(context, case) is None
        if paper.form == "bounce-notice":
            return all(line.outcome is not PaymentOutcome.BOUNCED for line in published.payment_lines(context, case))
        return paper.form == "return-order" and self._was_dropped(paper)

    def _was_dropped(self, paper: PaperIssued) -> bool:
        """Whether the recovery that a paper orders was given up: the next thing that became of one after its issue."""
        issue = next((place for place, after in self._issues if after[PAPER] == paper.id), None)
        acts = self._entries(Act.RECOVERY_ORDER, Act.RECOVERY_DROP)
        later = [entry.action for entry in acts if issue is not None and entry.id > issue]
        return later[:1] == [Act.RECOVERY_DROP]
