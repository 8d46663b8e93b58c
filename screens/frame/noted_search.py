"""Searches for a person by a whole number, which the register notes before it answers."""

from collections.abc import Callable

from pxtui.casework.people import reveals
from screens.frame.register_screen import RegisterScreen


def noted_search(screen: RegisterScreen, text: str, then: Callable[[], None]) -> None:
    """Go on with a search, once it is noted where it is by a whole number; others go on at once."""
    if reveals.is_whole_number(text):
        screen.write(reveals.note_search, text, then=lambda _: then(), hold=True)
    else:
        then()
