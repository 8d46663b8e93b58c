"""Widths of texts in the fonts of our papers, and in those that stand in for them on other machines.

In thousandths of the type size, for U+0020 to U+007E. 仿宋, 宋体 and 黑体 of GB 18030 systems have half a square for
each of these and a square for every Chinese character. Times New Roman is measured by Liberation Serif, which has its
widths. Where a font is missing, another one is put in its place; the tables of substitutes hold the widest of those
that are met on Linux desktops: DejaVu Serif for Times New Roman; WenQuanYi Zen Hei, Noto Serif CJK SC and Noto Sans
CJK SC, regular and bold, for the Chinese ones, and DejaVu Sans, from which fontconfig takes the letters and figures of
a Chinese font that it does not know.
"""

from collections.abc import Callable
from functools import cache
from unicodedata import east_asian_width

ROMAN = "Times New Roman"

_FIRST, _LAST = 0x20, 0x7E
_UNBROKEN_BLANK = 0xA0
_SQUARE = 1000
_NARROW = 600
"""Of a narrow character that no table has, such as é."""

_TIMES = """
250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278
278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722
722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500
500 333 389 278 500 500 722 500 500 444 480 200 480 541
"""
_FOR_TIMES = """
318 402 460 838 636 950 890 275 390 390 500 838 318 338 318 337 636 636 636 636 636 636 636 636 636 636 337
337 838 838 838 536 1000 722 735 765 802 730 694 799 872 395 401 747 664 1024 875 820 673 820 753 685 667
843 722 1028 722 722 695 390 337 390 838 500 500 596 640 560 640 592 370 640 644 320 310 606 320 948 644 602
640 640 478 513 402 644 565 856 564 565 527 636 337 636 838
"""
_FOR_CHINESE = """
500 500 574 838 636 963 780 500 500 500 600 838 500 500 500 520 636 636 636 636 636 636 636 636 636 636 500
500 838 838 838 539 1007 718 686 698 770 652 629 775 853 500 568 731 625 975 796 787 667 787 715 635 659 797
714 1053 700 687 685 500 520 500 838 567 626 613 644 550 644 615 500 635 663 500 500 607 500 974 661 626 644
644 500 521 500 653 592 863 592 592 525 636 500 636 838
"""


def ems_of(text: str, font: str) -> float:
    """The width of a line in a font of ours, in squares of its size."""
    return _measured(text, _table(_TIMES if font == ROMAN else ""))


def most_ems_of(text: str, font: str) -> float:
    """The width of a line in squares, whichever font is put in the place of ours."""
    return _measured(text, _table(_FOR_TIMES if font == ROMAN else _FOR_CHINESE))


def _measured(text: str, width: Callable[[int], int]) -> float:
    if text.isascii():
        return sum(map(width, text.encode())) / _SQUARE
    return sum(map(width, map(ord, text))) / _SQUARE


@cache
def _table(widths: str) -> Callable[[int], int]:
    """The width of a character by its number; of an empty text that in a Chinese font."""
    known = dict(enumerate(map(int, widths.split()), _FIRST))
    for code in range(_FIRST, _LAST + 1):
        known.setdefault(code, _SQUARE // 2)
    known[_UNBROKEN_BLANK] = known[_FIRST]
    return _Widths(known).__getitem__


class _Widths(dict[int, int]):
    def __missing__(self, code: int) -> int:
        # Quotation marks and dashes of no certain width are a square wide in Chinese fonts.
        width = _SQUARE if east_asian_width(chr(code)) in "WFA" else _NARROW
        self[code] = width
        return width
