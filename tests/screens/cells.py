"""What is seen of a terminal's cells."""

from collections.abc import Iterable
from typing import Any


def seen(cells: Iterable[Any]) -> list[Any]:
    """Cells without what is not seen: of a blank, the colour and weight of its ink."""
    return [
        cell._replace(fg="default", bold=False) if cell.data == " " and not cell.reverse else cell for cell in cells
    ]
