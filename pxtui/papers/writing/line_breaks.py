"""Sentences broken into lines: none begins with a mark that closes, none ends with one that opens, no number is cut.

Excel and WPS keep these rules by themselves, LibreOffice's cells do not; so the lines are broken before any of them
sees the text (GB/T 15834-2011, 5.1: no line begins with 、 or 。). The widths are those of the widest font that is put
in the place of ours, so that no line is broken a second time.
"""

import re
from collections.abc import Iterator

from pxtui.papers.writing.font_widths import most_ems_of

_NOT_FIRST = "、。，；：？！）》〉」』】〕”’…—·．%‰℃,.;:?!)]}"
_NOT_LAST = "（《〈「『【〔“‘([{￥"
_ANYTHING = "|."
_NUMBER = r"[!-~]+[元年月日号人件个]?"
_PIECE = re.compile(
    r"(?:人民币)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]{4,}"
    r"|（[^（）\n]{1,6}）"
    r"|[□☑][^　\n□☑]*"
    r"|〔[0-9]{4}〕[!-~]*号?"
    r"|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
    r"|　+年　+月　+日"
    f"|{_NUMBER}{_ANYTHING}",
    re.DOTALL,
)
"""What stays in one piece: amounts in capitals and in figures, a few words in brackets, a box with what it is ticked
for, numbers of papers, days and the room for them, numbers with their unit, addresses, Latin words; of the rest every
character.
"""
_PART = re.compile(f"{_NUMBER}{_ANYTHING}", re.DOTALL)
"""What stays in one piece where the line does not hold more: a year, a month, a day."""


def broken(text: str, font: str, room: float) -> str:
    """`text` with a line feed wherever a line of `room` squares of its type size is full."""
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph, font, room))


def _lines(paragraph: str, font: str, room: float) -> Iterator[str]:
    if most_ems_of(paragraph, font) <= room:
        yield paragraph
        return
    line: list[str] = []
    for piece in _pieces(paragraph, font, room):
        # A blank may stand over the end of a line, where nobody sees it: at the head of the next it is an indent.
        if line and piece != " " and most_ems_of("".join((*line, piece)), font) > room:
            at = _last_break((*line, piece))
            full, line = line[:at], line[at:]
            yield "".join(full)
        line.append(piece)
    yield "".join(line)


def _last_break(pieces: tuple[str, ...]) -> int:
    """How many pieces a full line keeps, of which the last one given did not fit any more."""
    for at in range(len(pieces) - 1, 0, -1):
        if pieces[at][0] not in _NOT_FIRST and pieces[at - 1][-1] not in _NOT_LAST:
            return at
    return len(pieces) - 1


def _pieces(paragraph: str, font: str, room: float) -> Iterator[str]:
    """The pieces of a paragraph; one that no line holds comes in its parts, and such a part by characters."""
    for found in _PIECE.finditer(paragraph):
        if most_ems_of(found[0], font) <= room:
            yield found[0]
            continue
        for part in _PART.findall(found[0]):
            if most_ems_of(part, font) <= room:
                yield part
            else:
                yield from part
