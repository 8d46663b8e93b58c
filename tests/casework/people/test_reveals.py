"""Full numbers are shown for once, to whom they concern, so many times a day, and the journal knows who looked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening import shown
from pxtui.casework.people import reveals
from pxtui.casework.roster import undo
from pxtui.casework.staff import members, sight, terms
from pxtui.errors import Refused
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.counter import Counter
from tests.support.pages import at
from tests.support.rosters import made_up_people

PEOPLE = made_up_people(3)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(empty_register(Home(tmp_path / "data")))
    made.hire_colleagues()
    with made.register.writing(made.acting) as context:
        members.add(context, "钱审计", Role.AUDITOR)
    yield made
    made.register.close()


@pytest.fixture
def number(counter: Counter) -> str:
    made = counter.file(PEOPLE)
    counter.do(made, Action.SUBMIT)
    return made


def entries(context: Context, *acts: Act) -> Sequence[JournalEntry]:
    return context.session.exec(select(JournalEntry).where(col(JournalEntry.action).in_(acts))).all()


def test_a_look_is_an_act_that_names_who_looked_at_whom_without_the_number(counter: Counter, number: str) -> None:
    with counter.register.writing(counter.acting) as context:
        told = reveals.of_row(context, number, 1)
        assert PEOPLE[1].id_number in told
        assert PEOPLE[1].phone in told
        assert "今天第1次" in told
    with counter.register.reading(counter.acting) as context:
        (entry,) = entries(context, Act.READ_PERSON)
        assert (entry.staff_name, entry.summary) == ("张三", "看全号：第2号的证号、电话")
        _, after = journal.values(context, entry)
        assert after == {reveals.PERSON: reveals.about(context, PEOPLE[1].id_number)}


def test_the_thirty_first_look_of_a_day_is_refused_and_the_next_day_begins_anew(counter: Counter, number: str) -> None:
    for _ in range(30):
        with counter.register.writing(counter.acting) as context:
            reveals.of_row(context, number, 0)
    with pytest.raises(Refused, match="今天已看全号30次"), counter.register.writing(counter.acting) as context:
        reveals.of_contact(context, number)
    with counter.register.writing(at(counter, "李四").acting) as context:
        assert "今天第1次" in reveals.of_row(context, number, 0)
    counter.day = date(2020, 3, 17)
    with counter.register.writing(counter.acting) as context:
        assert "今天第1次" in reveals.of_row(context, number, 0)
        assert len(entries(context, Act.READ_PERSON)) == 32


def test_the_office_says_how_often(counter: Counter, number: str) -> None:
    with counter.register.writing(counter.acting) as context:
        terms.change(context, daily_reveals=0)
        with pytest.raises(Refused, match="每人每天0次"):
            reveals.of_account(context, number)
        with pytest.raises(Refused, match="不在0至"):
            terms.change(context, daily_reveals=-1)


@pytest.mark.parametrize(("clerk", "sentence"), [("钱审计", "岗位是审计员"), ("赵六", "管理员不办案件")])
def test_whose_role_looks_on_is_shown_no_full_number(clerk: str, sentence: str, counter: Counter, number: str) -> None:
    with (
        pytest.raises(Refused, match=sentence),
        counter.register.writing(replace(counter.acting, name=clerk)) as context,
    ):
        reveals.of_row(context, number, 0)


def test_a_roster_is_whole_where_it_is_keyed_and_masked_once_it_is_handed_in(counter: Counter) -> None:
    number = counter.file(PEOPLE)
    with counter.register.writing(counter.acting) as context:
        filed = opening_filing.filing(context, number)
        details = replace(filed.details, contact_name="孙办", contact_phone="13900000001")
        opening_filing.amend(context, number=number, filing=replace(filed, details=details))
    with counter.register.reading(counter.acting) as context:
        assert [row.id_number for row in undo.sheet(context, number).people] == [row.id_number for row in PEOPLE]
        assert shown.opening(context, number).details.contact_phone == "13900000001"
    with counter.register.reading(at(counter, "钱审计").acting) as context:
        assert undo.sheet(context, number).is_masked
        assert "*" in shown.opening(context, number).details.contact_phone
    counter.do(number, Action.SUBMIT)
    with counter.register.reading(counter.acting) as context:
        sheet = undo.sheet(context, number)
        assert sheet.is_masked
        assert sheet.people == tuple(map(sight.masked_person, PEOPLE))
        assert sheet.undoable.changes == ()
        assert "*" in shown.opening(context, number).details.contact_phone


def test_who_is_searched_for_by_a_whole_number_stands_in_the_journal(counter: Counter) -> None:
    with counter.register.writing(counter.acting) as context:
        for text in (PEOPLE[0].id_number, PEOPLE[0].phone, PEOPLE[0].name, "0011", "恒力"):
            reveals.note_search(context, text)
        found = entries(context, Act.READ_SEARCH)
        assert [entry.summary for entry in found] == ["按完整号码查找一人"] * 2
        assert journal.values(context, found[0])[1] == {reveals.PERSON: reveals.about(context, PEOPLE[0].id_number)}
    assert reveals.shown_search(PEOPLE[0].id_number).count("*") == 8
    assert reveals.shown_search(PEOPLE[0].name) == PEOPLE[0].name
