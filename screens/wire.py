"""The wire: of every screen update, only the cells that changed are sent.

Textual repaints whole widgets, which over a slow SSH line a clerk sees as waiting. This room remembers what the
terminal shows and sends the difference, whatever the widget. It stands on private parts of Textual
(`App._display`, `LayoutUpdate`, `ChopsUpdate`): the exact pin in pyproject.toml and the comparison with stock
output in the tests guard it.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    _Base = App[int]
else:
    _Base = object

_SHOW_CURSOR = "\x1b[?25h"
_COLOURLESS = ("", "\x1b[39;49m")
_CHEAPER_TO_ERASE = 8
"""More blanks than this are erased with one sequence, after which the cursor has to be moved."""
_CHEAPER_TO_REPEAT = 4
"""A jump over this many unchanged cells costs as many bytes as sending them again."""


class _Cell(NamedTuple):
    """What one cell of the terminal shows; the right half of a wide character is an empty text."""

    text: str
    pen: str
    """The escape sequence that sets its style."""


class _Terminal:
    """What the terminal shows, as far as it is known, and the pen it writes with."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._cells: list[list[_Cell | None]] = [[None] * width for _ in range(height)]
        # Textual hides the terminal's cursor; a clerk, an input method and a braille line need it.
        self._sent: list[str] = [_SHOW_CURSOR]
        self._pen = ""
        self._at = (-1, -1)

    def put(self, x: int, y: int, cells: Sequence[tuple[_Cell, int]]) -> None:
        """Show cells from a place on; what stands there already is not sent."""
        width, height = self.size
        if not 0 <= y < height:
            return
        row = self._cells[y]
        index = 0
        while index < len(cells):
            cell, span = cells[index]
            if x + span > width:
                return
            shown = [cell, _Cell("", cell.pen)][:span]
            count = 1
            if x >= 0 and row[x : x + span] != shown:
                count = min(_blanks(cells, index), width - x)
                if count > _CHEAPER_TO_ERASE:
                    span, shown = count, [cell] * count
                    self._send(x, y, cell.pen, f"\x1b[{count}X")
                    self._at = (x, y)
                else:
                    count = 1
                    self._send(x, y, cell.pen, cell.text)
                    self._at = (x + span, y)
                self._forget_halves(row, x, span)
                row[x : x + span] = shown
            x += span
            index += count

    def taken(self) -> str:
        """The sequences collected since the last call; the pen is put down, as stock updates leave it."""
        if self._pen:
            self._sent.append("\x1b[0m")
            self._pen = ""
        sequences = "".join(self._sent)
        self._sent.clear()
        self._at = (-1, -1)
        return sequences

    def _send(self, x: int, y: int, pen: str, text: str) -> None:
        at_x, at_y = self._at
        if at_y != y:
            self._sent.append(f"\x1b[{y + 1};{x + 1}H")
        elif at_x != x:
            self._sent.append(self._across(at_x, x, y))
        if pen != self._pen:
            # A style is sent whole: what it does not name must be what a reset pen has.
            self._sent.append(("\x1b[0m" if self._pen else "") + pen)
            self._pen = pen
        self._sent.append(text)

    def _across(self, start: int, end: int, y: int) -> str:
        between = self._cells[y][start:end]
        if 0 < end - start <= _CHEAPER_TO_REPEAT and all(
            cell is not None and cell.text and cell.pen == self._pen and cell_len(cell.text) == 1 for cell in between
        ):
            return "".join(cell.text for cell in between if cell is not None)
        return f"\x1b[{end - start}C" if end > start else f"\x1b[{y + 1};{end + 1}H"

    @staticmethod
    def _forget_halves(row: list[_Cell | None], x: int, cell_width: int) -> None:
        """A terminal blanks the other half of a wide character that is written over in part."""
        before = row[x]
        if before is not None and before.text == "" and x > 0:
            row[x - 1] = None
        last = x + cell_width - 1
        if last + 1 < len(row):
            behind = row[last + 1]
            if behind is not None and behind.text == "":
                row[last + 1] = None


def _blanks(cells: Sequence[tuple[_Cell, int]], start: int) -> int:
    """How many cells from a place on are alike and blank, without a colour that an erased cell might not take on."""
    first, _ = cells[start]
    if first.text != " " or first.pen not in _COLOURLESS:
        return 0
    return next((index - start for index in range(start, len(cells)) if cells[index][0] != first), len(cells) - start)


class _Difference(CompositorUpdate):
    """An update of Textual's compositor that renders as what the terminal does not show yet."""

    def __init__(self, terminal: _Terminal, update: LayoutUpdate | ChopsUpdate) -> None:
        self._terminal = terminal
        self._update = update

    def render_segments(self, console: Console) -> str:
        """The sequences that bring the terminal up to date."""
        color_system = console._color_system or ColorSystem.STANDARD
        for x, y, strip in _placed(self._update):
            self._terminal.put(x, y, list(_cells(strip, color_system)))
        return self._terminal.taken()


class Wire(_Base):
    """Mixed into an App, sends only the cells that changed."""

    _terminal: _Terminal | None = None

    def forget_screen(self) -> None:
        """Send everything again: somebody else has written to the terminal."""
        self._terminal = None

    def on_resize(self) -> None:
        """A window that shrank and grew again has lost cells, though its size is the same."""
        self.forget_screen()

    def _display(self, screen: "Screen[Any]", renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate) and self._driver is not None:
            width, height = self.size
            if self._terminal is None or self._terminal.size != (width, height):
                self._terminal = _Terminal(width, height)
            renderable = _Difference(self._terminal, renderable)
        super()._display(screen, renderable)


def _placed(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The strips of an update with the place of each."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield x, y, strip
                x += strip.cell_length
        return
    for y, start, end in update.spans:
        for strip_end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is None or x > end or strip_end <= start:
                continue
            left, right = max(x, start), min(strip_end, end)
            yield left, y, chop.crop(left - x, max(left - x, right - x)) if (left, right) != (x, strip_end) else chop


def _cells(strip: Strip, color_system: ColorSystem) -> Iterator[tuple[_Cell, int]]:
    """The cells of a strip with their widths; marks without a width stay with the character before them."""
    for text, style, control in strip:
        if control:
            continue
        pen = _pen(style, color_system) if style is not None else ""
        for cluster, width in _clusters(text):
            yield _Cell(cluster, pen), width


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    cluster, width = "", 0
    for character in text:
        wide = _width(character)
        if wide and cluster:
            yield cluster, width
            cluster, width = "", 0
        cluster += character
        width = width or wide
    if width:
        yield cluster, width


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    return cell_len(character)


@lru_cache(maxsize=4096)
def _pen(style: Style, color_system: ColorSystem) -> str:
    codes = Strip.render_ansi(style, color_system)
    return f"\x1b[{codes}m" if codes else ""
