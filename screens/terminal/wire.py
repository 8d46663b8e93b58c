"""The wire: of every screen update, only the cells that changed are sent.

Textual repaints whole widgets, which over a slow SSH line a clerk sees as waiting. Here its updates become cells, and
`picture.py`, which knows what the terminal shows, says the difference, whatever the widget. It stands on private parts
of Textual (`App._display`, `LayoutUpdate`, `ChopsUpdate`): the exact pin in pyproject.toml and the comparison with
stock output in the tests guard it.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.events import Resize
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from screens.terminal.driver import AmbiguousMeasured
from screens.terminal.picture import BLANK, PLAIN, Pen, Picture, ScreenCell
from screens.terminal.widths import measure_ambiguous

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    _Base = App[int]
else:
    _Base = object

_ONE_PACKET = 1_200
"""Bytes that reach the terminal in one piece; only longer frames are marked, so that none is drawn by halves."""
_INK_ON_BLANKS = ("reverse", "underline", "underline2", "strike", "overline", "frame", "encircle")


class Wire(_Base):
    """Mixed into an App, sends only the cells that changed."""

    _picture: Picture | None = None

    def forget_screen(self) -> None:
        """Send everything again: somebody else has written to the terminal."""
        self._picture = None

    def on_resize(self) -> None:
        """A window that shrank and grew again has lost cells, though its size is the same."""
        self.forget_screen()

    def on_ambiguous_measured(self, message: AmbiguousMeasured) -> None:
        """Lay out anew what was laid out before the terminal said how wide some characters are."""
        if not measure_ambiguous(message.cells):
            return
        _width.cache_clear()
        self.forget_screen()
        for screen in self.screen_stack:
            # The screen comes last: it puts the cursor where its parts have gone.
            for widget in (*screen.walk_children(Widget), screen):
                widget.post_message(Resize(widget.size, widget.virtual_size))
                widget.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """None of Textual's: the one for `NO_COLOR` fails on a cell without a style. Pens leave colours out."""
        return ()

    def _display(self, screen: "Screen[Any]", renderable: Any) -> None:
        driver = self._driver
        is_shown = self._running and not self._closed and not self._batch_count and not self.is_headless
        if driver is None or not is_shown or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, renderable)
            return
        if self._picture is None or self._picture.size != self.size:
            self._picture = Picture(*self.size)
        color_system = None if self.no_color else self.console._color_system or ColorSystem.STANDARD
        parts = ((x, y, _cells(strip, color_system)) for x, y, strip in _placed(renderable))
        sequences = self._picture.turned_into(parts, screen.outer_size.clamp_offset(self.cursor_position))
        if len(sequences) > _ONE_PACKET and self._sync_available:
            sequences = f"{SYNC_START}{sequences}{SYNC_END}"
        if sequences:
            driver.write(sequences)
            driver.flush()
        self.post_display_hook()


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


def _cells(strip: Strip, color_system: ColorSystem | None) -> Iterator[tuple[ScreenCell, int]]:
    """The cells of a strip with their widths; marks without a width stay with the character before them.

    `color_system`: None for no colours at all.
    """
    for text, style, control in strip:
        if control:
            continue
        pen = PLAIN if style is None else _pen(style, color_system)
        for cluster, width in _clusters(text):
            yield (BLANK if cluster == " " and pen.is_inkless else ScreenCell(cluster, pen)), width


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
def _pen(style: Style, color_system: ColorSystem | None) -> Pen:
    if color_system is None:
        style, color_system = _without_colours(style), ColorSystem.STANDARD
    codes = Strip.render_ansi(style, color_system).split(";")
    ground, ink = style.bgcolor, style.color
    # A pen begins with a reset: the default colours need not be named.
    if ground is not None and ground.is_default:
        codes.pop()
    if ink is not None and ink.is_default:
        codes.remove("39")
    has_ground = ground is not None and not ground.is_default
    return Pen(";".join(codes), not has_ground and not any(getattr(style, name) for name in _INK_ON_BLANKS))


def _without_colours(style: Style) -> Style:
    """A bar stays one where its ground has no colour: it is reversed."""
    is_bar = style.bgcolor is not None and not style.bgcolor.is_default
    return style.without_color + Style(reverse=True) if is_bar else style.without_color
