"""Two hundred names of rare characters from a firm's workbook into the register, onto the screen, out and in again."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issuing
from pxtui.casework.roster import edits as roster_edits
from pxtui.papers.reading.rosters import read_roster
from tests.support.counter import ANSWER, Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people

KNOWN_BY_NAME = (
    *("王㛃", "李䶮", "张𬭚", "陈𬬭", "刘𣲘", "𠮷木阿果", "昌𬀩", "㐱禾", "䢼文", "𫖯仰"),
    *("沙玛·𡋾呷", "欧阳𮧵", "葛\U000e0100城"),
)
"""Written as people are: characters of the tables of GB 18030, a long name, one with a dot, one with a variant."""
BLOCKS = {
    "A": (0x3400, 0x4DBF),
    "end of the first block": (0x9F00, 0x9FFF),
    "B": (0x20000, 0x2A6DF),
    "C": (0x2A700, 0x2B739),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
    "I": (0x2EBF0, 0x2EE5D),
    "G": (0x30000, 0x3134A),
    "H": (0x31350, 0x323AF),
}
FROM_EACH = 19


def names() -> list[str]:
    """So many from each block at equal distances, behind a surname, and those known by name."""
    found = list(KNOWN_BY_NAME)
    for first, last in BLOCKS.values():
        step = (last - first) // FROM_EACH
        found += [f"赵{chr(first + step * place)}{chr(last - step * place)}" for place in range(FROM_EACH)]
    return found


NAMES = names()


@pytest.mark.slow
def test_rare_names_come_back_byte_for_byte(register: Register, tmp_path: Path) -> None:
    assert len(set(NAMES)) >= 200
    people = [replace(row, name=name) for row, name in zip(made_up_people(len(NAMES)), NAMES, strict=True)]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(("序号", "姓名", "性别", "年龄", "身份证号", "联系电话"))
    for seq, row in enumerate(people, 1):
        sheet.append((seq, row.name, row.sex, row.age, row.id_number, row.phone))
    book.save(tmp_path / "名单.xlsx")
    read = read_roster(tmp_path / "名单.xlsx")
    assert [row.name for row in read.rows] == NAMES
    assert read.refused == ()

    counter = Counter(register)
    number = counter.file(people)
    with register.reading(counter.acting) as context:
        assert [row.name for row in roster_edits.rows(context, number)] == NAMES
    lines = seen(register, counter, ("roster", number), "ctrl+home", columns=120, rows=len(NAMES) + 20)
    rows = [cells for line in lines if (cells := line.split())[:1] and cells[0].isdigit() and len(cells) > 1]
    drawn = [cells[1] for cells in rows]
    # A selector of a variant is drawn by no terminal, and says so.
    assert drawn == [name.replace("\U000e0100", "?") for name in NAMES]

    counter.do(number, Action.SUBMIT, opinion=ANSWER)
    with register.writing(counter.acting) as context:
        (path,) = issuing.issue(context, number, ["attachment-2"], tmp_path / "papers")
    again = read_roster(path)
    assert [row.name.encode() for row in again.rows] == [name.encode() for name in NAMES]
    assert [row.id_number for row in again.rows] == [row.id_number for row in people]
