"""The picture: whatever is shown after whatever, the terminal shows the last of it, for few bytes."""

import random

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.terminal.picture import BLANK, PLAIN, Pen, Picture, ScreenCell
from tests.screens.cells import seen
from tests.support.terminal import EmulatedScreen

WIDTH, HEIGHT = 24, 12
PENS = (PLAIN, Pen("1", is_inkless=True), Pen("31", is_inkless=True), Pen("7", False), Pen("30;46", False))
MARKS = ("张", "𠮷", "a", "1", " ", " ", "·", "e\u0301", "，")

Text = list[ScreenCell]
"""The characters of a line."""


def text(chance: random.Random) -> Text:
    """Words in several styles with gaps between; some lines are empty."""
    line: Text = []
    for _ in range(chance.randrange(5)):
        pen = chance.choice(PENS)
        marks = chance.choices(MARKS, k=chance.randrange(1, 6)) if chance.random() < 0.7 else [" "] * 9
        line += [BLANK if mark == " " and pen.is_inkless else ScreenCell(mark, pen) for mark in marks]
    while sum(width(cell) for cell in line) > WIDTH:
        line.pop()
    line += [BLANK] * (WIDTH - sum(width(cell) for cell in line))
    # The emulator takes a combining mark behind the last cell for a character of the next line.
    return [*line[:-1], ScreenCell(line[-1].text[0], line[-1].pen)]


def width(cell: ScreenCell) -> int:
    """The cells that a character takes."""
    return cell_len(cell.text)


def changed(lines: list[Text], chance: random.Random) -> list[Text]:
    """What follows: some lines are others, or lines have moved within a part of the screen, or both."""
    lines = list(lines)
    if chance.random() < 0.5:
        top = chance.randrange(HEIGHT - 4)
        bottom = chance.randrange(top + 4, HEIGHT + 1)
        shift = chance.choice((-5, -2, -1, 1, 1, 2, 5))
        part = lines[top:bottom]
        lines[top:bottom] = [part[y + shift] if 0 <= y + shift < len(part) else text(chance) for y in range(len(part))]
    for y in chance.sample(range(HEIGHT), chance.randrange(4)):
        lines[y] = text(chance)
    return lines


def drawn(lines: list[Text], x: int, y: int) -> EmulatedScreen:
    """A new terminal on which all of it is written plainly."""
    written = "".join(
        f"\x1b[{place + 1};1H" + "".join(f"\x1b[0;{cell.pen.codes}m{cell.text}" for cell in line)
        for place, line in enumerate(lines)
    )
    return fed(EmulatedScreen(WIDTH, HEIGHT), f"{written}\x1b[0m\x1b[{y + 1};{x + 1}H")


def fed(screen: EmulatedScreen, sequences: str) -> EmulatedScreen:
    """The terminal after it was sent something."""
    pyte.Stream(screen).feed(sequences)
    return screen


def shown(screen: EmulatedScreen) -> object:
    """Cells and cursor."""
    cursor = (screen.cursor.x, screen.cursor.y)
    return cursor, [seen(screen.buffer[y][x] for x in range(WIDTH)) for y in range(HEIGHT)]


def turned(picture: Picture, lines: dict[int, Text], cursor: tuple[int, int]) -> str:
    """What is sent for whole lines."""
    return picture.turned_into([(0, y, [(cell, width(cell)) for cell in line]) for y, line in lines.items()], cursor)


@given(st.integers(0, 2**32), st.booleans())
def test_the_terminal_shows_the_last_of_whatever_was_sent(seed: int, sends_all: bool) -> None:
    chance = random.Random(seed)
    picture, terminal = Picture(WIDTH, HEIGHT), EmulatedScreen(WIDTH, HEIGHT)
    before: list[Text] = [[]] * HEIGHT
    for _ in range(6):
        lines = changed(before if before[0] else [text(chance) for _ in range(HEIGHT)], chance)
        cursor = chance.randrange(WIDTH), chance.randrange(HEIGHT)
        others = {y: line for y, line in enumerate(lines) if sends_all or line != before[y]}
        fed(terminal, turned(picture, others, cursor))
        assert shown(terminal) == shown(drawn(lines, *cursor))
        before = lines


def test_what_is_shown_already_is_not_sent() -> None:
    lines = dict(enumerate([text(random.Random(y)) for y in range(HEIGHT)]))
    picture = Picture(WIDTH, HEIGHT)
    assert turned(picture, lines, (3, 3))
    assert turned(picture, lines, (3, 3)) == ""
    assert turned(picture, lines, (5, 3)) == "\x1b[4;6H"


def test_a_list_that_moves_costs_its_new_line() -> None:
    rows = [[ScreenCell(mark, PLAIN) for mark in f"{row:04}" * 6] for row in range(40)]
    picture = Picture(WIDTH, HEIGHT)
    turned(picture, {0: rows[39], **{y: rows[y] for y in range(1, HEIGHT)}}, (0, 1))
    below = turned(picture, {y: rows[y + 1] for y in range(1, HEIGHT)}, (0, 11))
    assert below == "\x1b[2;12r\x1b[2H\x1b[M\x1b[r\x1b[12;1H" + "0012" * 6 + "\x1b[12;1H"
    above = turned(picture, {y: rows[y] for y in range(1, HEIGHT)}, (0, 1))
    assert above == "\x1b[2;12r\x1b[2H\x1b[L\x1b[r\x1b[2;1H" + "0001" * 6 + "\x1b[2;1H"


def test_a_ground_colour_is_never_erased_with_nor_left_behind() -> None:
    ground = Pen("30;46", is_inkless=False)
    picture = Picture(WIDTH, HEIGHT)
    assert turned(picture, {0: [ScreenCell(" ", ground)] * WIDTH}, (0, 0)).endswith(
        "\x1b[1;1H\x1b[30;46m" + " " * 24 + "\x1b[m\x1b[1;1H"
    )
    assert turned(picture, {0: [BLANK] * WIDTH}, (0, 0)) == "\x1b[1;1H\x1b[K"


def test_half_a_wide_character_that_was_written_over_is_known_to_be_gone() -> None:
    people = [[ScreenCell(mark, PLAIN) for mark in f"张{number}三李四王五陈六吴九孙"] + [BLANK] for number in range(9)]
    picture, terminal = Picture(WIDTH, HEIGHT), EmulatedScreen(WIDTH, HEIGHT)
    fed(terminal, turned(picture, dict(enumerate(people)), (0, 0)))
    for x, y in ((1, 2), (4, 5), (5, 6)):
        fed(terminal, picture.turned_into([(x, y, [(ScreenCell("a", PLAIN), 1)])], (0, 0)))
    moved = {y: people[y + 1] for y in range(8) if y + 1 not in (2, 5, 6)}
    fed(terminal, turned(picture, moved, (0, 0)))
    assert [terminal.buffer[5][x].data for x in range(6)] == ["张", "", "5", " ", "a", "李"]
    fed(terminal, turned(picture, dict(enumerate(people)), (0, 0)))
    assert shown(terminal) == shown(drawn([*people, *[[BLANK] * WIDTH] * 3], 0, 0))
