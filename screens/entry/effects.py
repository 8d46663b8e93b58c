"""What an entry engine asks of whoever draws it and stores for it."""

from dataclasses import dataclass

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class RowStored:
    """A row was left with changes: put it at this place.

    `undoing`, here and below: the newest change that stands is taken back by it. `redoing`: the one that was taken back
    last is made again.
    """

    index: int
    values: Row
    undoing: bool = False
    redoing: bool = False
    joined: bool = False
    """Made at one stroke with the change before it, and to be undone with it."""


@dataclass(frozen=True, slots=True)
class RowInserted:
    """A row came between others: those from this place on move down."""

    index: int
    values: Row
    undoing: bool = False
    redoing: bool = False


@dataclass(frozen=True, slots=True)
class RowRemoved:
    """A row was taken out: those below move up."""

    index: int
    undoing: bool = False
    redoing: bool = False


@dataclass(frozen=True, slots=True)
class InputRefused:
    """A key was not taken: say why; the next key goes on editing."""

    sentence: str
    rings: bool = True
    """With the bell: something is wrong with what was keyed."""


@dataclass(frozen=True, slots=True)
class FieldLeft:
    """A field was left: keep the unfinished row as a draft."""

    index: int
    values: Row


Effect = RowStored | RowInserted | RowRemoved | InputRefused | FieldLeft
