"""Papers as an office program prints them: each is converted to PDF and read back.

`python -m tests.papers.render FOLDER` writes every paper with 0, 1, 25, 26, 60 and 1,200 lines into the folder, has
them converted by LibreOffice (`soffice`) and checks with poppler (`pdfinfo`, `pdftotext`) that each page is A4, that
there are as many as the breaks make, and that no text is cut. Both programs are tools of this check and nothing that
pxtui needs.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing import sheet_writer
from pxtui.papers.writing.letter import Facts
from tests.papers import attachments
from tests.papers.golden import facts_of, workbook_of

LINES = (1, 25, 26, 60, 1200)
_A4 = ("595", "842")
_BLANKS = re.compile(r"[\s☑□]+")
"""Tick boxes too: the font that stands in for ours has them under other names."""

_FIRMS = (
    "攀枝花市恒力机械有限公司",
    "四川鑫源物业服务有限公司攀枝花分公司",
    "攀枝花市东区炳草岗街道万家福生活超市连锁管理有限责任公司第三分公司",
)
_NAMES = {
    "applicant_name": _FIRMS,
    "account_name": _FIRMS,
    "person": ("李四", "阿木约布·尔古", "阿卜杜热合曼·买买提艾力·吐尔逊江"),
}


def with_lines(facts: Facts, count: int) -> Facts:
    """The facts with each table's first line so many times, numbered."""
    tables = {
        key: [{**lines[0], **({"seq": seq} if "seq" in lines[0] else {})} for seq in range(1, count + 1)]
        for key, lines in facts.tables.items()
        if lines
    }
    return replace(facts, tables=tables)


def with_long_names(facts: Facts, count: int) -> Facts:
    """The facts with so many lines, those of each table in turn, of firms and people with long names."""
    tables = {
        key: [
            {
                **lines[at % len(lines)],
                **({"seq": at + 1} if "seq" in lines[0] else {}),
                **({name: of[at % len(of)] for name, of in _NAMES.items() if name in lines[0]}),
            }
            for at in range(count)
        ]
        for key, lines in facts.tables.items()
        if lines
    }
    return replace(facts, tables=tables)


def faults_of(pdf: Path, workbook: bytes) -> Iterator[str]:
    """What is wrong with a printed paper."""
    described = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    size = re.search(r"Page size:\s+([0-9.]+) x ([0-9.]+)", described)
    if size is None or sorted(f"{float(side):.0f}" for side in size.groups()) != sorted(_A4):
        yield f"{pdf.name}: no A4"
    pages = sum(len(sheet.row_breaks.brk) + 1 for sheet in load_workbook(BytesIO(workbook)).worksheets)
    if f"Pages:{pages}" not in described.replace(" ", ""):
        yield f"{pdf.name}: the breaks make {pages} pages"
    printed = _BLANKS.sub("", subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True).stdout)
    for cell in _texts(workbook):
        # A text may run over the end of a page; what begins and what ends it must be there.
        for part in (_BLANKS.sub("", cell)[:8], _BLANKS.sub("", cell)[-8:]):
            if part not in printed:
                yield f"{pdf.name}: “{part}” of “{cell}” is not on the page"


def _texts(content: bytes) -> Iterator[str]:
    workbook: Any = load_workbook(BytesIO(content))
    seen: set[str] = set()
    for sheet in workbook:
        for row in sheet.iter_rows(values_only=True):
            for value in row:
                if isinstance(value, str) and value.strip() and value not in seen:
                    seen.add(value)
                    yield value


def main(folder: Path) -> int:
    """Write, convert and check every paper; how many faults were found."""
    folder.mkdir(parents=True, exist_ok=True)
    papers: dict[str, bytes] = {}
    for form in LETTERS:
        facts = facts_of(form, "full")
        papers[f"{form}-0"] = workbook_of(form, facts_of(form, "empty"))
        for count in LINES if facts.tables else (1,):
            papers[f"{form}-{count}"] = workbook_of(form, with_lines(facts, count))
    for form in attachments.FORMS:
        papers[f"{form}-0"] = sheet_writer.written(attachments.page_of(form, "empty"))
        for count in LINES if form in ("attachment-2", "attachment-4") else (1,):
            papers[f"{form}-{count}"] = sheet_writer.written(attachments.page_of(form, "full", count))
    for name, content in papers.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{(folder / 'profile').absolute()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, *map(str, folder.glob("*.xlsx"))], capture_output=True, check=True)
    faults = [fault for name, content in papers.items() for fault in faults_of(folder / f"{name}.pdf", content)]
    print(*faults, f"{len(papers)} papers, {len(faults)} faults", sep="\n")
    return len(faults)


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]))))
