"""Columns of a table without a header, known by what stands in them: what a clerk copies out of a longer list."""

import re
from collections.abc import Callable, Mapping, Sequence

from pxtui.papers.reading.grid import Cell, cell_text
from pxtui.papers.reading.roster_cells import looks_like_id_number, read_name, read_phone, read_sex

_NAME = re.compile("[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+(·[\u3400-\u9fff]+)+")
_PHONE = re.compile("1[0-9]{10}|0[0-9]{9,11}")
_MOST = 0.8
"""The share of the cells of a column that say what the column is."""


def columns_by_content(rows: Sequence[Sequence[Cell]], id_column: int) -> Mapping[str, int] | None:
    """Places of name, ID number, phone and sex among the columns, counted from 0; None where the names cannot be told.

    Age and running number are left out, which cannot be told from other numbers and follow from the rest anyway.
    A field that two columns look like is left out: the clerk sees in the preview what was taken for what.

    Args:
        rows: those with an ID number in `id_column`.
    """
    width = max(map(len, rows))
    texts = [[cell_text(row[column]) if column < len(row) else "" for row in rows] for column in range(width)]
    found = {"id_number": id_column}
    for field, is_one in _LIKENESSES.items():
        like = [column for column in range(width) if column != id_column and _share(texts[column], is_one) >= _MOST]
        if len(like) == 1:
            found[field] = like[0]
    return found if "name" in found else None


def _share(texts: Sequence[str], is_one: Callable[[str], bool]) -> float:
    """Count of the cells that are filled fit; nothing fits in a column that is hardly filled."""
    filled = [text for text in texts if text.strip()]
    return sum(map(is_one, filled)) / len(filled) if len(filled) * 2 >= len(texts) else 0.0


def _is_name(text: str) -> bool:
    name = read_name(text)
    return _NAME.fullmatch(name) is not None and not name.endswith("族") and read_sex(text) is None


def _is_phone(text: str) -> bool:
    return _PHONE.fullmatch(read_phone(text)) is not None and not looks_like_id_number(text)


def _is_sex(text: str) -> bool:
    return read_sex(text) is not None


_LIKENESSES: Mapping[str, Callable[[str], bool]] = {
    "name": _is_name,
    "phone": _is_phone,
    "sex": _is_sex,
}
