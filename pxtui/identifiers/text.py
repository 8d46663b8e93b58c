"""Text in the form in which it is compared: two spellings of one name, number or code are one value."""

import re
import unicodedata

_UNBROKEN_BLANK = "\u00a0"
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
