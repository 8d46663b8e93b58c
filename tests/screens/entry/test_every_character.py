"""Every character that there is, through every field: none that steers or hides is kept, and no Han is lost."""

import ast
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key

import screens
from pxtui.identifiers.person_name import written
from pxtui.papers.reading import roster_cells
from screens.entry.fields import Alphabet, Field
from screens.entry.line import TextLine
from screens.frame.prompt import Prompt
from screens.terminal.keyboard import typed_character

HIDING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Controls, formats with the marks of direction, halves of characters, the private area, ends of lines."""
HAN = [
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF)),
    (0x20000, 0x2A6DF),  # Extension B
    (0x2A700, 0x2B739),  # C
    (0x2B740, 0x2B81D),  # D
    (0x2B820, 0x2CEA1),  # E
    (0x2CEB0, 0x2EBE0),  # F
    (0x2EBF0, 0x2EE5D),  # I, of the supplement to GB 18030-2022
    (0x30000, 0x3134A),  # G
    (0x31350, 0x323AF),  # H
]
EVERY_HAN = "".join(chr(code) for first, last in HAN for code in range(first, last + 1))
FEWER = 64
"""One of so many stands in the short form, where all that hide but the private area stand as well."""


@cache
def every_character(*, whole: bool) -> str:
    """All 1,114,112, or the short form."""
    characters = map(chr, range(sys.maxunicode + 1))
    if whole:
        return "".join(characters)
    return "".join(
        character
        for code, character in enumerate(characters)
        if code % FEWER == 0 or (code < 0xE000 and unicodedata.category(character) in HIDING)
    )


def hiding(text: str) -> list[str]:
    """What of a text nobody sees, or only one computer shows."""
    return [
        f"U+{ord(mark):04X}" for mark in text if unicodedata.category(mark) in HIDING or ord(mark) & 0xFFFE == 0xFFFE
    ]


def fields_in_the_source() -> Iterator[tuple[str, ast.Call]]:
    """Every place that makes a field, with the module in which it stands."""
    root = Path(screens.__file__).parent
    for path in sorted(root.rglob("*.py")):
        module = ".".join(["screens", *path.relative_to(root).with_suffix("").parts])
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)) if "Field(" in source else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Field":
                yield module, node


def cleanings() -> dict[tuple[Alphabet, str], Field]:
    """The different ways in which fields take what is typed: by their alphabet, and by what spells their text."""
    found: dict[tuple[Alphabet, str], Field] = {}
    for module, call in fields_in_the_source():
        names = vars(import_module(module))
        given = {word.arg: word.value for word in call.keywords}
        if len(call.args) > 3:
            given["alphabet"] = call.args[3]
        alphabets = [
            Alphabet[node.attr]
            for node in ast.walk(given.get("alphabet", ast.Constant(None)))
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Alphabet"
        ]
        spelt: list[Callable[[str], str] | None] = [
            names[node.id]
            for node in ast.walk(given.get("spelt", ast.Constant(None)))
            if isinstance(node, ast.Name) and callable(names.get(node.id))
        ]
        for alphabet in alphabets or [Alphabet.TEXT]:
            for spells in spelt or [None]:
                key = alphabet, getattr(spells, "__name__", "")
                found[key] = Field("key", "label", 10, alphabet, spelt=spells)
    return found


CLEANINGS = cleanings()
WHOLE = [pytest.param(False, id="most"), pytest.param(True, id="all", marks=pytest.mark.long)]


def test_the_source_has_fields_of_every_kind() -> None:
    assert sum(1 for _ in fields_in_the_source()) > 100
    assert {alphabet for alphabet, _ in CLEANINGS} == {*Alphabet}
    assert (Alphabet.TEXT, written.__name__) in CLEANINGS


@pytest.mark.parametrize("name", sorted(spelt for alphabet, spelt in CLEANINGS if alphabet is Alphabet.TEXT))
def test_a_text_keeps_every_han_and_nothing_that_nobody_sees(name: str) -> None:
    field = CLEANINGS[Alphabet.TEXT, name]
    kept = field.completed(field.accepted(every_character(whole=True)))
    assert hiding(kept) == []
    assert {*EVERY_HAN} <= {*kept}


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("alphabet", sorted({alphabet for alphabet, _ in CLEANINGS} - {Alphabet.TEXT}))
def test_a_code_keeps_letters_and_digits(alphabet: Alphabet, *, whole: bool) -> None:
    kept = CLEANINGS[alphabet, ""].accepted(every_character(whole=whole))
    assert kept.isascii()
    assert kept.isprintable()


def test_an_answer_on_the_message_line_keeps_none_either() -> None:
    asked, _ = Prompt("理由：", lambda _: None, TextLine()).typed(every_character(whole=True))
    assert hiding(asked.answer) == []
    assert {*EVERY_HAN} <= {*asked.answer}


def test_every_han_can_be_typed_and_nothing_that_hides() -> None:
    def typed(character: str) -> str:
        return typed_character(Key(character, character))

    assert "".join(map(typed, EVERY_HAN[::FEWER])) == EVERY_HAN[::FEWER]
    assert "".join(map(typed, "\x00\x1b\x7f\x9b\u00ad\u200b\u202e\u2028\ue000\U000e0001\U000f0000\ufffe")) == ""


def _texts_of(read: Callable[[str], Any], whole: bool) -> Iterator[str]:
    """What one reading of a cell makes of all characters, some hundreds at a time."""
    characters = every_character(whole=whole)
    for start in range(0, len(characters), 500):
        yield read(characters[start : start + 500]) or ""


READINGS = {
    name: read
    for name, read in vars(roster_cells).items()
    if name.startswith("read_") and read.__annotations__["return"] is str
}
"""Those of a roster's columns that give a text."""


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("name", READINGS)
def test_a_cell_of_a_file_brings_nothing_that_nobody_sees(name: str, *, whole: bool) -> None:
    assert {"read_name", "read_text", "read_phone", "read_id_number", "read_account", "read_password"} == {*READINGS}
    read = "".join(_texts_of(READINGS[name], whole))
    if name in ("read_name", "read_id_number"):
        # The row of a character that only one computer has is refused, see `private_characters`.
        assert roster_cells.private_characters(read) != ""
        read = "".join(mark for mark in read if unicodedata.category(mark) != "Co")
    assert [mark for mark in hiding(read) if mark[-4:] not in ("FFFE", "FFFF")] == []
    if whole and name in ("read_name", "read_text"):
        assert {*EVERY_HAN} <= {*read}
