"""Columns of a letter's grid of labels and values, beside a table or alone on the sheet."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

_SHARES = (0.18, 0.48, 0.66)
"""Shares of the width at which a label ends, a second label begins and ends."""


def field_widths(width: float) -> tuple[float, ...]:
    """The columns of a sheet without a table, in mm."""
    edges = (0.0, *(share * width for share in _SHARES), width)
    return tuple(right - left for left, right in pairwise(edges))


def spans(widths: Sequence[float]) -> tuple[int, int, int, int]:
    """Columns that a label, a value, a second label and a second value take: as near to the shares as they can.

    A sheet of fewer columns has no fields beside one another.
    """
    if len(widths) <= len(_SHARES):
        return 1, 1, 1, 1
    edges = list(accumulate(widths))
    ends: list[int] = []
    for nth, share in enumerate(_SHARES):
        first, last = (ends[-1] if ends else 0) + 1, len(widths) - len(_SHARES) + nth
        ends.append(min(range(first, last + 1), key=lambda end: abs(edges[end - 1] - share * edges[-1])))
    label, value, second_label = ends
    return label, value - label, second_label - value, len(widths) - second_label
