"""Lists from elsewhere, written and taken in as a clerk does."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from db.models import ListKind
from pxtui.casework.outside_lists import comparing, importing
from pxtui.casework.outside_lists.comparing import Compared
from pxtui.casework.outside_lists.importing import Stated, Taken
from tests.support.counter import Counter

SOURCE = "市社保局"
AS_OF, UNTIL = date(2020, 3, 1), date(2020, 6, 30)


def written(folder: Path, lines: Sequence[str], name: str = "名单.csv") -> Path:
    """A text with these lines."""
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def imported(
    counter: Counter,
    kind: ListKind,
    file: Path,
    *,
    source: str = SOURCE,
    as_of: date = AS_OF,
    until: date = UNTIL,
    month: date | None = None,
) -> Taken:
    """A list taken in."""
    prepared = importing.prepare(file, kind)
    with counter.register.writing(counter.acting) as context:
        return importing.take(context, prepared, Stated(source, as_of, until, month))


def compared(counter: Counter, number: str) -> Compared:
    """A case compared with the lists in force."""
    with counter.register.reading(counter.acting) as context:
        return comparing.of_case(context, number)
