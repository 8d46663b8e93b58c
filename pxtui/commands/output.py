"""What commands print: whatever they tell, and whoever wrote it, nothing in it steers the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

from screens.terminal.plain import inert


class InertStream:
    """A stream of text in which nothing but the ends of lines moves the cursor, as on the screens."""

    def __init__(self, stream: Any) -> None:
        """`stream` takes what is written, and knows all else."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text; the characters of it."""
        self._stream.write("\n".join(map(inert, text.split("\n"))))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def inert_output() -> Iterator[None]:
    """Let all that is printed meanwhile, also of what went wrong, go through such a stream."""
    said: Any = InertStream(sys.stdout)
    complained: Any = InertStream(sys.stderr)
    with redirect_stdout(said), redirect_stderr(complained):
        yield
