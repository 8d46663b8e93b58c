"""Entries of the pages of the public notice and of the payment: a claim or batch with its next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from pxtui.casework.lifecycle.batches import BatchKind, BatchRow, ItemRow, Remedy, WaitingClaim
from pxtui.casework.office.context import Context

_DONE_SHOWN = 20
"""How many of the finished batches a page shows, the newest first."""


_SHORT = 8
"""Digits of a checksum that a page shows; the journal and the commands tell all 64."""


def short_code(digest: str) -> str:
    """The beginning of a hexadecimal checksum as a page shows it, in capitals: what two people compare by phone."""
    return digest[:_SHORT].upper()


class Next(Enum):
    """The next step of an entry: the act that Enter starts."""

    NOTHING = auto()
    REOPEN = auto()
    """Have the claim reviewed anew."""

    PUBLISH = auto()
    NOTE_PAGE = auto()
    CONFIRM_DAY = auto()
    """A second person confirms a day that was stated afterwards."""
    CLEAR = auto()
    OBJECT = auto()
    DECIDE = auto()

    PREPARE = auto()
    CORRECT = auto()
    SIGN = auto()
    HAND_OVER = auto()
    ANSWER = auto()
    ANSWER_ONE = auto()
    CONFIRM_BOUNCE = auto()
    RESOLVE = auto()
    ARCHIVE = auto()
    """The claim is paid: what is left is done on the page of the decision."""
    ORDER = auto()
    APPROVE = auto()
    SETTLE = auto()
    CONFIRM_RETURN = auto()
    """A second person confirms that money came back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a page, about a case or a batch. Amount in fen."""

    number: str
    """Number of the case or of the batch."""
    name: str
    state: str
    amount_fen: int
    next: Next
    sentences: tuple[str, ...]
    """For the clerk, in Chinese: the state, what stands against the next step, the key that takes it."""
    batch: str = ""
    """Number of the case's batch, empty where it is in none; of a batch its own number."""
    page_address: str = ""
    """Web address of a published batch; empty where it is not recorded."""
    can_be_taken_back: bool = False
    """Whether Del takes the case out of its batch, drops its recovery, or strikes out its stated return."""
    can_be_ordered_back: bool = False
    """Whether the case is paid and its money, or a part of it, may be ordered back."""
    lines: tuple[str, ...] = ()
    """Of a batch of payments, a sentence each."""
    changes: tuple[str, ...] = ()
    """Of a batch of payments that is to be signed, what whoever signs must know first."""
    signers: tuple[str, ...] = ()
    """Of a batch of payments that is to be signed, or a return that is to be confirmed, the names of those who may."""

    @property
    def is_batch(self) -> bool:
        """Whether the entry is about a batch, not a case."""
        return self.number == self.batch


_ACTS_OF_BATCHES = frozenset({Next.NOTE_PAGE, Next.CONFIRM_DAY, Next.CLEAR, Next.SIGN, Next.HAND_OVER})
_NOT_DUE = frozenset({Next.NOTHING, Next.OBJECT})
"""Of a case in a batch: nothing, or what may come at any time."""


def where_due(entries: Sequence[Entry], number: str) -> str:
    """The number of the entry that is to be processed next for a case: its batch, where that waits, else itself."""
    by_number = {entry.number: entry for entry in entries}
    case = by_number.get(number)
    batch = None if case is None or case.next not in _NOT_DUE else by_number.get(case.batch)
    return number if batch is None or batch.next not in _ACTS_OF_BATCHES else batch.number


def open_and_done(
    context: Context, kind: BatchKind[BatchRow, ItemRow]
) -> tuple[Sequence[BatchRow], Sequence[BatchRow]]:
    """The open batches, and `_DONE_SHOWN` of the finished ones, both the newest first."""
    under_way = kind.under_way(context)
    newest = kind.newest(context, len(under_way) + _DONE_SHOWN)
    return under_way, [batch for batch in newest if batch not in under_way][:_DONE_SHOWN]


def waiting_entry(claim: WaitingClaim, *, ready: tuple[str, Next, str], held_up: str) -> Entry:
    """The entry of a claim that waits for a batch.

    Args:
        ready: state, next step and sentence of a claim against which nothing stands.
        ready: state, next step and sentence of a claim without an obstacle.
        held_up: state of a claim with an obstacle that a new review does not remove.
    """
    state, following, sentence = ready
    if claim.obstacle is not None:
        sentence = claim.obstacle.sentence
        match claim.obstacle.remedy:
            case Remedy.REVIEW_ANEW:
                state, following, sentence = "须复审", Next.REOPEN, f"{sentence}Enter写明理由退回复审。"
            case Remedy.CORRECT_ACCOUNT:
                state, following = held_up, Next.CORRECT
            case Remedy.CONFIRM_BOUNCE:
                state, following, sentence = "退票待核", Next.CONFIRM_BOUNCE, f"{sentence}由另一人按Enter确认。"
            case Remedy.RESOLVE:
                state, following, sentence = "回单矛盾", Next.RESOLVE, f"{sentence}由另一人按Enter认定。"
            case Remedy.NONE_HERE:
                state, following = held_up, Next.NOTHING
    return Entry(claim.number, claim.applicant_name, state, claim.amount_fen, following, (sentence,))
