"""Serial numbers of cases, papers and batches, each by office and year."""

from typing import Any

from sqlmodel import col, func, select

from db.locks import hold_series
from pxtui.casework.office.context import Context


def next_serial(context: Context, serial: Any, *among: Any) -> int:
    """The next serial number, from 1; gap-free, because numbered rows are never deleted and writers wait.

    Args:
        serial: the column of the numbers.
        serial: the column of the serial numbers.
        among: conditions of the rows that are numbered together, such as office and year.
    """
    bound = (getattr(getattr(condition, "right", None), "value", condition) for condition in among)
    hold_series(context.session, " ".join(map(str, (col(serial), *bound))))
    return (context.session.exec(select(func.max(col(serial))).where(*among)).one() or 0) + 1
