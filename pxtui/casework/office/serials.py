"""Numbers that follow one another: of cases, papers and batches, each by office and year."""

from typing import Any

from sqlmodel import col, func, select

from pxtui.casework.office.context import Context


def next_serial(context: Context, serial: Any, *among: Any) -> int:
    """The next number; gap-free, because nothing that bears one is deleted and writers wait.

    Args:
        serial: the column of the numbers.
        among: what those have in common that are counted together, such as office and year.
    """
    return (context.session.exec(select(func.max(col(serial))).where(*among)).one() or 0) + 1
