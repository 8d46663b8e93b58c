"""The program, telling in a file what it means its terminal to show: the cells that Textual has drawn, and the cursor.

Run as a module in the place of `pxtui`; the environment variable `WATCHED_CELLS` names the file.
"""

import json
import os
from pathlib import Path
from typing import Any

from pxtui.cli import main
from screens.terminal import wire

_TOLD_IN = "WATCHED_CELLS"


def _watch() -> None:
    """Write the cells down whenever something is displayed."""
    told_in = Path(os.environ[_TOLD_IN])
    unfinished = told_in.with_suffix(".unfinished")
    display = wire.Wire._display

    def display_and_tell(app: wire.Wire, screen: Any, renderable: Any) -> None:
        display(app, screen, renderable)
        rows = [_texts(strip) for strip in screen._compositor.render_strips()]
        unfinished.write_text(json.dumps({"cursor": list(app.cursor_position), "rows": rows}), encoding="utf-8")
        unfinished.replace(told_in)

    wire.Wire._display = display_and_tell  # type: ignore[assignment, method-assign]


def _texts(strip: Any) -> list[str]:
    """The text of each cell; the right half of a wide character has none."""
    return [text for cell, width in wire._cells(strip, None) for text in (cell.text, *[""] * (width - 1))]


if __name__ == "__main__":
    _watch()
    main()
