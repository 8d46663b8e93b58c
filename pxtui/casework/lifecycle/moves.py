"""Moves: the transitions of a case from stage to stage with their conditions, and sets of stages by meaning.

Who may take one stands in `office/permissions.py`. Whether it is taken is decided elsewhere: by a person
(`decision/advance.py`), the public notice (`publicity/publishing.py`, `publicity/objections.py`), the bank
(`payment/bank_answers.py`) or the lifting.
"""

from dataclasses import dataclass

from pxtui.casework.lifecycle.stages import ACTION_NAMES, STAGE_NAMES, Action, Room, Stage
from pxtui.errors import Refused
from pxtui.policy.facts import ApplicationKind


@dataclass(frozen=True, slots=True)
class Move:
    """A transition: the next stage and the conditions of the move."""

    to: Stage
    needs_pass: bool = False
    """Only where the check of eligibility passes."""
    needs_opinion: bool = False
    """Only with a written reason."""
    room: Room = Room.CASE
    short: bool = False
    """Only where duties are not apart."""


@dataclass(frozen=True, slots=True)
class Review:
    """The stages of the review of one application, the opening or the claim."""

    draft: Stage
    pre_review: Stage
    awaiting_paper: Stage
    received: Stage
    returned: Stage
    accepted: Stage
    first_checked: Stage
    second_checked: Stage
    granted: Stage
    refused: Stage

    @property
    def entry(self) -> frozenset[Stage]:
        """The stages at which facts and roster of the application may be changed."""
        return frozenset({self.draft, self.returned})

    @property
    def under_review(self) -> frozenset[Stage]:
        """The stages between hand-in and decision."""
        return frozenset({self.received, self.accepted, self.first_checked, self.second_checked})

    def moves(self) -> dict[tuple[Stage, Action], Move]:
        """The moves from the draft to the decision."""
        back = Move(self.returned, needs_opinion=True)
        refusal = Move(self.refused, needs_opinion=True)
        return {
            (self.draft, Action.SUBMIT): Move(self.received),
            (self.draft, Action.PRE_REVIEW): Move(self.pre_review),
            (self.pre_review, Action.AWAIT_PAPER): Move(self.awaiting_paper),
            (self.pre_review, Action.RETURN): Move(self.draft, needs_opinion=True),
            (self.awaiting_paper, Action.SUBMIT): Move(self.received),
            (self.awaiting_paper, Action.RETURN): Move(self.draft, needs_opinion=True),
            (self.received, Action.APPROVE): Move(self.granted, needs_pass=True, short=True),
            (self.received, Action.RETURN): back,
            (self.received, Action.REFUSE): Move(self.refused, needs_opinion=True, short=True),
            (self.received, Action.ACCEPT): Move(self.accepted),
            (self.accepted, Action.FIRST_CHECK): Move(self.first_checked, needs_pass=True),
            (self.accepted, Action.RETURN): back,
            (self.accepted, Action.REFUSE): refusal,
            (self.first_checked, Action.SECOND_CHECK): Move(self.second_checked, needs_pass=True),
            (self.second_checked, Action.RECHECK): Move(self.first_checked, needs_opinion=True),
            (self.first_checked, Action.RETURN): back,
            (self.first_checked, Action.REFUSE): refusal,
            (self.second_checked, Action.APPROVE): Move(self.granted, needs_pass=True),
            (self.second_checked, Action.RETURN): back,
            (self.second_checked, Action.REFUSE): refusal,
            (self.returned, Action.SUBMIT): Move(self.received),
        }

    def passings(self) -> dict[tuple[Stage, Action], Move]:
        """The moves by which an undecided application goes to the office that decides: its review begins there anew."""
        as_it_is = {self.draft, self.pre_review, self.awaiting_paper, self.returned}
        to = dict.fromkeys(self.under_review, self.received) | {stage: stage for stage in as_it_is}
        return {
            (stage, Action.PASS_ON): Move(to[stage], needs_opinion=True, room=Room.MENU)
            for stage in Stage
            if stage in to
        }

    def withdrawals(self, to: Stage) -> dict[tuple[Stage, Action], Move]:
        """The moves by which the applicant withdraws an undecided application to the stage `to`."""
        open_stages = {self.draft, self.pre_review, self.awaiting_paper, self.returned} | self.under_review
        return {(stage, Action.WITHDRAW): Move(to) for stage in Stage if stage in open_stages}


OPENING = Review(
    draft=Stage.DRAFT,
    pre_review=Stage.PRE_REVIEW,
    awaiting_paper=Stage.AWAITING_PAPER,
    received=Stage.RECEIVED,
    returned=Stage.RETURNED,
    accepted=Stage.ACCEPTED,
    first_checked=Stage.FIRST_CHECKED,
    second_checked=Stage.SECOND_CHECKED,
    granted=Stage.OPENED,
    refused=Stage.REFUSED,
)
CLAIM = Review(
    draft=Stage.CLAIM_DRAFT,
    pre_review=Stage.CLAIM_PRE_REVIEW,
    awaiting_paper=Stage.CLAIM_AWAITING_PAPER,
    received=Stage.CLAIM_RECEIVED,
    returned=Stage.CLAIM_RETURNED,
    accepted=Stage.CLAIM_ACCEPTED,
    first_checked=Stage.CLAIM_FIRST_CHECKED,
    second_checked=Stage.CLAIM_SECOND_CHECKED,
    granted=Stage.CLAIM_APPROVED,
    refused=Stage.CLAIM_REFUSED,
)

_OF_A_CLASS = {
    (Stage.OPENED, Action.CLAIM): Move(Stage.CLAIM_DRAFT),
    (Stage.OPENED, Action.TRANSFER): Move(Stage.TRANSFERRED),
    (Stage.OPENED, Action.CHANGE): Move(Stage.OPENED, needs_opinion=True, room=Room.CHANGE),
    (Stage.OPENED, Action.TERMINATE): Move(Stage.TERMINATED, needs_opinion=True, room=Room.LIFTING),
    (Stage.TERMINATED, Action.REINSTATE): Move(Stage.OPENED, needs_opinion=True, room=Room.LIFTING),
    (Stage.OPENED, Action.WITHDRAW): Move(Stage.WITHDRAWN, needs_opinion=True),
}
_OF_MISTAKES = {
    (stage, Action.VOID): Move(Stage.VOIDED, needs_opinion=True, room=Room.MENU)
    for stage in (OPENING.draft, OPENING.pre_review, OPENING.awaiting_paper, OPENING.received, CLAIM.received)
}
"""As long as nobody has answered the applicant; a claim is a mistake where it came as a bundle."""

_REVIEW_ANEW = Move(Stage.CLAIM_RECEIVED, needs_opinion=True)
_OF_THE_MONEY = {
    (Stage.CLAIM_APPROVED, Action.REOPEN): _REVIEW_ANEW,
    (Stage.CLEARED, Action.REOPEN): _REVIEW_ANEW,
    (Stage.CLAIM_APPROVED, Action.PUBLISH): Move(Stage.PUBLISHED, room=Room.PUBLICITY),
    (Stage.PUBLISHED, Action.OBJECT): Move(Stage.OBJECTED, needs_opinion=True, room=Room.PUBLICITY),
    (Stage.PUBLISHED, Action.CLEAR): Move(Stage.CLEARED, room=Room.PUBLICITY),
    (Stage.OBJECTED, Action.DISMISS): Move(Stage.PUBLISHED, needs_opinion=True, room=Room.PUBLICITY),
    (Stage.OBJECTED, Action.UPHOLD): Move(Stage.CLAIM_RECEIVED, needs_opinion=True, room=Room.PUBLICITY),
    (Stage.CLEARED, Action.ORDER_PAYMENT): Move(Stage.TO_PAY, room=Room.PAYMENT),
    (Stage.TO_PAY, Action.STOP_PAYMENT): Move(Stage.CLEARED, needs_opinion=True, room=Room.PAYMENT),
    (Stage.TO_PAY, Action.PAY): Move(Stage.PAID, room=Room.PAYMENT),
    (Stage.TO_PAY, Action.BOUNCE): Move(Stage.BOUNCED, needs_opinion=True, room=Room.PAYMENT),
    (Stage.BOUNCED, Action.CORRECT): Move(Stage.CLEARED, room=Room.PAYMENT),
    (Stage.PAID, Action.ARCHIVE): Move(Stage.ARCHIVED),
    (Stage.PAID, Action.RECOVER): Move(Stage.RECOVERING, needs_opinion=True, room=Room.RECOVERY),
    (Stage.ARCHIVED, Action.RECOVER): Move(Stage.RECOVERING, needs_opinion=True, room=Room.RECOVERY),
    (Stage.RECOVERING, Action.DROP_RECOVERY): Move(Stage.PAID, needs_opinion=True, room=Room.RECOVERY),
    (Stage.RECOVERING, Action.SETTLE): Move(Stage.RECOVERED, room=Room.RECOVERY),
    (Stage.RECOVERING, Action.SETTLE_PART): Move(Stage.PAID, room=Room.RECOVERY),
    (Stage.BOUNCED, Action.FIND_PAID): Move(Stage.PAID, needs_opinion=True, room=Room.PAYMENT),
    (Stage.CLEARED, Action.FIND_PAID): Move(Stage.PAID, needs_opinion=True, room=Room.PAYMENT),
    (Stage.PAID, Action.FIND_BOUNCED): Move(Stage.BOUNCED, needs_opinion=True, room=Room.PAYMENT),
    (Stage.ARCHIVED, Action.FIND_BOUNCED): Move(Stage.BOUNCED, needs_opinion=True, room=Room.PAYMENT),
}
MOVES: dict[tuple[Stage, Action], Move] = {
    **OPENING.moves(),
    **OPENING.withdrawals(Stage.WITHDRAWN),
    **_OF_MISTAKES,
    **_OF_A_CLASS,
    **CLAIM.moves(),
    **CLAIM.withdrawals(Stage.OPENED),
    **OPENING.passings(),
    **CLAIM.passings(),
    **_OF_THE_MONEY,
}

OPENING_ENTRY = OPENING.entry
"""Stages at which the opening's facts and roster may be changed."""
CLAIM_ENTRY = CLAIM.entry
"""Stages at which the claim's results and vouchers may be changed."""
RETURNED = frozenset({OPENING.returned, CLAIM.returned})
"""Stages at which the applicant corrects a returned application."""
UNDER_DECISION = OPENING.under_review | CLAIM.under_review
"""Stages between hand-in and decision: eligibility is judged again at every step."""

UNDECIDED = OPENING_ENTRY | CLAIM_ENTRY | UNDER_DECISION
"""Stages at which an application is entered, corrected or reviewed."""

OPEN = frozenset({OPENING.pre_review, OPENING.awaiting_paper, CLAIM.pre_review, CLAIM.awaiting_paper, Stage.OPENED}) | (
    UNDECIDED
)
"""Stages at which the outcome of a class is not final: all before a decision, and the running class."""

_CLAIM = frozenset(stage for stage in Stage if stage.value.startswith("claim-"))

OPENING_GRANTED = frozenset({Stage.OPENED, Stage.TRANSFERRED, Stage.TERMINATED}) | _CLAIM
"""Stages of an approved opening, approved here or by another office."""

OPENING_TURNED_DOWN = frozenset({Stage.REFUSED})
TAKEN_BACK = frozenset({Stage.WITHDRAWN, Stage.VOIDED})
"""Stages of a case that its applicant took back or that was filed by mistake: it may be filed again."""

_BEFORE_CLAIM_DECISION = frozenset({CLAIM.pre_review, CLAIM.awaiting_paper}) | CLAIM_ENTRY | CLAIM.under_review

CLAIM_DECIDED = _CLAIM - _BEFORE_CLAIM_DECISION
"""Stages of a decided claim: granted, refused and all behind them."""

CLAIM_TURNED_DOWN = frozenset({Stage.CLAIM_REFUSED})

HOLDING = frozenset(
    stage for stage in {Stage.OPENED, Stage.TRANSFERRED} | _CLAIM if stage not in (Stage.CLAIM_REFUSED, Stage.RECOVERED)
)
"""Stages at which an approved class counts as one of its people's trainings of the year."""

RECOVERED = frozenset({Stage.RECOVERED})
"""All of the money is back; after a fraud its people's trainings of the year stay taken."""

SETTLED = CLAIM_DECIDED - CLAIM_TURNED_DOWN
"""Stages of a granted claim: the claim's roster, not the opening's, lists the trained people."""

PAYABLE = CLAIM_DECIDED - CLAIM_TURNED_DOWN - {Stage.CLAIM_APPROVED, Stage.PUBLISHED, Stage.OBJECTED}
"""Stages behind the publication: the claim may be paid, or was paid."""

COUNTS_AS_PAID = frozenset({Stage.TO_PAY, Stage.PAID, Stage.ARCHIVED, Stage.RECOVERING})
"""Stages at which the money is paid or ordered for payment."""

QUEUES: tuple[tuple[str, frozenset[Stage]], ...] = (
    ("录入", frozenset({Stage.DRAFT})),
    ("预审", frozenset({Stage.PRE_REVIEW, Stage.AWAITING_PAPER})),
    ("待批", OPENING.under_review),
    ("退回", frozenset({Stage.RETURNED})),
    ("培训中", frozenset({Stage.OPENED})),
    ("录入", frozenset({Stage.CLAIM_DRAFT})),
    ("预审", frozenset({Stage.CLAIM_PRE_REVIEW, Stage.CLAIM_AWAITING_PAPER})),
    ("待审", CLAIM.under_review),
    ("退回", frozenset({Stage.CLAIM_RETURNED})),
    ("公示", frozenset({Stage.CLAIM_APPROVED, Stage.PUBLISHED, Stage.OBJECTED})),
    ("拨付", frozenset({Stage.CLEARED, Stage.TO_PAY, Stage.BOUNCED, Stage.RECOVERING})),
)
"""The work queues of the desk, in the order of a case's life: names (short, for one line) and stages."""


def application_of(stage: Stage) -> ApplicationKind:
    """The application, opening or claim, that a case at this stage is about."""
    return ApplicationKind.CLAIM if stage in _CLAIM else ApplicationKind.OPENING


def possible(stage: Stage, *, duties_apart: bool = False) -> tuple[Action, ...]:
    """The actions on a single case at this stage, in the order of `MOVES`."""
    return tuple(
        action
        for (start, action), way in MOVES.items()
        if start is stage and way.room is Room.CASE and not (way.short and duties_apart)
    )


def move(stage: Stage, action: Action) -> Move:
    """The move of `action` from `stage`.

    Raises:
        PxtuiError: there is no such move; the sentence names the possible actions.
    """
    found = MOVES.get((stage, action))
    if found is None:
        raise Refused(f"案件处于“{STAGE_NAMES[stage]}”，不能{ACTION_NAMES[action]}；{_ways(stage)}。")
    return found


def _ways(stage: Stage) -> str:
    here = "、".join(f"{ACTION_NAMES[way]}（{way.value}）" for way in possible(stage))
    elsewhere = {
        way.room.value: None for (start, _), way in MOVES.items() if start is stage and way.room is not Room.CASE
    }
    if here:
        return f"现在可以：{here}"
    return f"请到“{'、'.join(elsewhere)}”里办理" if elsewhere else "此案已办结"
