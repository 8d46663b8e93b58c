"""The stages of a case and who may take it from one to the next: the only place that compares stages."""

from dataclasses import dataclass
from enum import StrEnum

from pxtui.errors import PxtuiError
from pxtui.policy.facts import Stage as ApplicationStage


class Stage(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    RECEIVED = "received"
    RETURNED = "returned"
    OPENED = "opened"
    REFUSED = "refused"
    CLAIM_DRAFT = "claim-draft"
    CLAIM_RECEIVED = "claim-received"
    CLAIM_RETURNED = "claim-returned"
    CLAIM_APPROVED = "claim-approved"
    CLAIM_REFUSED = "claim-refused"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What takes a case to its next stage."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    REFUSE = "refuse"
    CLAIM = "claim"
    WITHDRAW = "withdraw"


STAGE_NAMES = {
    Stage.DRAFT: "录入中",
    Stage.RECEIVED: "待开班审批",
    Stage.RETURNED: "开班退回补正",
    Stage.OPENED: "培训中",
    Stage.REFUSED: "不予开班",
    Stage.CLAIM_DRAFT: "补贴录入中",
    Stage.CLAIM_RECEIVED: "待补贴审批",
    Stage.CLAIM_RETURNED: "补贴退回补正",
    Stage.CLAIM_APPROVED: "待公示",
    Stage.CLAIM_REFUSED: "不予补贴",
    Stage.WITHDRAWN: "已撤回",
}
QUEUE_NAMES = {
    Stage.DRAFT: "录入",
    Stage.RECEIVED: "待批",
    Stage.RETURNED: "退回",
    Stage.OPENED: "培训中",
    Stage.CLAIM_DRAFT: "录入",
    Stage.CLAIM_RECEIVED: "待审",
    Stage.CLAIM_RETURNED: "退回",
}
"""Short, because all queues stand in one line; the application is named before its first."""
ACTION_NAMES = {
    Action.SUBMIT: "提交审查",
    Action.RETURN: "退回补正",
    Action.APPROVE: "同意",
    Action.REFUSE: "不予同意",
    Action.CLAIM: "申请补贴",
    Action.WITHDRAW: "撤回",
}


@dataclass(frozen=True, slots=True)
class Move:
    """A way from one stage to the next and what it asks for."""

    to: Stage
    needs_pass: bool = False
    """Only where the check passes."""
    needs_opinion: bool = False
    """Only with a written reason."""


MOVES: dict[tuple[Stage, Action], Move] = {
    (Stage.DRAFT, Action.SUBMIT): Move(Stage.RECEIVED),
    (Stage.DRAFT, Action.WITHDRAW): Move(Stage.WITHDRAWN),
    (Stage.RECEIVED, Action.APPROVE): Move(Stage.OPENED, needs_pass=True),
    (Stage.RECEIVED, Action.RETURN): Move(Stage.RETURNED, needs_opinion=True),
    (Stage.RECEIVED, Action.REFUSE): Move(Stage.REFUSED, needs_opinion=True),
    (Stage.RECEIVED, Action.WITHDRAW): Move(Stage.WITHDRAWN),
    (Stage.RETURNED, Action.SUBMIT): Move(Stage.RECEIVED),
    (Stage.RETURNED, Action.WITHDRAW): Move(Stage.WITHDRAWN),
    (Stage.OPENED, Action.CLAIM): Move(Stage.CLAIM_DRAFT),
    (Stage.CLAIM_DRAFT, Action.SUBMIT): Move(Stage.CLAIM_RECEIVED),
    (Stage.CLAIM_RECEIVED, Action.APPROVE): Move(Stage.CLAIM_APPROVED, needs_pass=True),
    (Stage.CLAIM_RECEIVED, Action.RETURN): Move(Stage.CLAIM_RETURNED, needs_opinion=True),
    (Stage.CLAIM_RECEIVED, Action.REFUSE): Move(Stage.CLAIM_REFUSED, needs_opinion=True),
    (Stage.CLAIM_RETURNED, Action.SUBMIT): Move(Stage.CLAIM_RECEIVED),
}

OPENING_ENTRY = frozenset({Stage.DRAFT, Stage.RETURNED})
"""The opening's facts and roster may be changed."""

CLAIM_ENTRY = frozenset({Stage.CLAIM_DRAFT, Stage.CLAIM_RETURNED})
"""The claim's results and vouchers may be changed."""

UNDER_DECISION = frozenset(stage for stage, action in MOVES if action is Action.APPROVE)

UNDECIDED = OPENING_ENTRY | CLAIM_ENTRY | UNDER_DECISION
"""An application is being entered, corrected or decided on."""

_CLAIM = frozenset(stage for stage in Stage if stage.value.startswith("claim-"))

OPENING_GRANTED = frozenset({Stage.OPENED}) | _CLAIM
"""The opening is approved, here or by the office from which the claim came."""

OPENING_TURNED_DOWN = frozenset({Stage.REFUSED})

TAKEN_BACK = frozenset({Stage.WITHDRAWN})

CLAIM_DECIDED = _CLAIM - CLAIM_ENTRY - UNDER_DECISION
"""The claim is granted, or refused, or further on."""

CLAIM_TURNED_DOWN = frozenset({Stage.CLAIM_REFUSED})

HOLDING = frozenset({Stage.OPENED.value} | {stage.value for stage in _CLAIM - {Stage.CLAIM_REFUSED}})
"""An approved class takes one of a person's trainings of the year until it falls out."""

SETTLED = frozenset({Stage.CLAIM_APPROVED.value})
"""The claim is decided: its roster, not the opening's, says who was trained."""

PAID: frozenset[str] = frozenset()
"""The money has been paid."""


def application_of(stage: Stage) -> ApplicationStage:
    """Which application a case at this stage is about."""
    return ApplicationStage.CLAIM if stage in _CLAIM else ApplicationStage.OPENING


def possible(stage: Stage) -> tuple[Action, ...]:
    """The actions that a case at this stage allows."""
    return tuple(action for (start, action) in MOVES if start is stage)


def move(stage: Stage, action: Action) -> Move:
    """The way that `action` takes from `stage`.

    Raises:
        PxtuiError: there is none; the sentence names what is possible.
    """
    found = MOVES.get((stage, action))
    if found is None:
        ways = "、".join(f"{ACTION_NAMES[way]}（{way.value}）" for way in possible(stage))
        hint = f"现在可以：{ways}" if ways else "此案已办结"
        raise PxtuiError(f"案件处于“{STAGE_NAMES[stage]}”，不能{ACTION_NAMES[action]}；{hint}。")
    return found
