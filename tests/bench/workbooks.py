"""Workbooks of 10,000 rows beside the libraries alone."""

import multiprocessing
import re
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from python_calamine import CalamineWorkbook

from pxtui.papers.attachments import attachment_4
from pxtui.papers.attachments.attachment_4 import Attachment4, ClaimLine
from pxtui.papers.reading.rosters import read_roster
from pxtui.papers.writing import sheet_writer
from tests.bench.table import Line, Report
from tests.support.rosters import made_up_people

_ROWS = 10_000
_ROUNDS = 2
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def measured_workbooks() -> Report:
    """Attachment 4 out and a roster in."""
    with tempfile.TemporaryDirectory() as folder:
        return Report(times=[*_written(Path(folder)), *_read(Path(folder) / "ours.xlsx")])


def write_attachment_4(path: Path) -> float:
    """Seconds for the paper."""
    lines = _lines()
    start = time.perf_counter()
    sheet_writer.write(attachment_4.page(Attachment4("攀枝花市恒力机械有限公司", lines, "00000000")), path)
    return time.perf_counter() - start


def write_bare(path: Path) -> float:
    """Seconds for the same cells in the plainest fast loop: write-only, one style for all."""
    rows = [(*astuple(line)[:-2], "合格", line.remark) for line in _lines()]
    start = time.perf_counter()
    workbook: Any = Workbook(write_only=True)
    worksheet = workbook.create_sheet()
    styled: Any = WriteOnlyCell(worksheet)
    line = Side("thin")
    styled.font = Font(name="仿宋", size=10.5)
    styled.alignment = Alignment("center", "center", wrap_text=True)
    styled.border = Border(line, line, line, line)
    style = styled._style
    for row in rows:
        cells = []
        for value in row:
            cell: Any = WriteOnlyCell(worksheet, value)
            cell._style = style
            cells.append(cell)
        worksheet.append(cells)
    workbook.save(path)
    return time.perf_counter() - start


def _lines() -> list[ClaimLine]:
    hours = Decimal(40)
    return [
        ClaimLine(
            person.seq, person.name, "男", 50, person.id_number, person.phone, hours, hours, person.phone, passed=True
        )
        for person in made_up_people(_ROWS)
    ]


def _written(folder: Path) -> list[Line]:
    ours, bare = [], []
    for _ in range(_ROUNDS):
        ours.append(_in_fresh_process(write_attachment_4, folder / "ours.xlsx"))
        bare.append(_in_fresh_process(write_bare, folder / "bare.xlsx"))
    (our_seconds, our_peak), (bare_seconds, bare_peak) = min(ours), min(bare)
    return [
        Line(
            f"Attachment 4 of {_ROWS} rows",
            f"{our_seconds:.2f} s, {our_seconds / bare_seconds:.2f} times the bare loop ({bare_seconds:.2f} s)",
            "1.2 times",
        ),
        Line("  its peak of memory", f"{our_peak:.0f} MB, the bare loop's {bare_peak:.0f} MB"),
    ]


def _read(path: Path) -> list[Line]:
    ours, alone = [], []
    for _ in range(_ROUNDS):
        ours.append(_seconds(lambda: read_roster(path)))
        alone.append(_seconds(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()))
    measured = f"{min(ours):.2f} s, {min(ours) / min(alone):.1f} times the library alone ({min(alone):.2f} s)"
    return [Line(f"reading a roster of {_ROWS} rows", measured, "4 times")]


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _in_fresh_process(function: Callable[[Path], float], path: Path) -> tuple[float, float]:
    """Seconds, and the process's peak of memory in MB."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, path).result(), pool.submit(_peak).result()


def _peak() -> float:
    found = _PEAK.search(Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0
