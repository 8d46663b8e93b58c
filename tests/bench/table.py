"""What was measured, as aligned lines beside its budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from rich.cells import cell_len


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing."""

    what: str
    measured: str
    budget: str = ""
    """Empty where there is none."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured: numbers that are the same every time, and times of this machine at this moment."""

    exact: Sequence[Line] = ()
    times: Sequence[Line] = ()


def print_report(reports: Sequence[Report]) -> None:
    """Print both tables."""
    for title, lines in (
        ("EXACT", [line for report in reports for line in report.exact]),
        ("TIMES", [line for report in reports for line in report.times]),
    ):
        cells = [(title, "measured", "budget"), *((line.what, line.measured, line.budget) for line in lines)]
        widths = [max(cell_len(row[column]) for row in cells) for column in range(3)]
        for row in cells:
            print("  ".join(text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True)))
        print()


def spread(values: Sequence[float], unit: str) -> str:
    """Half of the values are at most the first number, 19 of 20 at most the second."""
    high = quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
    return f"p50 {median(values):.0f} {unit}, p95 {high:.0f} {unit}"
