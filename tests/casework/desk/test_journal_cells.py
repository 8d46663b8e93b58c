"""The record of a case tells of a changed roster every cell, old and new, of a password never its text."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pxtui.casework.check import roster_import
from pxtui.casework.decision import class_changes
from pxtui.casework.decision.advance import advance
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.desk.queues import journal_of
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import undo as roster_undo
from pxtui.identifiers import phone
from pxtui.papers.reading.rosters import read_pasted
from tests.casework.printed.test_reception import filed, later, people
from tests.casework.printed.test_review import OPENED, many
from tests.support.filings import a_filing

SECRET = "geheim"


def cells_of(register: Register, acting: Acting, number: str) -> list[tuple[str, ...]]:
    """Of each act that changed a roster, the newest first."""
    with register.reading(acting) as context:
        return [line.cells for line in journal_of(context, number, with_cells=True) if line.cells]


def test_a_row_that_was_keyed_otherwise_or_taken_out_is_told_cell_by_cell(register: Register, acting: Acting) -> None:
    first, second, third = people()
    number = filed(register, acting, a_filing(), [first, second, third])
    with register.writing(later(acting)) as context:
        roster_edits.put_row(context, number, 0, replace(first, phone="13911112222", remark="班长"))
        roster_edits.remove_row(context, number, 2)
    dropped, changed, entered = cells_of(register, acting, number)
    assert changed == (
        f"内容改动：第1号{first.name}（{first.id_number[:6]}********{first.id_number[-4:]}），"
        f"联系电话由{phone.masked(first.phone)}改为139****2222；备注由空改为班长",
    )
    assert len(entered) == 3
    assert entered[1].startswith(f"新增：第2号{second.name}")
    assert dropped[0].startswith(f"缺少：第3号{third.name}")


def test_an_import_tells_its_cells_and_its_undo_tells_them_back(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people())
    lines = ["序号\t姓名\t身份证号\t联系电话"]
    lines += [f"{row.seq}\t{row.name}\t{row.id_number}\t13900000009" for row in people()]
    with register.writing(later(acting)) as context:
        roster_import.take_reading(context, number, read_pasted("\n".join(lines)))
    with register.writing(later(acting)) as context:
        roster_undo.undo_replacement(context, number)
    undone, imported, _ = cells_of(register, acting, number)
    first = people()[0]
    assert imported[0] == f"内容改动：第1号{first.name}，联系电话由{phone.masked(first.phone)}改为139****0009"
    assert len(imported) == 3
    assert f"联系电话由139****0009改为{phone.masked(first.phone)}" in undone[0]


def test_hours_and_results_are_told_and_of_a_password_only_that_it_is_another(
    register: Register, acting: Acting
) -> None:
    number = filed(register, acting, a_filing(), many(2), OPENED)
    day = later(acting, 25)
    with register.writing(day) as context:
        advance(context, number, Action.CLAIM)
        rows = [replace(row, password=f"{SECRET}{row.seq}") for row in roster_edits.rows(context, number)]
        roster_edits.replace_all(context, number, rows)
        first, second = rows
        learnt = [replace(first, completed_hours=Decimal(40), passed=True, password=f"{SECRET}neu"), second]
        roster_edits.replace_all(context, number, learnt)
    (told, *_) = cells_of(register, day, number)
    assert "完成学时由空改为40；考核是否合格由空改为合格" in told[0]
    assert told[1] == f"第1号{first.name}：原密码不再用（内容不显示）"
    assert SECRET not in str(cells_of(register, day, number))


def test_who_was_put_right_after_the_approval_is_told_with_what(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.APPROVE])
    third = people()[2]
    with register.writing(acting) as context:
        wanted = ClassChange(joining=[replace(third, phone="13900000000")], leaving=frozenset({3}))
        class_changes.change(context, number, wanted, "企业申请")
    (told, *_) = cells_of(register, acting, number)
    assert told == (f"第3号{third.name}：联系电话由{phone.masked(third.phone)}改为139****0000",)


def test_an_act_about_no_roster_has_no_cells_and_nobody_waits_for_them_unasked(
    register: Register, acting: Acting
) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    with register.reading(acting) as context:
        assert not any(line.cells for line in journal_of(context, number))
        lines = journal_of(context, number, with_cells=True)
    assert lines[0].cells == ()
    assert date.fromisoformat(lines[0].at[:10]) == acting.at.date()
