"""The picture: what the terminal shows, and the fewest bytes that turn it into what it should show.

Every sequence used here is understood by xterm, PuTTY, the Linux console, tmux and screen alike: cursor moves, next
line, SGR, erasing to the end of a line or some cells of it, and deleting and inserting lines in a scrolling region.
Cells are erased and lines moved with the pen put down or with one that leaves no mark on a blank, because terminals
differ in what they fill with.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_BEGIN_ANEW = "\x1b[m\x1b[2J\x1b[?25h"
"""Textual hides the terminal's cursor; a clerk, an input method and a braille line need it."""
_NEXT_LINE = "\r\n"
_ERASE_TO_END = "\x1b[K"
_CHEAPER_TO_ERASE_TO_END = len(_ERASE_TO_END)
_CHEAPER_TO_ERASE = 8
"""More blanks than this are erased with one sequence, after which the cursor has to be moved."""
_FEWEST_MOVED = 2
"""Lines that stand elsewhere already; for fewer it is not asked what moving them costs."""


class Pen(NamedTuple):
    """A style: the parameters of its SGR sequence, none for the one after a reset."""

    codes: str
    is_inkless: bool
    """Whether a blank written with it looks like a blank written with none."""


PLAIN = Pen("", is_inkless=True)


class ScreenCell(NamedTuple):
    """What one cell shows; the right half of a wide character is an empty text."""

    text: str
    pen: Pen


BLANK = ScreenCell(" ", PLAIN)

Line = list[ScreenCell | None]
"""The cells of a line; None: unknown."""
Part = tuple[int, int, Iterable[tuple[ScreenCell, int]]]
"""From x and y on: characters with the cells that each takes."""


class Picture:
    """What a terminal shows, as far as it is known."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._lines: list[Line] = [[BLANK] * width for _ in range(height)]
        self._cursor = (-1, -1)
        self._begun = _BEGIN_ANEW

    def turned_into(self, parts: Iterable[Part], cursor: tuple[int, int]) -> str:
        """What to send so that other parts are shown, and the cursor at its place; nothing where they are already."""
        wanted: dict[int, Line] = {}
        for x, y, cells in parts:
            if 0 <= y < self.size[1]:
                _place(wanted.setdefault(y, list(self._lines[y])), x, cells)
        way = _Way(self._lines)
        way.to(wanted)
        for moved in _moved(self._lines, wanted):
            over_moved_lines = _Way(self._lines)
            over_moved_lines.move_lines(*moved)
            # What stood right may have been moved away: every line counts.
            over_moved_lines.to({y: wanted.get(y, line) for y, line in enumerate(self._lines)})
            way = min(way, over_moved_lines, key=_Way.cost)
        if way.sent or cursor != self._cursor:
            way.move(*cursor)
        sequences = self._begun + "".join(way.sent)
        self._lines, self._cursor, self._begun = way.lines, cursor, ""
        return sequences


class _Way:
    """Sequences, and what the terminal shows after them."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = [list(line) for line in lines]
        self.sent: list[str] = []
        self._pen = PLAIN
        self._at: tuple[int, int] | None = None
        """Where the terminal writes next; unknown at first, for somebody else may have written since the last time."""

    def cost(self) -> int:
        """Bytes."""
        return sum(len(sequence.encode()) for sequence in self.sent)

    def to(self, wanted: dict[int, Line]) -> None:
        """Write what is not shown yet, and put the pen down, as stock updates do."""
        for y in sorted(wanted):
            self._line(y, wanted[y])
        self._use(PLAIN)

    def move_lines(self, top: int, bottom: int, shift: int) -> None:
        """Let the lines between two, both included, move up by so many lines, or down by a negative number."""
        count = abs(shift) if abs(shift) > 1 else ""
        self.sent.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{count}{'M' if shift > 0 else 'L'}\x1b[r")
        blank: Line = [BLANK] * len(self.lines[top])
        self.lines[top : bottom + 1] = [
            self.lines[y + shift] if top <= y + shift <= bottom else list(blank) for y in range(top, bottom + 1)
        ]

    def move(self, x: int, y: int) -> None:
        """Bring the terminal's own cursor to a place, the shortest way."""
        if self._at == (x, y):
            return
        ways = [f"\x1b[{y + 1};{x + 1}H"]
        if self._at is not None:
            at_x, at_y = self._at
            if y == at_y:
                ways.append(self._across(at_x, x, y))
            elif y == at_y + 1:
                ways.append(_NEXT_LINE + self._across(0, x, y))
        self.sent.append(min(ways, key=lambda way: len(way.encode())))
        self._at = (x, y)

    def _line(self, y: int, wanted: Line) -> None:
        shown = self.lines[y]
        x = 0
        while x < len(wanted):
            cell = wanted[x]
            if cell is None or cell == shown[x]:
                x += 1
            elif cell == BLANK and (erased := self._erase(x, y, wanted)):
                x += erased
            else:
                behind = wanted[x + 1] if x + 1 < len(wanted) else None
                width = 2 if behind is not None and behind.text == "" else 1
                self._write(x, y, cell, width)
                x += width

    def _erase(self, x: int, y: int, wanted: Line) -> int:
        """Erase blanks from a place on, if that is shorter than writing them; how many cells."""
        shown = self.lines[y]
        behind = next((end for end in range(x, len(wanted)) if wanted[end] != BLANK), len(wanted))
        changed = max(end for end in range(x, behind) if shown[end] != BLANK) + 1 - x
        reaches_end = behind == len(wanted)
        if changed <= (_CHEAPER_TO_ERASE_TO_END if reaches_end else _CHEAPER_TO_ERASE):
            return 0
        self.move(x, y)
        self._use(self._pen if self._pen.is_inkless else PLAIN)
        self.sent.append(_ERASE_TO_END if reaches_end else f"\x1b[{changed}X")
        _show(shown, x, [BLANK] * changed)
        return changed

    def _write(self, x: int, y: int, cell: ScreenCell, width: int) -> None:
        self.move(x, y)
        self._use(self._pen if self._writes_alike(cell) else cell.pen)
        self.sent.append(cell.text)
        _show(self.lines[y], x, _halves(cell, width))
        # Behind the last cell some terminals stand on the next line already.
        self._at = (x + width, y) if x + width < len(self.lines[y]) else None

    def _use(self, pen: Pen) -> None:
        if pen != self._pen:
            # A style is sent whole: what it does not name must be what a reset pen has.
            reset = ";" if self._pen.codes and pen.codes else ""
            self.sent.append(f"\x1b[{reset}{pen.codes}m")
            self._pen = pen

    def _across(self, start: int, end: int, y: int) -> str:
        """Along a line; over a few cells that stay by writing them again."""
        if end <= start:
            return f"\x1b[{end + 1}G" if end < start else ""
        jump = f"\x1b[{end - start}C" if end - start > 1 else "\x1b[C"
        between = self.lines[y][start:end] if end - start <= len(jump) else [None]
        again = "".join(cell.text if cell is not None and self._writes_alike(cell) else jump for cell in between)
        return min(jump, again, key=lambda way: len(way.encode()))

    def _writes_alike(self, cell: ScreenCell) -> bool:
        """Whether the pen in hand writes a character as it should look."""
        return cell.pen == self._pen or (cell == BLANK and self._pen.is_inkless)


def _moved(shown: list[Line], wanted: dict[int, Line]) -> Iterable[tuple[int, int, int]]:
    """First and last line of what the terminal itself could move, and by how many lines up: what is worth a trial."""
    changed = [y for y, line in wanted.items() if line != shown[y]]
    if len(changed) < _FEWEST_MOVED:
        return
    places = {tuple(line): y for y, line in enumerate(shown) if any(cell != BLANK for cell in line)}
    shifts = {y: places[line] - y for y in changed if (line := tuple(wanted[y])) in places}
    if len(shifts) < _FEWEST_MOVED or any(None in line for line in shown):
        return
    shift, _ = Counter(shifts.values()).most_common(1)[0]
    ends = [end for y, way in shifts.items() if way == shift for end in (y, y + shift)]
    yield min(ends), max(ends), shift
    # The line that the cursor leaves looks otherwise where it goes to, and yet it is most of what it should be.
    if shift > 0 and max(ends) + 1 < len(shown):
        yield min(ends), max(ends) + 1, shift
    elif min(ends) > 0:
        yield min(ends) - 1, max(ends), shift


def _place(line: Line, x: int, cells: Iterable[tuple[ScreenCell, int]]) -> None:
    """Put characters with their widths into a line; what does not fit is left out."""
    for cell, width in cells:
        if x + width > len(line):
            return
        if x >= 0:
            _show(line, x, _halves(cell, width))
        x += width


def _show(line: Line, x: int, cells: Line) -> None:
    """A terminal blanks the other half of a wide character that is written over in part: such a half is unknown."""
    end = x + len(cells)
    before, behind = line[x], line[end] if end < len(line) else None
    if x > 0 and before is not None and before.text == "":
        line[x - 1] = None
    if behind is not None and behind.text == "":
        line[end] = None
    line[x:end] = cells


def _halves(cell: ScreenCell, width: int) -> Line:
    return [cell, ScreenCell("", cell.pen)] if width > 1 else [cell]
