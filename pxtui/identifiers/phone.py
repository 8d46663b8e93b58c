"""Telephone numbers of the mainland: an 11-digit mobile, or a landline with its area code."""

import re

from pxtui.identifiers.text import canonical

_SHAPE = re.compile("1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}")
_WITH_COUNTRY = re.compile("861[3-9][0-9]{9}")


def is_valid(text: str) -> bool:
    """Whether the number can be dialled as it stands."""
    return _SHAPE.fullmatch(canonical(text)) is not None


def masked(text: str) -> str:
    """The number as a list shows it: a mobile's first 3 and last 4."""
    number = canonical(text)
    return number[:3] + "*" * max(0, len(number) - 7) + number[-4:] if len(number) > 7 else "*" * len(number)


def digits(text: str) -> str:
    """The digits by which a phone is known, a mobile without the country before it; empty where there is none."""
    found = "".join(character for character in canonical(text) if character.isascii() and character.isdigit())
    return found[2:] if _WITH_COUNTRY.fullmatch(found) else found
