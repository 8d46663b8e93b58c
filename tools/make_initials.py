"""Makes the tables of first letters of the readings of all characters U+4E00 to U+9FA5.

Run it with two libraries installed that the program itself never needs (`pip install pypinyin pypinyin-dict`):

    python tools/make_initials.py usual > pxtui/identifiers/initials.txt
    python tools/make_initials.py other > pxtui/identifiers/other_initials.txt

The usual letters are stored with every name on file and must stay as they are.
"""

import sys
import unicodedata
from collections import defaultdict

from pypinyin import Style, pinyin
from pypinyin_dict.pinyin_data import khanyupinlu, kmandarin_8105, ktghz2013, kxhc1983

FIRST, LAST = 0x4E00, 0x9FA5
# Characters that are read otherwise where they are surnames, which is where they are looked up.
SURNAMES = {"单": "s", "仇": "q", "解": "x", "曾": "z", "覃": "q", "区": "o", "查": "z", "盖": "g", "繁": "p"}
# Readings of today; pypinyin's own heteronyms have those of classical texts too, with which half of a list would match.
READINGS_OF_TODAY = (ktghz2013, kmandarin_8105, kxhc1983, khanyupinlu)
LETTERS_A_LINE = 100


def most_usual(character: str) -> str:
    """The letter of the reading outside names; a hyphen where no reading is known."""
    return letter_of(pinyin(character, style=Style.NORMAL, heteronym=False)[0][0]) or "-"


def letter_of(reading: str) -> str:
    """The first letter of a reading, without its tone mark; empty where it has none."""
    letter = unicodedata.normalize("NFD", reading.strip())[:1].lower()
    return letter if "a" <= letter <= "z" else ""


def print_usual() -> None:
    """A letter a character, as a surname where it is one."""
    letters = "".join(SURNAMES.get(chr(code), most_usual(chr(code))) for code in range(FIRST, LAST + 1))
    for start in range(0, len(letters), LETTERS_A_LINE):
        print(letters[start : start + LETTERS_A_LINE])


def print_other() -> None:
    """A letter a line, behind it the characters that are read with it beside their usual letter."""
    characters: defaultdict[str, str] = defaultdict(str)
    for code in range(FIRST, LAST + 1):
        character = chr(code)
        readings = [text for source in READINGS_OF_TODAY for text in source.pinyin_dict.get(code, "").split(",")]
        letters = {most_usual(character), *map(letter_of, readings)} - {"", "-"}
        for letter in letters - {SURNAMES.get(character, most_usual(character))}:
            characters[letter] += character
    for letter, readable in sorted(characters.items()):
        print(letter + readable)


{"usual": print_usual, "other": print_other}[sys.argv[1]]()
