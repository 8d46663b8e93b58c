"""A screen as SVG: small, the same bytes every time, and every character in its cell whatever font draws it."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.color import ANSI_COLOR_NAMES
from rich.segment import Segment
from rich.style import Style

_CELL, _LINE, _SIZE, _MARGIN = 9, 20, 16, 8
_BASELINE = 15
_INK, _PAPER = "#d8d8d8", "#1e2227"
_COLOURS = ("#1e2227", "#e06c75", "#98c379", "#e5c07b", "#2f6690", "#c678dd", "#56b6c2", "#d8d8d8")
"""Black, red, green, yellow, blue, magenta, cyan, white."""
_FONT = "Sarasa Mono SC, Noto Sans Mono CJK SC, WenQuanYi Zen Hei Mono, NSimSun, monospace"


def drawn(lines: Sequence[Iterable[Segment]], columns: int, title: str) -> str:
    """Draw the lines of a screen.

    Args:
        lines: as Textual would send them.
        columns: cells of a line.
        title: what the picture shows, for whoever cannot see it.
    """
    width, height = columns * _CELL + 2 * _MARGIN, len(lines) * _LINE + 2 * _MARGIN
    parts = [part for y, line in enumerate(lines) for part in _line(line, _MARGIN + y * _LINE)]
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img" ',
            f'font-family="{_FONT}" font-size="{_SIZE}" fill="{_INK}" xml:space="preserve">\n',
            f"<title>{escape(title)}</title>\n",
            f'<rect width="{width}" height="{height}" rx="6" fill="{_PAPER}"/>\n',
            *parts,
            "</svg>\n",
        )
    )


def _line(segments: Iterable[Segment], y: int) -> Iterable[str]:
    x = _MARGIN
    texts = []
    for text, style, _ in segments:
        ink, paper, is_bold = _colours(style or Style())
        width = cell_len(text) * _CELL
        if paper != _PAPER:
            yield f'<rect x="{x}" y="{y}" width="{width}" height="{_LINE}" fill="{paper}"/>\n'
        texts.extend(_texts(text, x, y, ink, is_bold))
        x += width
    yield from texts


def _texts(text: str, x: int, y: int, ink: str, is_bold: bool) -> Iterable[str]:
    """The words of a text, each character at a place of its own."""
    look = ("" if ink == _INK else f' fill="{ink}"') + (' font-weight="bold"' if is_bold else "")
    places: list[int] = []
    word = ""
    for character in (*text, " "):
        if character == " " and word:
            yield f'<text x="{" ".join(map(str, places))}" y="{y + _BASELINE}"{look}>{escape(word)}</text>\n'
            places, word = [], ""
        elif character != " ":
            places.append(x)
            word += character
        x += cell_len(character) * _CELL


def _colours(style: Style) -> tuple[str, str, bool]:
    ink, paper = _colour(style.color, _INK), _colour(style.bgcolor, _PAPER)
    return (paper, ink, bool(style.bold)) if style.reverse else (ink, paper, bool(style.bold))


def _colour(color: object, otherwise: str) -> str:
    number = ANSI_COLOR_NAMES.get(getattr(color, "name", ""), None)
    number = getattr(color, "number", None) if number is None else number
    return otherwise if number is None or number > 15 else _COLOURS[number % 8]
