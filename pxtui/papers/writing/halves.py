"""Papers that are printed twice on a page, to be cut in two: one half is handed over, the other one is kept."""

from dataclasses import replace
from itertools import accumulate

from pxtui.papers.writing.row_heights import heights_of
from pxtui.papers.writing.sheet import ROUNDING_ROOM, Body, Cell, Paper, SheetRow

Rows = tuple[SheetRow, ...]


def in_halves(paper: Paper, upper: Rows, fold: Rows, lower: Rows) -> tuple[Paper, ...]:
    """The paper above and below a fold, each half headed by its own rows; two sheets where a page does not hold both.

    Raises:
        PxtuiError: a text that does not fit into a row.
    """
    body = paper.body or Body((), (), 0)
    lines = tuple(SheetRow(body.line_height, tuple(map(Cell, line, body.looks))) for line in body.lines)
    half = (*paper.lead, *paper.head, *lines, *paper.foot)
    whole = (*upper, *half, *fold, *lower, *half)
    if sum(heights_of(whole, (0.0, *accumulate(paper.widths)))) <= paper.page.printable_height - ROUNDING_ROOM / 2:
        return (replace(paper, lead=whole, head=(), body=replace(body, lines=()), foot=()),)
    return tuple(
        replace(paper, name=name, lead=(*above, *paper.lead), body=replace(body, lines=list(body.lines)))
        for name, above in ((paper.name, upper), (f"{paper.name}2", lower))
    )
