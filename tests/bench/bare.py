"""The least that a Textual program can be: what starts are measured against. Run as a program."""

from textual.app import App, ComposeResult
from textual.widgets import Static

READY = "READY"


class Bare(App[None]):
    """One widget."""

    def compose(self) -> ComposeResult:
        """A word."""
        yield Static(READY)


if __name__ == "__main__":
    Bare().run(mouse=False)
