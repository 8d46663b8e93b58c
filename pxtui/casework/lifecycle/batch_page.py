"""What the pages of the public notice and of the payment have in common: lines, each with what is next about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol, TypeVar

from pxtui.casework.lifecycle.batches import Remedy, WaitingClaim

_DONE_SHOWN = 20
"""Of the batches that are done, the newest."""


class Next(Enum):
    """What is to be done next about a line of a page."""

    NOTHING = auto()
    REOPEN = auto()
    """Have the claim reviewed anew."""

    PUBLISH = auto()
    NOTE_PAGE = auto()
    CONFIRM_DAY = auto()
    """A second person confirms a day that was told afterwards."""
    CLEAR = auto()
    OBJECT = auto()
    DECIDE = auto()

    PREPARE = auto()
    CORRECT = auto()
    SIGN = auto()
    HAND_OVER = auto()
    ANSWER = auto()
    ANSWER_ONE = auto()
    ORDER = auto()
    APPROVE = auto()
    SETTLE = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a page, about a case or a batch. Money in fen."""

    number: str
    """Of the case, or of the batch."""
    name: str
    state: str
    amount_fen: int
    next: Next
    told: tuple[str, ...]
    """A sentence each."""
    batch: str = ""
    """The number of the batch in which the case is; its own where it is a batch."""
    page_address: str = ""
    """Of a published batch, the web page on which it stands."""
    can_be_taken_back: bool = False
    """Taken out of its batch, or no longer ordered back."""
    lines: tuple[str, ...] = ()
    """Of a batch of payments, a sentence each."""

    @property
    def is_batch(self) -> bool:
        """Whether it is no case."""
        return self.number == self.batch


class _Batch(Protocol):
    @property
    def is_open(self) -> bool: ...


BatchShown = TypeVar("BatchShown", bound=_Batch)


def open_and_done(batches: Sequence[BatchShown]) -> tuple[list[BatchShown], list[BatchShown]]:
    """The batches that are under way, and of those that are done the newest; in the order in which they come."""
    under_way = [batch for batch in batches if batch.is_open]
    done = [batch for batch in batches if not batch.is_open]
    return under_way, done[:_DONE_SHOWN]


def waiting_entry(claim: WaitingClaim, *, ready: tuple[str, Next, str], held_up: str) -> Entry:
    """The line of a claim that waits for a batch.

    Args:
        ready: state, next step and sentence of a claim against which nothing stands.
        held_up: state of a claim that cannot go into a batch and need not be reviewed anew.
    """
    state, following, sentence = ready
    if claim.obstacle is not None:
        sentence = claim.obstacle.sentence
        match claim.obstacle.remedy:
            case Remedy.REVIEW_ANEW:
                state, following, sentence = "须复审", Next.REOPEN, f"{sentence}Enter写明理由退回复审。"
            case Remedy.CORRECT_ACCOUNT:
                state, following = held_up, Next.CORRECT
            case Remedy.NONE_HERE:
                state, following = held_up, Next.NOTHING
    return Entry(claim.number, claim.applicant_name, state, claim.amount_fen, following, (sentence,))
