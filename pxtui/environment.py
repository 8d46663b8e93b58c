"""The environment steers nothing: what the libraries would read of it is taken out before they are loaded.

Textual loads code, writes files and presses keys by its variables, Rich and the terminal's size follow `COLUMNS`, typer
answers a shell's completion in the place of a command. On a server the wrapper `deploy/bin/login` starts the program
with a fixed list of variables; this is for everybody else.
"""

import os
from collections.abc import Mapping

_PREFIXES = ("TEXTUAL", "JUPYTER_", "TTY_", "_PXTUI_", "_TYPER_", "PYDANTIC_", "OPENPYXL_", "ALEMBIC_", "SQLALCHEMY_")
_NAMES = frozenset(
    {
        "BROWSER",
        "COLUMNS",
        "DISABLE_SQLALCHEMY_CEXT_RUNTIME",
        "EDITOR",
        "FORCE_COLOR",
        "LINES",
        "PAGER",
        "SQLITE_TMPDIR",
        "TERMINAL_WIDTH",
        "UNICODE_VERSION",
        "VISUAL",
    }
)
_started_with: dict[str, str] = {}
_COLOURS = "TEXTUAL_COLOR_SYSTEM"
_PASSWORD_FILE = "PGPASSFILE"  # noqa: S105 - its name
_KNOWN_COLOURS = frozenset({"auto", "standard", "256", "truecolor"})


def forget_settings() -> None:
    """Take out what libraries read; of Textual's settings only the number of colours is an office's business."""
    _started_with.update({name: value for name, value in os.environ.items() if name not in _started_with})
    for name in list(os.environ):
        is_colours = name == _COLOURS and os.environ[name] in _KNOWN_COLOURS
        is_of_libpq = name.startswith("PG") and name != _PASSWORD_FILE
        if name in _NAMES or is_of_libpq or (name.startswith(_PREFIXES) and not is_colours):
            del os.environ[name]
    if not os.environ.get("NO_COLOR"):
        # no-color.org: an empty one says nothing.
        os.environ.pop("NO_COLOR", None)


def begin_with(environment: Mapping[str, str]) -> None:
    """Take this environment in the place of the present one, as a program does that is started with it."""
    _started_with.clear()
    # The same object: libraries hold on to it.
    os.environ.clear()
    os.environ.update(environment)


def started_with() -> Mapping[str, str]:
    """The environment as it was before anything was taken out."""
    return {**os.environ, **_started_with}
