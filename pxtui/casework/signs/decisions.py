"""What is decided about a sign of fraud: seen, explained, or sent to be checked, by whom and when.

A decision holds for the evidence that it was about: where rows or figures are others, the sign is open again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select

from db.models import Act, Case, SignDecision
from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.signs.gathered import surroundings
from pxtui.casework.staff.sight import require_people
from pxtui.errors import NotFound, Refused
from pxtui.policy.facts import Application
from pxtui.policy.signs.noticed import signs_of
from pxtui.policy.signs.sign import Sign

EVIDENCE = "sign-evidence"
"""Field name of the look-up keys of what a decision was about."""


class Decided(StrEnum):
    """What is done about a sign."""

    SEEN = "seen"
    EXPLAINED = "explained"
    TO_CHECK = "to-check"


DECIDED_NAMES = {Decided.SEEN: "已看", Decided.EXPLAINED: "已说明", Decided.TO_CHECK: "送核查"}


@dataclass(frozen=True, slots=True)
class SignDecided:
    """A decision as it was taken."""

    decided: Decided
    reason: str
    at: datetime
    by: str

    @property
    def sentence(self) -> str:
        """What was decided, by whom, when and why."""
        why = f"：{self.reason}" if self.reason else ""
        return f"{DECIDED_NAMES[self.decided]}（{self.by} {self.at:%Y-%m-%d}）{why}"


@dataclass(frozen=True, slots=True)
class FoundSign:
    """A sign of a case with the decision about it; None: nobody decided."""

    sign: Sign
    decision: SignDecided | None

    @property
    def is_open(self) -> bool:
        """Whether it wants a decision that nobody has taken."""
        return self.sign.asks and self.decision is None


def signs(context: Context, number: str) -> tuple[FoundSign, ...]:
    """The signs of the present application of a case, those that want a decision first.

    Raises:
        PxtuiError: there is no such case.
        Refused: the acting person sees nothing of people.
    """
    require_people(context)
    case = find(context, number)
    return of_case(context, case, eligibility.application(context, case))


def of_case(context: Context, case: Case, application: Application) -> tuple[FoundSign, ...]:
    """The signs of one application of a case whose facts are gathered already."""
    found = signs_of(surroundings(context, case, application))
    taken = _decisions(context, case)
    return tuple(FoundSign(sign, taken.get(key_of(context, sign))) for sign in found)


def decide(
    context: Context, number: str, place: int, decided: Decided, reason: str = "", evidence: str = ""
) -> FoundSign:
    """Store what is done about a sign; the sign with its decision.

    Args:
        place: of the sign in `signs`, from 1.
        reason: what was explained, or what is to be checked.
        evidence: of the sign that was looked at; empty: whatever stands at the place now.

    Raises:
        PxtuiError: there is no such sign any more, it is only told, or the reason is missing.
    """
    found = signs(context, number)
    if not 1 <= place <= len(found):
        raise NotFound(f"本案没有第{place}个疑点（共{len(found)}个），请重新查看后再处理。")
    sign = found[place - 1].sign
    if evidence and evidence != sign.evidence:
        raise Refused("疑点在您看的时候有了变化，没有记下；请重新查看后再处理。")
    if not sign.asks:
        raise Refused("这一条只是提示，不用处理。")
    if decided is not Decided.SEEN and not reason.strip():
        raise Refused(f"“{DECIDED_NAMES[decided]}”要写明情况，请填写后再试。")
    case = find(context, number)
    row = SignDecision(
        case_id=case.id,
        application=application_of(case.stage).value,
        code=sign.code,
        evidence_key=key_of(context, sign),
        decision=decided.value,
        decided_at=context.at,
        staff_name=context.clerk,
    )
    row.seal(context.vault, evidence=sign.evidence, reason=reason.strip())
    context.session.add(row)
    journal.record(
        context,
        case,
        Act.SIGN_DECIDE,
        f"疑点{sign.code}：{DECIDED_NAMES[decided]}",
        after={"evidence": sign.evidence, "decision": decided.value, "reason": reason.strip()},
    )
    context.session.flush()
    return FoundSign(sign, SignDecided(decided, reason.strip(), context.at, context.clerk))


def key_of(context: Context, sign: Sign) -> bytes:
    """The look-up key of what is to be seen of a sign."""
    key: bytes = context.vault.look_up_key(EVIDENCE, sign.evidence)
    return key


def open_ones(found: Sequence[FoundSign]) -> tuple[FoundSign, ...]:
    """The signs that want a decision that nobody has taken."""
    return tuple(row for row in found if row.is_open)


def summary(context: Context, number: str) -> str:
    """How many signs a case has and how many of them are open, in a sentence; empty where there is none."""
    found = signs(context, number)
    if not found:
        return ""
    waiting = len(open_ones(found))
    return f"疑点{len(found)}条，{f'其中{waiting}条待处理' if waiting else '已处理'}，F5查看。"


def _decisions(context: Context, case: Case) -> dict[bytes, SignDecided]:
    rows = context.session.exec(
        select(SignDecision).where(col(SignDecision.case_id) == case.id).order_by(col(SignDecision.id))
    )
    return {
        row.evidence_key: SignDecided(
            Decided(row.decision), row.unseal(context.vault, "reason"), row.decided_at, row.staff_name
        )
        for row in rows
    }
