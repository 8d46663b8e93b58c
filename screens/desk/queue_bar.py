"""The queues above the list of the desk: in one line where they fit, else those of the claims below the others."""

from collections.abc import Iterable, Sequence

from pxtui.casework.desk.queues import Queue
from screens.terminal.plain import fitted
from screens.terminal.theme import HERE, LABEL, TEXT
from screens.widgets.pane import Pane, Piece, cells


class QueueBar(Pane):
    """The queues with their counts; it takes a second line only where it must."""

    def __init__(self) -> None:
        super().__init__()
        self._queues: Sequence[Queue] = ()
        self._chosen = 0
        self._lines: list[list[Piece]] = []
        self.styles.height = 1

    def show(self, queues: Sequence[Queue], chosen: int) -> None:
        """Show other queues; `chosen` counts from 1, 0 is all cases."""
        self._queues, self._chosen = queues, chosen
        self._lay()

    def on_resize(self) -> None:
        """Lay the queues into the new width."""
        self._lay()

    def pieces(self, y: int) -> Iterable[Piece]:
        """A line of queues."""
        for text, style in self._lines[y] if y < len(self._lines) else ():
            yield fitted(text, cells(text)), style

    def _lay(self) -> None:
        self._lines = lines(self._queues, self._chosen, self.size.width)
        self.styles.height = len(self._lines)
        self.refresh()


def lines(queues: Sequence[Queue], chosen: int, width: int) -> list[list[Piece]]:
    """The bar in `width` cells (0: not known yet), as one line or two."""
    all_cases: list[Piece] = [("全部", HERE if chosen == 0 else LABEL)]
    opening: list[Piece] = []
    claim: list[Piece] = []
    for place, queue in enumerate(queues, start=1):
        line = claim if queue.is_claim else opening
        line += [] if line else [(" 补贴" if queue.is_claim else " 开班", TEXT)]
        line += [(" ", TEXT), (f"{queue.name}{queue.count}", HERE if place == chosen else LABEL)]
    whole = [*all_cases, *opening, *claim]
    if not width or sum(cells(text) for text, _ in whole) <= width:
        return [whole]
    # Below the first queue of the openings, not below 全部.
    below = [(" " * cells("全部"), TEXT), *claim]
    return [in_sight(line, width) for line in ([*all_cases, *opening], below)]


def in_sight(pieces: list[Piece], width: int) -> list[Piece]:
    """As many as `width` cells take with the chosen one among them: what lies before it gives way."""
    while width and pieces and pieces[0][1] is not HERE and sum(cells(text) for text, _ in pieces) > width:
        pieces = pieces[1:]
    return pieces
