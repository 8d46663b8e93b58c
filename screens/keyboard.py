"""The reading of keys: what Textual 8.2.8 would type though nobody typed it, types nothing."""

import re
from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.keys import Keys

# Alt with a letter comes as Esc and the letter, with a digit it would type a sign such as ¡. Nothing here uses Alt.
_ALT = re.compile(r"\x1b[ -NQ-Z\\^-~]")
# A key that Textual does not know, complete: it would be typed as ^[ and the rest.
_UNKNOWN_KEY = re.compile(r"\x1b(?:\[[0-9;:]*[A-Za-z~^$@]|O[A-Za-z])")


class Keyboard(XTermParser):
    """Textual's parser of what the terminal sends."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        if _ALT.fullmatch(sequence):
            return [Key(Keys.Ignore, sequence)]
        keys = list(super()._sequence_to_key_events(sequence, alt))
        if not keys and _UNKNOWN_KEY.fullmatch(sequence):
            return [Key(Keys.Ignore, sequence)]
        if not keys and len(sequence) == 2 and not sequence[1].isascii():
            # Esc and, at once, what an input method commits: Alt sends no such character.
            return [Key("escape", "\x1b"), *super()._sequence_to_key_events(sequence[1])]
        return keys
