"""Initials of Chinese names and words: hlj finds 恒力机械, and yh finds 银行 as yx does."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations, islice, product

from pxtui.identifiers.text import canonical

_FIRST = 0x4E00
# The table reads these as surnames; in words they are read otherwise.
_IN_WORDS = str.maketrans({"区": "q", "单": "d", "解": "j", "查": "c", "繁": "f"})
_VARIED = 8
"""Letters from the beginning in which `other_initials` differ: who keys so many has found what she looks for."""
_MOST_SPELLINGS = 64


def initials(text: str) -> str:
    """The first letters of the usual readings, letters and digits as they are, in lower case; others are left out."""
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


def readings(text: str) -> tuple[str, ...]:
    """Of each character that has one, the first letters of all its readings, the usual one first: 银行 is y, xh."""
    return tuple(filter(None, map(_read, canonical(text))))


def begin_with(letters: str, of_each: Sequence[str]) -> bool:
    """Whether letters in lower case are a beginning of a text with these `readings`."""
    return len(letters) <= len(of_each) and all(map(str.__contains__, of_each, letters))


def contain(letters: str, of_each: Sequence[str]) -> bool:
    """Whether letters in lower case stand together anywhere in a text with these `readings`."""
    return any(begin_with(letters, of_each[start:]) for start in range(len(of_each) - len(letters) + 1))


def other_initials(usual: str, text: str) -> tuple[str, ...]:
    """The initials of a text read otherwise than usual, those that differ least first, 63 at most.

    Args:
        usual: its initials as they are stored, of its end or of all of it; those of its end are varied.
    """
    # A text that is no name may lose a letter where it is made canonical twice.
    of_each = readings(text)[-len(usual) :] if usual else ()
    choices = [[other for other in some if other != letter] for letter, some in zip(usual, of_each, strict=False)]
    varied = [place for place, some in enumerate(choices[:_VARIED]) if some]
    spelt = (
        _spelt(usual, places, letters)
        for count in range(1, len(varied) + 1)
        for places in combinations(varied, count)
        for letters in product(*(choices[place] for place in places))
    )
    return tuple(islice(dict.fromkeys(spelt), _MOST_SPELLINGS - 1))


@lru_cache(maxsize=8192)
def _read(character: str) -> str:
    usual = initials(character)
    return usual and usual + _others().get(character, "")


def _spelt(usual: str, places: Iterable[int], letters: Iterable[str]) -> str:
    spelling = list(usual)
    for place, letter in zip(places, letters, strict=True):
        spelling[place] = letter
    return "".join(spelling)


@cache
def _letters() -> str:
    """The letters of U+4E00 to U+9FA5, made by tools/make_initials.py."""
    return files("pxtui.identifiers").joinpath("initials.txt").read_text(encoding="ascii").replace("\n", "")


@cache
def _others() -> dict[str, str]:
    """By character, the letters of its readings beside the usual one, made by tools/make_initials.py."""
    found: dict[str, str] = {}
    table = files("pxtui.identifiers").joinpath("other_initials.txt").read_text(encoding="utf-8")
    for line in table.split():
        for character in line[1:]:
            found[character] = found.get(character, "") + line[0]
    return found
