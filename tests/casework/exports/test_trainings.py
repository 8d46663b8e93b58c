"""Trainings written out: what goes out comes in elsewhere, numbers masked unless somebody says why not."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.exports import trainings
from pxtui.casework.exports.trainings import Written
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from pxtui.errors import NotAllowed, PxtuiError
from pxtui.papers.reading.earlier_trainings import read_earlier_trainings
from pxtui.papers.reading.grid import read_table
from tests.support.counter import ANSWER, Counter
from tests.support.rosters import made_up_people

PEOPLE = made_up_people(3)


@pytest.fixture
def counter(register: Register) -> Counter:
    made = Counter(register)
    number = made.file(PEOPLE)
    made.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    return made


def write(counter: Counter, folder: Path, which: Written, **others: str | int) -> Path:
    year = int(others.pop("year", 2020))
    with counter.register.writing(counter.acting) as context:
        return trainings.write(context, which, year, folder=folder, **others)  # type: ignore[arg-type]


def texts_of(path: Path) -> set[str]:
    return {str(cell) for grid in read_table(path) for row in grid.rows for cell in row}


def test_the_register_in_full_comes_in_elsewhere_as_it_went_out(counter: Counter, tmp_path: Path) -> None:
    listed = read_earlier_trainings(write(counter, tmp_path, Written.REGISTER, reason="报省平台"))
    assert [(row.name, row.id_number) for row in listed.rows] == [(row.name, row.id_number) for row in PEOPLE]
    (row, *_) = listed.rows
    assert (row.occupation, row.level, row.is_online, row.subsidised, row.paid) == ("焊工", "5", True, True, False)
    with counter.register.reading(counter.acting) as context:
        wanted = select(JournalEntry.summary).where(col(JournalEntry.action) == Act.READ_REGISTER)
        assert context.session.exec(wanted).one() == "导出2020年线上培训人员台账3人次，完整号码"


def test_without_a_reason_numbers_are_masked(counter: Counter, tmp_path: Path) -> None:
    texts = texts_of(write(counter, tmp_path, Written.REGISTER))
    assert f"{PEOPLE[0].id_number[:6]}********{PEOPLE[0].id_number[-4:]}" in texts
    assert not {row.id_number for row in PEOPLE} & texts


def test_the_offline_list_has_the_transferred_classes_alone(counter: Counter, tmp_path: Path) -> None:
    with pytest.raises(PxtuiError, match="没有这样的班"):
        write(counter, tmp_path, Written.OFFLINE)
    with counter.register.writing(counter.acting) as context:
        find(context, "2020-DQ-0001").stage = Stage.TRANSFERRED
    texts = texts_of(write(counter, tmp_path, Written.OFFLINE))
    assert PEOPLE[2].name in texts
    assert "线下学时" in texts


def test_an_auditor_gets_masked_numbers_and_an_administrator_nothing(counter: Counter, tmp_path: Path) -> None:
    counter.hire_colleagues()
    with counter.register.writing(counter.acting) as context:
        members.add(context, "钱七", Role.AUDITOR)
    counter.clerk = "钱七"
    assert write(counter, tmp_path, Written.REGISTER).is_file()
    with pytest.raises(NotAllowed, match="不对此开放"):
        write(counter, tmp_path, Written.REGISTER, reason="审计")
    counter.clerk = "赵六"
    with pytest.raises(NotAllowed, match="不看个人信息"):
        write(counter, tmp_path, Written.REGISTER)
