"""Makes pxtui/identifiers/initials.txt: the first letter of the reading of every character U+4E00 to U+9FA5.

Run it with pypinyin installed (`pip install pypinyin`; the program itself never needs it):

    python tools/make_initials.py > pxtui/identifiers/initials.txt
"""

from pypinyin import Style, pinyin

FIRST, LAST = 0x4E00, 0x9FA5
# Characters that are read otherwise where they are surnames, which is where they are looked up.
SURNAMES = {"单": "s", "仇": "q", "解": "x", "曾": "z", "覃": "q", "区": "o", "查": "z", "盖": "g", "繁": "p"}
LETTERS_A_LINE = 100


def initial(character: str) -> str:
    """The letter; a hyphen where no reading is known."""
    reading = pinyin(character, style=Style.NORMAL, heteronym=False)[0][0]
    letter = SURNAMES.get(character, reading[0].lower())
    return letter if "a" <= letter <= "z" else "-"


letters = "".join(initial(chr(code)) for code in range(FIRST, LAST + 1))
for start in range(0, len(letters), LETTERS_A_LINE):
    print(letters[start : start + LETTERS_A_LINE])
