"""An Attachment 2 or 4 of ours that an enterprise edited comes back, and the clerk is told what became of it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.check import roster_import
from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issuing, roster_changes
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import undo as roster_undo
from pxtui.papers.reading.rosters import read_roster
from pxtui.policy.facts import Trainee
from tests.casework.printed.test_reception import asked, facts, filed, issue, later
from tests.casework.printed.test_review import OPENED, many
from tests.conftest import ACTING
from tests.support.filings import a_filing

_HEADS = 60
_FIRST = 5
"""Row of the sheet with the first person: mark, title, stamp line and header stand above."""
_NAME, _ID_NUMBER = 2, 5
_NEW = many(_HEADS + 3)[_HEADS:]


def opening(register: Register, acting: Acting) -> str:
    """A class of sixty that is being entered."""
    return filed(register, acting, a_filing(), many(_HEADS))


def claim(register: Register, acting: Acting) -> str:
    """The claim of that class, with what was learnt."""
    number = filed(register, acting, a_filing(), many(_HEADS), OPENED)
    with register.writing(acting) as context:
        advance(context.by(later(acting, 25)), number, Action.CLAIM)
        learnt = [
            replace(row, completed_hours=Decimal("39.5"), passed=True, account=f"hl{row.seq}", password=f"P{row.seq}")
            for row in roster_edits.rows(context, number)
        ]
        roster_edits.replace_all(context, number, learnt)
    return number


def sent_out(register: Register, acting: Acting, number: str, form: str, folder: Path) -> Path:
    """The roster as a file."""
    with register.writing(acting) as context:
        return issuing.issue(context, number, [form], folder)[0]


def came_back(register: Register, acting: Acting, number: str, path: Path) -> list[str]:
    """What is told when the file is taken."""
    with register.writing(acting) as context:
        taken = roster_import.take_reading(context, number, read_roster(path))
    return list(taken.changes.sentences)


def rows_of(register: Register, number: str) -> tuple[Trainee, ...]:
    """The roster that stands in the register."""
    with register.reading(ACTING) as context:
        return roster_edits.rows(context, number)


def edited(path: Path) -> Path:
    """The file with a name and a number corrected, one person swapped, the last one dropped and another one added."""
    workbook: Any = load_workbook(path)
    sheet = workbook.active

    def put(seq: int, person: Trainee) -> None:
        sheet.cell(_FIRST + seq - 1, _NAME).value = person.name
        sheet.cell(_FIRST + seq - 1, _ID_NUMBER).value = person.id_number

    sheet.cell(_FIRST, _NAME).value = "王小红"
    put(2, replace(many(2)[1], id_number=_NEW[0].id_number))
    put(3, _NEW[1])
    sheet.cell(_FIRST + _HEADS - 1, 1).value = _HEADS + 3
    put(_HEADS, _NEW[2])
    workbook.save(path)
    return path


@pytest.mark.parametrize(("form", "made"), [("attachment-2", opening), ("attachment-4", claim)])
def test_a_roster_that_nobody_touched_comes_back_as_it_went(
    form: str, made: Callable[..., str], register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = made(register, acting)
    before = rows_of(register, number)
    path = sent_out(register, acting, number, form, tmp_path)
    assert came_back(register, acting, number, path) == []
    assert rows_of(register, number) == before


@pytest.mark.parametrize(("form", "made"), [("attachment-2", opening), ("attachment-4", claim)])
def test_what_the_enterprise_changed_is_told_person_by_person(
    form: str, made: Callable[..., str], register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = made(register, acting)
    path = edited(sent_out(register, acting, number, form, tmp_path))
    masked = [f"510402********{person.id_number[-4:]}" for person in many(_HEADS + 3)]
    is_claim = form == "attachment-4"
    learnt = "；课程学时40；完成学时39.5；学员平台账号hl60；密码原密码；考核是否合格合格" if is_claim else ""
    lost = "，密码由原密码改为空" if is_claim else ""
    new = "；课程学时40；完成学时39.5；学员平台账号hl60；考核是否合格合格" if is_claim else ""
    assert came_back(register, acting, number, path) == [
        f"与原名单相比 姓名改动：第1号学员1（{masked[0]}）改为第1号王小红（{masked[0]}）",
        f"与原名单相比 证号改动：第2号学员2（{masked[1]}）改为第2号学员2（{masked[60]}）",
        f"与原名单相比 换人：第3号学员3（{masked[2]}）换成第3号学员62（{masked[61]}）{lost}",
        f"与原名单相比 新增：第63号学员63（{masked[62]}），联系电话13800000060{new}",
        f"与原名单相比 缺少：第60号学员60（{masked[59]}），联系电话13800000060{learnt}",
    ]
    assert len(rows_of(register, number)) == _HEADS


def test_the_journal_keeps_each_cell_and_no_password(register: Register, acting: Acting, tmp_path: Path) -> None:
    number = claim(register, acting)
    path = sent_out(register, acting, number, "attachment-4", tmp_path)
    workbook: Any = load_workbook(path)
    sheet = workbook.active
    sheet.cell(_FIRST, 8).value = "36"
    sheet.cell(_FIRST + 1, 10).value = "neu-geheim"
    sheet.cell(_FIRST + 2, 8).value = "约三十"
    workbook.save(path)
    came_back(register, acting, number, path)
    with register.reading(acting) as context:
        acts = select(JournalEntry).where(col(JournalEntry.action) == Act.ROSTER_REPLACE)
        entry = context.session.exec(acts.order_by(col(JournalEntry.id).desc())).first()
        assert entry is not None
        values = journal.values(context, entry)
        lines = values[1]["told"]["lines"]
    assert entry.summary.startswith("导入附件4，花名册有改动，仍为60人：内容改动3人，共改3处")
    told = [(line["person"], line["item"], line["before"], line["after"]) for line in lines if line["kind"] != "金额"]
    first_five = "、".join(f"第{seq}号学员{seq}" for seq in (1, 3, 4, 5, 6))
    assert told == [
        ("第1号学员1", "完成学时", "39.5", "36"),
        ("第2号学员2", "密码", "原密码", "新密码（内容不显示）"),
        ("第3号学员3", "完成学时", "39.5", "空"),
        (f"{first_five}等59人", "密码", "原密码", "来件为空，原密码照旧"),
        ("", "来件H7", "约三十", "按空白登记"),
    ]
    assert "neu-geheim" not in str(values)
    paper = facts(register, later(acting, 26), number, roster_changes.roster_changes)
    assert [{**line, "day": None, "seq": None} for line in paper.tables["changes"]] == [
        {**line, "day": None, "seq": None} for line in lines
    ]


def test_the_sheet_for_both_signatures_is_there_when_something_came_back_and_stands(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = opening(register, acting)
    path = sent_out(register, acting, number, "attachment-2", tmp_path)
    came_back(register, acting, number, path)
    assert asked(register, acting, number, roster_changes.nothing_came_back) == "没有导入过与登记不同的名单"
    came_back(register, acting, number, edited(path))
    assert asked(register, acting, number, roster_changes.nothing_came_back) == ""
    assert issue(register, acting, number, "roster-changes", tmp_path).name.split()[1] == "花名册改动确认单0001"
    with register.writing(acting) as context:
        roster_undo.undo_replacement(context, number)
    assert asked(register, acting, number, roster_changes.nothing_came_back) == "没有导入过与登记不同的名单"
