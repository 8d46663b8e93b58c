"""What was decided about hits: who, when, whether the list is right, and why. A hit is never decided by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import ListKind, OutsideAnswer
from db.seal import Vault
from pxtui.casework.office.context import Context
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.clock import CHINA


@dataclass(frozen=True, slots=True)
class Answered:
    """A decision about a hit."""

    evidence: str
    """What the list said when it was decided."""
    stands: bool
    reason: str
    by: str
    on: date

    @property
    def sentence(self) -> str:
        """Who decided what, and why."""
        outcome = "认定属实" if self.stands else "认定不影响"
        return f"{self.on} {self.by}{outcome}：{self.reason.rstrip('。')}。"


About = tuple[ListKind, bytes | str]
"""A kind of list, and the look-up key of a number or what lists have an enterprise under."""


@dataclass(frozen=True, slots=True)
class Known:
    """The decisions of some cases, the newest of each case, kind and person."""

    vault: Vault
    newest: Mapping[tuple[int, About], Answered]

    def get(self, case_id: int, kind: ListKind, key: str, evidence: str) -> Answered | None:
        """The decision about a hit; None where there is none, or the list says otherwise by now.

        Args:
            key: a number with its century, or what lists have an enterprise under.
        """
        if not self.newest:
            return None
        found = self.newest.get((case_id, about(self.vault, kind, key)))
        return found if found is not None and found.evidence == evidence else None


def about(vault: Vault, kind: ListKind, key: str) -> About:
    """What a decision is about."""
    return kind, key if kind is ListKind.STRUCK_OFF else vault.look_up_key(ID_NUMBER, key)


def of_cases(context: Context, case_ids: Iterable[int]) -> Known:
    """The decisions of cases, of some hundred at most."""
    rows = context.session.exec(
        select(OutsideAnswer).where(col(OutsideAnswer.case_id).in_(set(case_ids))).order_by(col(OutsideAnswer.id))
    )
    return Known(
        context.vault, {(row.case_id, (row.kind, row.id_key or row.firm)): _answered(context, row) for row in rows}
    )


def _answered(context: Context, row: OutsideAnswer) -> Answered:
    evidence, reason = (row.unseal(context.vault, column) for column in ("evidence", "reason"))
    return Answered(evidence, row.stands, reason, row.decided_by, row.decided_at.astimezone(CHINA).date())
