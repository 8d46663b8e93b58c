"""The reading of keys: what was pressed, and nothing that Textual 8.2.8 would make of it instead."""

import re
from collections.abc import Iterable

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.events import Key
from textual.keys import Keys
from textual.message import Message

from pxtui.identifiers.text import has_shape

_ESCAPE = "\x1b"
_BEGINS_A_SEQUENCE = ("[", "O", _ESCAPE)
_LONGEST = 32
# Alt with a letter comes as Esc and the letter, with a digit it would type a sign such as ¡. Nothing here uses Alt.
_ALT = re.compile(r"\x1b[\x08 -NP-Z\\-\x7f]")
# Not known to Textual: F5 to F12 of a VT100+ keyboard (a setting of PuTTY); Home and End with Ctrl in rxvt, where
# Textual takes one for the other.
_KEYS = {
    **{f"\x1bO{final}": f"f{number}" for number, final in enumerate("TUVWXYZ[", start=5)},
    "\x1b[7^": "ctrl+home",
    "\x1b[8^": "ctrl+end",
}
# A key or an answer that Textual does not know, complete: it would be typed as ^[ and the rest.
_UNKNOWN = re.compile(r"\x1b(?:\[[0-9;:]*[A-Za-z~^$@]|\[\[[A-Za-z]|\[[?>=][0-9;:]*[A-Za-z~]|O[0-9;]*[@-~])")
_GAP = re.compile(r"\t| {2,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_COLUMNS_OF_A_TABLE = 3
_GAPS_OF_A_TABLE = 4


class Keyboard(XTermParser):
    """Textual's parser of what the terminal sends, fed with one read after the other.

    A table that comes as if it were typed, from a terminal without bracketed paste, becomes a paste: typed into
    fields it would be a mess.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._recent = ""
        """The last characters that were read as keys."""
        self._pasted: str | None = None
        """A bracketed paste whose end has not come yet."""
        self._table = ""
        """A typed table whose end has not come yet."""
        self._is_quiet = False

    def feed(self, data: str) -> Iterable[Message]:
        """What a read holds: keys and pastes."""
        self._is_quiet = False
        if self._pasted is not None:
            yield from self._read_pasted(data)
        elif self._table or self._is_typed_table(data):
            self._table += data
        else:
            yield from self._read_keys(data)

    def tick(self) -> Iterable[Message]:
        """What follows from nothing more being read; called after every read, and after a while without one."""
        if self._table:
            if self._is_quiet:
                yield from self._read_table()
            self._is_quiet = True
        elif self._begun == _ESCAPE:
            yield from super().tick()
        elif len(self._begun) == len("\x1b["):
            # Alt with [ or O: it types nothing either.
            list(super().tick())
        # The rest of a longer sequence comes, however slow the line is.

    @property
    def _begun(self) -> str:
        """A sequence that is not complete."""
        return self._recent[self._recent.rfind(_ESCAPE) :] if self._timeout_time is not None else ""

    def _read_keys(self, data: str) -> Iterable[Message]:
        if self._begun == _ESCAPE and data and not data.startswith(_BEGINS_A_SEQUENCE):
            # A terminal sends Alt and its key in one go: this is Esc, and then another key.
            self._timeout_time = 0.0
            yield from super().tick()
        read = self._recent + data
        begin = read.find(BRACKETED_PASTE_START, max(0, len(self._recent) - len(BRACKETED_PASTE_START) + 1))
        if begin < 0:
            self._recent = read[-_LONGEST:]
            yield from super().feed(data)
            return
        keys = begin + len(BRACKETED_PASTE_START) - len(self._recent)
        yield from super().feed(data[:keys])
        self._recent, self._pasted = "", ""
        yield from self._read_pasted(data[keys:])

    def _read_pasted(self, data: str) -> Iterable[Message]:
        """Nothing within a paste is a key, whatever it looks like."""
        text, end, rest = f"{self._pasted}{data}".partition(BRACKETED_PASTE_END)
        if not end:
            self._pasted = text
            return
        self._pasted = None
        yield from super().feed(text.replace(_ESCAPE, "") + end)
        if rest:
            yield from self.feed(rest)

    def _is_typed_table(self, data: str) -> bool:
        """Whether a read is rows of at least three columns: more than anybody keys before a program looks."""
        if self._begun or _CONTROL.search(data):
            return False
        *lines, _ = re.split(r"\r\n?|\n", data)
        rows = [_GAP.split(line.strip(" ")) for line in lines if line.strip()]
        gaps = sum(len(row) - 1 for row in rows)
        return gaps >= _GAPS_OF_A_TABLE and all(
            len(row) >= _COLUMNS_OF_A_TABLE and sum(map(bool, row)) > 1 for row in rows
        )

    def _read_table(self) -> Iterable[Message]:
        table, self._table = self._table, ""
        if "\t" not in table:
            # What is copied from a screen of text has blanks for its tabs.
            table = re.sub(" {2,}", "\t", re.sub(r"(?m)^ +", "", re.sub(r"\r\n?", "\n", table)))
        yield from super().feed(f"{BRACKETED_PASTE_START}{table}{BRACKETED_PASTE_END}")

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        if _ALT.fullmatch(sequence):
            return [Key(Keys.Ignore, sequence)]
        if sequence in _KEYS:
            return [Key(_KEYS[sequence], None)]
        keys = list(super()._sequence_to_key_events(sequence, alt))
        with_alt = len(keys) > 1 and keys[0].key == "escape"
        if with_alt or (not keys and _UNKNOWN.fullmatch(sequence)):
            return [Key(Keys.Ignore, sequence)]
        if not keys and len(sequence) > 1 and not " " <= sequence[-1] <= "~":
            # No key goes on like this. Esc and, at once, Enter or what an input method commits were two.
            before = Key("escape", _ESCAPE) if len(sequence) == len("\x1b\r") else Key(Keys.Ignore, sequence)
            return [before, *super()._sequence_to_key_events(sequence[-1])]
        return keys


def typed_character(event: Key) -> str:
    """The character that a key types; none where Alt is held, which some terminals send for a letter."""
    character = event.character or ""
    # Not Textual's own word for it: to an older Python a newer Han character is no character.
    return character if character and all(map(has_shape, character)) and "+" not in event.key else ""
