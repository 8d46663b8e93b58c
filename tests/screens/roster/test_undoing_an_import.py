"""F8 after an import asks about what it cannot bring back, and the record of the case lists every changed cell."""

from dataclasses import replace

import pytest

from pxtui.casework.check import roster_import
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.roster import edits as roster_edits
from pxtui.papers.reading.rosters import read_pasted
from tests.support.counter import AFTER_THE_CLASS, Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow


@pytest.fixture
def claim(register: Register) -> tuple[Counter, str]:
    """A claim with a password each, over which an Attachment 4 with another password for the first was imported."""
    counter = Counter(register)
    number = counter.file(made_up_people(2))
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    with register.writing(counter.acting) as context:
        rows = roster_edits.rows(context, number)
        roster_edits.replace_all(context, number, [replace(row, password=f"Px{row.seq}") for row in rows])
        lines = ["序号\t姓名\t身份证号\t联系电话\t课程学时\t完成学时\t学员平台账号\t密码\t考核是否合格\t备注"]
        for row, password in zip(rows, ("neu", ""), strict=True):
            learnt = ("40", "40", f"hl{row.seq}", password, "合格", "")
            lines.append("\t".join((str(row.seq), row.name, row.id_number, row.phone, *learnt)))
        roster_import.take_reading(context, number, read_pasted("\n".join(lines)))
    return counter, number


def passwords(counter: Counter, number: str) -> list[str]:
    with counter.register.reading(counter.acting) as context:
        return [row.password for row in roster_edits.rows(context, number)]


def test_whose_password_does_not_come_back_is_asked_about_and_told(claim: tuple[Counter, str]) -> None:
    counter, number = claim
    name = made_up_people(1)[0].name
    asked = seen(counter.register, counter, ("learning", number), "f8")[-2]
    assert f"第1号{name}的原密码没有留底，请按附件4补录：Enter整体撤销，Esc不动。" in asked
    assert passwords(counter, number) == ["neu", "Px2"]
    kept = seen(counter.register, counter, ("learning", number), "f8", "escape")
    assert passwords(counter, number) == ["neu", "Px2"]
    assert "原密码" not in kept[-2]
    told = seen(counter.register, counter, ("learning", number), "f8", "enter")[-2]
    assert "已整体撤销，花名册恢复为2人。" in told
    assert passwords(counter, number) == ["", "Px2"]


def test_the_record_of_the_case_lists_the_changed_cells_on_request(claim: tuple[Counter, str]) -> None:
    counter, number = claim
    plain = "\n".join(seen(counter.register, counter, ("menu", number)))
    listed = "\n".join(seen(counter.register, counter, ("menu", number), "f11"))
    again = "\n".join(seen(counter.register, counter, ("menu", number), "f11", "f11"))
    assert "密码由原密码改为新密码（内容不显示）" in listed.replace("\n", "")
    assert "原密码" not in plain
    assert again == plain
    assert "neu" not in listed
    assert "按F11收起" in seen(counter.register, counter, ("menu", number), "f11", "enter")[-2]
