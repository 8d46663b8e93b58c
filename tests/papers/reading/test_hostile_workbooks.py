"""Workbooks made to take the reader's memory or time: read whole or refused in one sentence, within their limits."""

import json
import re
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from pxtui.errors import PxtuiError
from pxtui.papers.reading.grid import read_table
from pxtui.papers.reading.rosters import read_roster
from tests.support.generated_workbooks import GENERATED
from tests.support.hostile_workbooks import (
    HOSTILE,
    OFFICE,
    PEOPLE,
    ROSTER,
    book,
    cell,
    of_2003,
    rows_of,
    sheet,
    with_part,
)
from tests.support.incoming import HEADER
from tests.support.mutated_workbooks import compared, honest
from tests.support.payloads import steering
from tests.support.rosters import made_up_people

IN_SHORT = (
    *("elements 900 deep", "merged as far as a sheet goes", "UTF-16"),
    *("a cell repeated for ever (.ods)", "merged for ever (2003)", "row 4294967297, cell A4294967297"),
)
MOST_CHILD_MB, MOST_PARENT_MB, MOST_SECONDS = 128, 20, 12.0
"""The child has five seconds of the processor, and a workbook that ends it a second one."""
READING = """
import json, re, sys, time
from pathlib import Path
from pxtui.errors import PxtuiError
from pxtui.papers.reading.rosters import read_roster
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
before, begun = peak(), time.process_time()
try:
    said = f"{len(read_roster(Path(sys.argv[1])).rows)} rows"
except PxtuiError as error:
    said = error.sentence
spent = sum(__import__("os").times()[:4])
print(json.dumps([said, spent, peak() - before]))
"""
EVERY = {**HOSTILE, **GENERATED}
CHINESE = re.compile("[\u4e00-\u9fff]")
FAR_MORE = "解开后的内容太多"
TWICE = {
    "a cell twice": ROSTER.replace(cell(1, 1, "张三"), cell(1, 1, "张三") + cell(1, 1, "赵六")),
    "a row twice": rows_of(HEADER, *PEOPLE) + rows_of(HEADER, PEOPLE[1]).replace(rows_of(HEADER), ""),
    "a cell of another row": ROSTER.replace(cell(1, 1, "张三"), cell(2, 1, "张三")),
    "a row before the first": ROSTER.replace('<row r="2">', '<row r="0">'),
    "a row that no sheet has": ROSTER.replace('<row r="2">', '<row r="4294967298">'),
    "two values": ROSTER + '<row r="9"><c r="A9"><v>1</v><v/></c></row>',
    "a truth of 99": ROSTER + '<row r="9"><c r="A9" t="b"><v>99</v></c></row>',
    "a kind that is none": ROSTER + '<row r="9"><c r="A9" t="-n"><v>9</v></c></row>',
    "a shared text at -1": ROSTER + '<row r="9"><c r="A9" t="s"><v>-1</v></c></row>',
    "a value beside a text": ROSTER + '<row r="9"><c r="A9" t="inlineStr"><is><t>x</t></is><v>1</v></c></row>',
    "a text beside a value": ROSTER + '<row r="9"><c r="A9"><v>1</v><is><t>x</t></is></c></row>',
    "a value cut in two": ROSTER + '<row r="9"><c r="A9"><v>1<v>2</v></v></c></row>',
    "a number with a low line": ROSTER + '<row r="9"><c r="A9"><v>1_0</v></c></row>',
    "a number of words": ROSTER + '<row r="9"><c r="A9"><v>nan</v></c></row>',
    "a number of wide digits": ROSTER + '<row r="9"><c r="A9"><v>１０</v></c></row>',
    "a row with a low line": ROSTER + '<row r="1_0"><c><v>9</v></c></row>',
    "a cell in a cell": ROSTER + '<row r="9"><c r="A9"><v>1</v><c r="B9"><v>2</v></c></c></row>',
    "a row in a row": ROSTER + '<row r="9"><row r="10"><c r="A10"><v>1</v></c></row></row>',
    "a cell in another element": ROSTER + '<row r="9"><x><c r="A9"><v>1</v></c></x></row>',
    "a shared text at x": ROSTER + '<row r="9"><c r="A9" t="s"><v>x</v></c></row>',
}
"""What says two things of a cell, or nothing that can be: the library takes one of them without a word."""


@pytest.mark.parametrize("kind", IN_SHORT)
def test_a_hostile_workbook_is_read_whole_or_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(HOSTILE[kind]())
    sentence, names = "", ["张三", "李四", "王五"]
    try:
        names = [row.name for row in read_roster(path).rows][:3]
    except PxtuiError as error:
        sentence = error.sentence
    assert sentence.isprintable()
    assert names == ["张三", "李四", "王五"]


def test_what_is_too_much_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(HOSTILE["one text of 130 MB"]())
    with pytest.raises(PxtuiError, match=FAR_MORE):
        read_table(path)


@pytest.mark.parametrize("rows", TWICE.values(), ids=TWICE)
def test_a_cell_that_is_said_twice_or_wrongly_is_nobody_s(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(book(sheet(rows), strings="<sst><si><t>赵六</t></si></sst>"))
    with pytest.raises(PxtuiError, match="损坏"):
        read_table(path)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/styles.xml", "<cellXfs>", "<cellXfs><xf/></cellXfs><cellXfs>"),
        ("xl/styles.xml", "<cellXfs>", '<numFmt numFmtId="200" formatCode="0"/><cellXfs>'),
        ("xl/worksheets/sheet1.xml", 's="1"', 's="2"'),
        ("xl/workbook.xml", "<workbookPr/>", '<workbookPr/><workbookPr date1904="1"/>'),
        ("xl/_rels/workbook.xml.rels", 'Id="styles"', 'Id="r1"'),
        (
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            f'<Relationship Id="x" Type="{OFFICE}/styles" Target="y"/></Relationships>',
        ),
        (
            "_rels/.rels",
            "</Relationships>",
            f'<Relationship Id="x" Type="{OFFICE}/officeDocument" Target="y"/></Relationships>',
        ),
    ],
    ids=("styles", "a format", "a style that is none", "what days count from", "an id", "where styles are", "the book"),
)
def test_a_book_that_says_twice_what_its_days_are_is_refused(tmp_path: Path, part: str, old: str, new: str) -> None:
    styles = '<numFmt numFmtId="200" formatCode="yyyy-mm-dd"/><cellXfs><xf/><xf numFmtId="200"/></cellXfs>'
    whole = book(
        sheet('<row r="1"><c r="A1" s="1"><v>43891</v></c></row>'),
        styles=f"<styleSheet>{styles}</styleSheet>",
        properties="<workbookPr/>",
    )
    path = tmp_path / "名单.xlsx"
    path.write_bytes(whole)
    assert read_table(path)[0].rows == [["2020-03-01"]]
    path.write_bytes(with_part(whole, part, old, new))
    with pytest.raises(PxtuiError, match="损坏"):
        read_table(path)


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(book(sheet(), more={"XL/worksheets/sheet1.xml": sheet(rows_of(HEADER)).encode()}))
    with pytest.raises(PxtuiError, match="损坏"):
        read_table(path)


@pytest.mark.parametrize(
    "strings",
    [
        "<si><t>a</t></si><si><si><t>b</t></si></si>",
        "<si><t>a</t></si><x><si><t>b</t></si></x>",
        "<si><t>a<t/>b</t></si>",
    ],
    ids=("one in another", "one in another element", "one cut in two"),
)
def test_shared_texts_that_are_in_one_another_are_nobody_s(tmp_path: Path, strings: str) -> None:
    """Each of them would move all behind it by one place: another person's phone for everybody."""
    path = tmp_path / "名单.xlsx"
    path.write_bytes(book(sheet('<row><c t="s"><v>0</v></c></row>'), strings=f"<sst>{strings}</sst>"))
    with pytest.raises(PxtuiError, match="损坏"):
        read_table(path)


@pytest.mark.parametrize(
    "row",
    [
        '<Row ss:Index="1"><Cell><Data ss:Type="String">x</Data></Cell></Row>',
        '<Row><Cell/><Cell ss:Index="1"><Data ss:Type="String">x</Data></Cell></Row>',
        '<Row><Cell><Data ss:Type="Number">1_0</Data></Cell></Row>',
        '<Row><Cell><Data ss:Type="Boolean">7</Data></Cell></Row>',
    ],
    ids=("a row again", "a cell again", "a number with a low line", "a truth of 7"),
)
def test_so_it_is_in_a_spreadsheet_of_2003(tmp_path: Path, row: str) -> None:
    path = tmp_path / "名单.xls"
    first = '<Row><Cell><Data ss:Type="String">姓名</Data></Cell></Row>'
    path.write_bytes(of_2003(first))
    assert read_table(path)[0].rows == [["姓名"]]
    path.write_bytes(of_2003(first + row))
    with pytest.raises(PxtuiError, match="损坏"):
        read_table(path)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c t="s"><v>0 </v></c>', "赵六"),
        ('<c t="s"><v>\n0</v></c>', "赵六"),
        ("<c><v>&#9;40</v></c>", 40.0),
        ("<c><v> 40\n</v></c>", 40.0),
        ("<c><v>4<!-- -->0</v></c>", 40.0),
        ("<c><v><![CDATA[40]]></v></c>", 40.0),
        ('<c t="inlineStr"><is><t>510402197001110014</t></is><v/></c>', "510402197001110014"),
        ('<c t="inlineStr"><is><t>赵<!-- -->六</t></is></c>', "赵六"),
        ('<c t="inlineStr"><is><r><t>赵</t></r><r><t>六</t></r><rPh><t>zl</t></rPh></is></c>', "赵六"),
        ('<c t="str"><f>A1</f><v>_x8D75_六</v></c>', "赵六"),
    ],
)
def test_a_cell_that_can_be_read_is_read_whatever_stands_round_it(tmp_path: Path, cell: str, value: object) -> None:
    """A library made to read much loses several of these, and takes the first shared text for others."""
    path = tmp_path / "名单.xlsx"
    path.write_bytes(book(sheet(f"<row>{cell}</row>"), strings="<sst><si><t>赵六</t></si></sst>"))
    assert read_table(path)[0].rows == [[value]]


def test_rows_in_another_order_are_all_read(tmp_path: Path) -> None:
    heads, *people = (
        f'<row r="{place}">{"".join(cell(place - 1, column, text) for column, text in enumerate(row))}</row>'
        for place, row in enumerate((HEADER, *PEOPLE), start=1)
    )
    path = tmp_path / "名单.xlsx"
    path.write_bytes(book(sheet(heads + "".join(reversed(people)))))
    assert [row.name for row in read_roster(path).rows] == ["张三", "李四", "王五"]


def honest_roster(people: int, columns: int) -> bytes:
    """Every cell of so many columns has something in it."""
    more = "甲乙丙丁戊己庚辛壬癸子丑寅"[: columns - len(HEADER)]
    rows = [
        (person.seq, person.name, "女", 40, person.id_number, person.phone, *"无" * (columns - 6))
        for person in made_up_people(people)
    ]
    return book(sheet(rows_of((*HEADER, *more), *rows)))


def test_an_honest_roster_of_5000_takes_less_than_64_mb(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(honest_roster(5_000, 12))
    said, seconds, of_parent, of_child = _measured(path)
    print(f"{seconds:.2f} s, child {of_child:.0f} MB, parent +{of_parent:.0f} MB")
    assert said == "5000 rows"
    assert 10 < of_child < 64
    assert of_parent < 64
    assert seconds < 4  # of the processor, which others share; 1 is usual


@pytest.mark.long
def test_the_largest_honest_roster_is_read_within_the_limits_of_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(honest_roster(19_999, 20))
    said, seconds, of_parent, of_child = _measured(path)
    print(f"{seconds:.2f} s, child {of_child:.0f} MB, parent +{of_parent:.0f} MB")
    assert said == "19999 rows"
    assert of_child < MOST_CHILD_MB


def test_there_are_five_hundred_of_them() -> None:
    assert len(EVERY) >= 500
    assert not HOSTILE.keys() & GENERATED.keys()


@pytest.mark.parametrize("kind", [*GENERATED][:: len(GENERATED) // 10])
def test_a_generated_workbook_is_read_or_refused_in_chinese(tmp_path: Path, kind: str) -> None:
    require_read_or_refused(tmp_path / "名单.xlsx", kind)


@pytest.mark.long
def test_each_generated_workbook_is_read_or_refused_in_chinese(tmp_path: Path) -> None:
    told = Counter(require_read_or_refused(tmp_path / "名单.xlsx", kind) for kind in GENERATED)
    print(dict(told))


def require_read_or_refused(path: Path, kind: str) -> str:
    """What became of a workbook: whoever is read has a name that can be kept, who is not is told of in Chinese."""
    path.write_bytes(GENERATED[kind]())
    told, names = [], []
    try:
        reading = read_roster(path)
    except PxtuiError as error:
        told = [error.sentence]
    else:
        told = [refusal.reason for refusal in reading.refused]
        names = [row.name for row in reading.rows]
    assert told or names, kind
    assert all(CHINESE.search(sentence) and sentence.isprintable() for sentence in told), (kind, told)
    assert [name for name in names if steering(name)] == [], kind
    return "refused" if not names else "read, rows refused" if told else "read"


@pytest.mark.long
@pytest.mark.parametrize("kind", EVERY)
def test_a_hostile_workbook_takes_no_more_than_it_may(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(EVERY[kind]())
    said, seconds, of_parent, of_child = _measured(path)
    print(f"{kind}: {seconds:.1f} s, child {of_child:.0f} MB, parent +{of_parent:.0f} MB: {said}")
    assert said
    assert of_child < MOST_CHILD_MB
    assert of_parent < MOST_PARENT_MB
    assert seconds < MOST_SECONDS


def _measured(path: Path) -> tuple[str, float, float, float]:
    """What a program of its own says to a file; seconds of the processor, and what it and its child took in MB."""
    program = subprocess.Popen([sys.executable, "-c", READING, str(path)], stdout=subprocess.PIPE, text=True)
    peaks, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.005):
            peaks.append(_peak_of_children(program.pid))

    looking = threading.Thread(target=look)
    looking.start()
    answer, _ = program.communicate()
    over.set()
    looking.join()
    said, seconds, of_parent = json.loads(answer)
    return said, seconds, of_parent, max(peaks)


def _peak_of_children(process: int) -> float:
    """MB of the largest reader that a process has started, once it runs its own program."""
    found = [0.0]
    try:
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            if b"table_child" in Path(f"/proc/{child}/cmdline").read_bytes():
                told = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{child}/status").read_text())
                found += [int(told[1]) / 1024] if told else []
    except OSError:
        return max(found)  # it has ended meanwhile
    return max(found)


def require_no_silent_difference(first: int, count: int) -> Counter[str]:
    """What the program accepts of so many mutated workbooks agrees cell by cell with a second reader."""
    told: Counter[str] = Counter()
    for number, kind, what in compared(honest(), first, count):
        told[kind] += 1
        assert kind != "differs", f"mutation {number}, {what}"
    assert sum(told.values()) == count
    print(dict(told))
    return told


def test_a_second_reader_agrees_with_what_is_accepted() -> None:
    told = require_no_silent_difference(0, 120)
    assert told["alike"] > 5
    assert told["refused"] > 5


@pytest.mark.long
def test_a_second_reader_agrees_with_what_is_accepted_of_2000() -> None:
    require_no_silent_difference(0, 2_000)
