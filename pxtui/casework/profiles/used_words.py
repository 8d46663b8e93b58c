"""The different values of a column of cases, such as occupations, read off its index and not off the cases."""

from sqlalchemy import select
from sqlalchemy.orm import Mapped
from sqlmodel import func

from pxtui.casework.office.context import Context
from pxtui.identifiers.pinyin import contain, readings
from pxtui.identifiers.text import canonical

_MOST = 5_000


def different(context: Context, column: Mapped[str] | Mapped[str | None]) -> list[str]:
    """Each value of an indexed column once, in its order; 5,000 at most.

    One step of the index a value, where DISTINCT would read an entry a case.
    """
    first = select(func.min(column).label("value")).where(column != "").cte("used", recursive=True)
    behind = select(func.min(column)).where(column > first.c.value).correlate(first).scalar_subquery()
    used = first.union_all(select(behind).where(first.c.value.is_not(None)))
    rows = context.session.execute(select(used.c.value).limit(_MOST)).scalars()
    return [value for value in rows if value]


def is_meant(value: str, text: str) -> bool:
    """Whether every word of a text stands in a value, or is read so somewhere in it."""
    words = [canonical(word).casefold() for word in text.split()]
    said = canonical(value).casefold()
    of_each = readings(value)
    return bool(words) and all(
        word in said or (word.isascii() and word.isalpha() and contain(word, of_each)) for word in words
    )
