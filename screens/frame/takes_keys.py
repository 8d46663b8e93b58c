"""The interface that the app needs of a screen, and the keys that every screen knows."""

from textual import events
from textual.screen import Screen

from screens.frame.keymap import is_quit

LONG_WAIT = 2.0
"""Seconds after which whoever waits may leave at once."""
_ESCAPES = ("escape", "ctrl+b")
WAITS = "台账还没有回答，请稍候；不等了按F12退出，没有办完的不会只办一半。"


def is_quit_key(event: events.Key | events.Paste) -> bool:
    """Whether somebody wants to end the program."""
    return isinstance(event, events.Key) and is_quit(event.key)


def is_escape(event: events.Key | events.Paste) -> bool:
    """Whether somebody wants out."""
    return isinstance(event, events.Key) and event.key in _ESCAPES


class TakesKeys(Screen[None], inherit_bindings=False):
    """The interface that the app needs of a screen."""

    @property
    def is_ready(self) -> bool:
        """Whether keys mean something now."""
        return True

    def take(self, event: events.Key | events.Paste) -> None:
        """Take a key or a paste, in the order in which they were typed."""

    def stops_work(self, event: events.Key | events.Paste) -> bool:
        """Whether a key stops work that the screen waits for: it does so past the keys that wait as well."""
        return False

    def say(self, text: str) -> None:
        """Tell something on the message line."""

    def show_away(self) -> None:
        """The database went away or came back, or more waits for it: the message line says so."""

    def database_back(self) -> None:
        """It is back: what could not be asked for may be asked for now."""

    @property
    def waits_long(self) -> bool:
        """Whether keys have waited for an answer for a while."""
        return False

    def leaves_by(self, event: events.Key | events.Paste) -> bool:
        """Whether a key is for leaving where keys have waited long."""
        return is_quit_key(event)

    def tell_waiting(self) -> None:
        """Tell that keys wait for an answer, and how not to wait with them."""
