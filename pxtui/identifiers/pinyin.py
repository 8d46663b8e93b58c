"""Initials of Chinese names and words: hlj finds 恒力机械."""

from functools import cache
from importlib.resources import files

from pxtui.identifiers.text import canonical

_FIRST = 0x4E00
# The table reads these as surnames; in words they are read otherwise.
_IN_WORDS = str.maketrans({"区": "q", "单": "d", "解": "j", "查": "c", "繁": "f"})


def initials(text: str) -> str:
    """The first letters of the readings, letters and digits as they are, in lower case; what has none is left out."""
    letters = _letters()
    found = []
    for character in canonical(text).lower():
        place = ord(character) - _FIRST
        if 0 <= place < len(letters):
            found.append(letters[place].strip("-"))
        elif character.isascii() and character.isalnum():
            found.append(character)
    return "".join(found)


def word_initials(text: str) -> str:
    """`initials` of what is nobody's name: `dq` for 东区, where a person called 区 is found by o."""
    return initials(canonical(text).translate(_IN_WORDS))


@cache
def _letters() -> str:
    """The letters of U+4E00 to U+9FA5, made by tools/make_initials.py."""
    return files("pxtui.identifiers").joinpath("initials.txt").read_text(encoding="ascii").replace("\n", "")
