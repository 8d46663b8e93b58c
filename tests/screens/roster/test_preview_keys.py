"""What the bar below a preview says is what its keys do, in every state."""

from pathlib import Path

import openpyxl
import pytest
from textual.events import Paste

from pxtui.casework.office.register import Register
from pxtui.casework.roster import edits as roster_edits
from tests.support.counter import Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow

THERE = 3
NEW = made_up_people(2, first=500)
TABLE = Paste("\n".join(f"{person.name}\t{person.id_number}\t{person.phone}" for person in NEW))
UNREADABLE = Paste("张三\t5.10402E+17\t13800000001\n李四\t5.10402E+17\t13800000002")


def preview(register: Register, people: int, *keys: str | Paste) -> tuple[str, str]:
    """Message line and key bar of a preview that comes up in the roster of a draft."""
    counter = Counter(register)
    number = counter.file()
    with register.writing(counter.acting) as context:
        roster_edits.replace_all(context, number, made_up_people(people))
    message, bar = seen(register, counter, "desk", "enter", *keys)[-2:]
    return message, bar


def files(folder: Path, *sheets: str) -> str:
    """A workbook with the new people on every sheet."""
    book = openpyxl.Workbook(write_only=True)
    for name in sheets:
        sheet = book.create_sheet(name)
        sheet.append(("姓名", "身份证号", "联系电话"))
        for person in NEW:
            sheet.append((person.name, person.id_number, person.phone))
    book.save(folder / "名单.xlsx")
    return f"={folder / '名单.xlsx'}"


def test_a_paste_is_put_behind_and_ins_would_replace(register: Register) -> None:
    message, bar = preview(register, THERE, TABLE)
    assert "Enter接在现有3人后面，共5人；Ins改为替换" in message
    assert "Enter导入 Ins替换" in bar


def test_pressed_once_ins_replaces_and_would_put_behind_again(register: Register) -> None:
    message, bar = preview(register, THERE, TABLE, "insert")
    assert "Enter替换现有3人，换成这2人；Ins改为接在后面" in message
    assert "Enter导入 Ins接后" in bar


def test_twice_it_is_as_before(register: Register) -> None:
    assert preview(register, THERE, TABLE, "insert", "insert") == preview(register, THERE, TABLE)


def test_a_file_replaces_and_ins_puts_behind(register: Register, tmp_path: Path) -> None:
    message, bar = preview(register, THERE, "f6", files(tmp_path, "甲"), "enter")
    assert "Ins改为接在后面" in message
    assert "Ins接后" in bar
    message, bar = preview(register, THERE, "f6", files(tmp_path, "甲"), "enter", "ctrl+v")
    assert "Ins改为替换" in message
    assert "Ins替换" in bar


def test_where_nobody_is_there_yet_ins_is_not_offered(register: Register) -> None:
    message, bar = preview(register, 0, TABLE)
    assert "Enter导入2人；Esc放弃" in message
    assert "Ins" not in bar
    assert "按Ins" not in preview(register, 0, TABLE, "insert")[0]


def test_another_list_is_offered_only_where_there_is_one(register: Register, tmp_path: Path) -> None:
    assert "换一张" not in preview(register, THERE, "f6", files(tmp_path, "甲"), "enter")[1]
    _, bar = preview(register, THERE, "f6", files(tmp_path, "甲", "乙"), "enter")
    assert "Ctrl+N换一张" in bar
    # On the next one what was chosen for the first goes on.
    message, bar = preview(register, THERE, "f6", files(tmp_path, "甲", "乙"), "enter", "insert", "ctrl+n")
    assert "Ins改为替换" in message
    assert "Ins替换" in bar


def test_where_no_row_could_be_read_no_key_takes_any(register: Register) -> None:
    for keys in ((), ("insert",)):
        message, bar = preview(register, THERE, UNREADABLE, *keys)
        assert "没有一行能够导入" in message
        assert "Enter" not in message + bar
        assert "Ins" not in bar
