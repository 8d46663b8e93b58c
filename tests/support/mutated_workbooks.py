"""Workbooks with a few bytes of a part otherwise, read by the program and by a second reader beside it."""

import contextlib
import os
import pickle
import random
import re
import resource
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

import openpyxl

from pxtui.papers.reading import table_child
from pxtui.papers.reading.open_xml import FIRST_YEAR
from tests.support.hostile_workbooks import MAIN, book, letter, sheet
from tests.support.incoming import HEADER
from tests.support.rosters import made_up_people

Cells = dict[tuple[int, int], object]
"""By row and column from 0; empty cells are not there."""
_PARTS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml")
_WEIGHTS = (6, 3, 1, 1)
_MEMORY = 2**30
_BATCH = 500
_MOST_CELLS = 100_000
"""Of a sheet that the second reader lays out, empty ones included."""
_FIRST_DAY = (date(FIRST_YEAR, 1, 1) - date(1899, 12, 30)).days
_EARLY_DAY = re.compile("(?:0|1[0-8]|190)[0-9]+-")
_HOURS = re.compile("[0-9]+:[0-5][0-9]:[0-5][0-9]")
_LIMITS = table_child._Limits(20_000, 100_000, 64)


def honest() -> bytes:
    """A roster of 12 people with texts of both kinds, numbers, days and truths, as spreadsheet programs write it."""
    shared: list[str] = []

    def text(address: str, value: str) -> str:
        shared.append(value)
        return f'<c r="{address}" t="s"><v>{len(shared) - 1}</v></c>'

    heads = (*HEADER[:6], "日期", "合格", "成绩")
    lines = ["".join(text(f"{letter(column)}1", head) for column, head in enumerate(heads))]
    for row, person in enumerate(made_up_people(12), start=2):
        lines.append(
            f'<c r="A{row}"><v>{person.seq}</v></c>{text(f"B{row}", person.name)}{text(f"C{row}", "女")}'
            f'<c r="D{row}"><v>40</v></c><c r="E{row}" t="inlineStr"><is><t>{person.id_number}</t></is></c>'
            f'{text(f"F{row}", person.phone)}<c r="G{row}" s="1"><v>43891</v></c>'
            f'<c r="H{row}" t="b"><v>{row % 2}</v></c><c r="I{row}"><v>{row + 0.5}</v></c>'
        )
    rows = "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(lines, start=1))
    strings = "".join(f"<si><t>{value}</t></si>" for value in shared)
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    return book(
        sheet(rows),
        strings=f'<sst xmlns="{MAIN}">{strings}</sst>',
        styles=f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    )


def mutated(data: bytes, number: int) -> bytes:
    """The mutation of a workbook that bears this number, the same one every time."""
    chance = random.Random(number)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = chance.choices(_PARTS, _WEIGHTS)[0]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        parts[part] = _changed(parts[part], chance)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _changed(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    tags = [found.start() for found in re.finditer(b"<", content)]
    first, second = sorted(chance.choice(tags) for _ in range(2))
    far = content.find(b">", second) + 1
    digits = [found.start() for found in re.finditer(b"[0-9]", content)]
    match chance.randrange(7):
        case 0:
            return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
        case 1:
            return content[:place] + content[place + chance.randrange(1, 4) :]
        case 2:
            digit = chance.choice(digits)
            return content[:digit] + b"%d" % chance.choice((0, 1, 7, 99, 10**9)) + content[digit + 1 :]
        case 3 if second - first < 2_000:
            return content[:first] + content[second:]
        case 4 if second - first < 2_000:
            return content[:second] + content[first:second] + content[second:]
        case 5:
            other = chance.choice(tags)
            return content[:other] + content[second:far] + content[other:]
        case _:
            return content[:place] + chance.choice((b"-", b" ", b"&amp;", b"<v/>", b"&#9;", b'"')) + content[place:]


def read_by_the_program(data: bytes) -> Cells | None:
    """What the child answers of the first sheet; None: it refuses."""
    try:
        sheets = table_child._workbook(data)
    except Exception:
        return None
    rows = table_child._within(sheets[0], _LIMITS)["rows"] if sheets else None
    if not isinstance(rows, list):
        return None
    return _filled((row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line))


def read_by_the_other(data: bytes) -> Cells | None:
    """What openpyxl reads of the first sheet; None: it refuses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            first = openpyxl.load_workbook(BytesIO(data), data_only=True).worksheets[0]
    except Exception:
        return None
    if (first.max_row or 0) * (first.max_column or 0) > _MOST_CELLS:
        return None
    return _filled((row, column, value) for row, line in enumerate(first.values) for column, value in enumerate(line))


def _filled(cells: Iterator[tuple[int, int, object]]) -> Cells:
    values = {(row, column): _plain(value) for row, column, value in cells}
    return {place: value for place, value in values.items() if value != ""}


def _plain(value: object) -> object:
    """So that two readers' values can be compared: days as ISO text, texts without the blanks around them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime):
        return str(value) if (value.hour, value.minute, value.second) != (0, 0, 0) else str(value.date())
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value).strip()


def compared(data: bytes, first: int, count: int) -> Iterator[tuple[int, str, str]]:
    """By number of the mutation, what became of it: `refused`, `alike`, `alone` (the other reader refuses),
    `differs` or `ended` (of the process: the second reader takes what memory there is); and the first difference.
    """
    after = first
    while after < first + count:
        behind = min(after + _BATCH, first + count)
        for told in _in_a_process(data, after, behind):
            after = told[0] + 1
            yield told
        if after < behind:
            yield after, "ended", ""
            after += 1


def _in_a_process(data: bytes, first: int, behind: int) -> Iterator[tuple[int, str, str]]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            with os.fdopen(writing, "wb") as out:
                cells = read_by_the_other(data)
                assert cells is not None
                for number in range(first, behind):
                    pickle.dump((number, *_compare(mutated(data, number), cells)), out)
                    out.flush()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers, contextlib.suppress(EOFError):
        while True:
            yield pickle.load(answers)  # noqa: S301  # of our own process
    os.waitpid(child, 0)


def _compare(data: bytes, honest_cells: Cells) -> tuple[str, str]:
    ours = read_by_the_program(data)
    if ours is None:
        return "refused", ""
    others = read_by_the_other(data)
    if not others:
        return "alone", ""
    for place in sorted(ours.keys() | others.keys()):
        own, other = ours.get(place, ""), others.get(place, "")
        # Where the second reader has lost what the file still says, it proves nothing.
        if own not in (other, honest_cells.get(place, "")) and other != "#VALUE!" and not _mean_the_same(own, other):
            return "differs", f"{place}: {own!r} here, {other!r} there"
    return "alike", ""


def _mean_the_same(own: object, other: object) -> bool:
    """Whether one reader has a text that is the other one's number, or the number or hours of a day before all
    trainings.
    """
    is_early = (isinstance(own, float) and own < _FIRST_DAY) or _HOURS.fullmatch(str(own))
    if is_early and _EARLY_DAY.match(str(other)):
        return True
    try:
        return isinstance(own, str | float) and isinstance(other, str | float) and float(own) == float(other)
    except ValueError:
        return False
