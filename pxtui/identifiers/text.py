"""Text in the form in which it is compared: two spellings of one name, number or code are one value."""

import re
import unicodedata

_UNBROKEN_BLANK = "\u00a0"
_LINE_ENDS = "\t\n\r"
_HAN_PLANES = range(0x20000, 0x40000)
"""Planes 2 and 3 are set aside for Han characters (Unicode 15.1, 2.8): those that this Python has not heard of, too."""
_NO_CHARACTERS = (0xFFFE, 0xFFFF)
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cn"})
_BLANKS = re.compile("[\\s\u200b\ufeff]+")


def canonical(text: str | None) -> str:
    """`text` after NFKC and without blanks (white space, U+200B, U+FEFF); empty for None."""
    if text is None:
        return ""
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text  # as nearly every number and name is, and this is asked for each of them many times
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def canonical_code(text: str | None) -> str:
    """`canonical` in upper case: for ID numbers and credit codes."""
    return canonical(text).upper()


def in_fours(code: str) -> str:
    """An account for the eye: after every four digits a blank at which no line is broken; what is none, as it is."""
    plain = canonical(code)
    if not (plain.isascii() and plain.isdigit()):
        return code
    return _UNBROKEN_BLANK.join(plain[at : at + 4] for at in range(0, len(plain), 4))


def same(one: str | None, other: str | None) -> bool:
    """Whether both say the same; what is empty equals nothing."""
    first = canonical(one)
    return bool(first) and first == canonical(other)


def has_shape(character: str) -> bool:
    """Whether a character is a letter, a mark or a plain blank: no control or format character, nobody's own one."""
    if character.isprintable():
        return True
    code = ord(character)
    return code in _HAN_PLANES and code & 0xFFFF not in _NO_CHARACTERS


def shapes_of(text: str) -> str:
    """`text` without the characters that nobody sees, such as marks that turn the direction of writing."""
    return text if text.isprintable() else "".join(filter(has_shape, text))


def kept(text: str) -> str:
    """`text` as the register keeps it: blanks and line ends stay, what nobody sees is left out.

    Raises:
        ValueError: a character of the private area stands in it: left out, another name would be kept.
    """
    if text.isprintable():
        return text
    if own := next((mark for mark in text if unicodedata.category(mark) == "Co"), ""):
        raise ValueError(f"U+{ord(own):04X}")
    return "".join(mark for mark in text if mark in _LINE_ENDS or has_shape(mark) or not _is_invisible(mark))


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE
