"""What the last verification found, in a small file beside the key: a register that was set back is noticed by it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pxtui.whole_file import write_whole

_NAME = "verified"


@dataclass(frozen=True, slots=True)
class Noted:
    """The last verification of a register."""

    head: str
    """The newest link of the last one that found nothing, see `db.chain.links.head_of`; empty where there was none."""
    on: date
    """The day of the last one."""
    sentence: str = ""
    """What it found first, in Chinese; empty: nothing."""


def read(folder: Path) -> Noted | None:
    """What the file in the folder of keys says; None where there is none, or nobody can read it."""
    try:
        head, on, *rest = (folder / _NAME).read_text("utf-8").split("\n")
        return Noted(head, date.fromisoformat(on), rest[0] if rest else "")
    except (OSError, ValueError):
        return None


def write(folder: Path, noted: Noted) -> None:
    """Write it over what was noted before.

    Raises:
        OSError: the folder does not take it.
    """
    content = f"{noted.head}\n{noted.on.isoformat()}\n{noted.sentence}\n"
    write_whole(folder / _NAME, content.encode(), replaces=True)


def forget(folder: Path) -> None:
    """Take it away, where a register was set back on purpose: out of a backup.

    Raises:
        OSError: the folder does not let it go.
    """
    (folder / _NAME).unlink(missing_ok=True)
