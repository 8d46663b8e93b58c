"""The page of a person: every training anywhere, the places of the year and what frees them, names, phones, masks."""

from collections.abc import Callable
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
from pxtui.casework.people import past_trainings, reveals
from pxtui.casework.profiles import person
from pxtui.casework.profiles.person import PersonPage
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff import members, terms
from pxtui.errors import NotAllowed, NotFound, Refused
from pxtui.home import Home
from pxtui.papers.reading.earlier_trainings import TrainingRow
from pxtui.policy.facts import Trainee
from tests.conftest import empty_register
from tests.support.city import CENTRE, IN_TOWN, one_register
from tests.support.counter import ANSWER
from tests.support.filings import a_full_filing
from tests.support.offices import CityOffice
from tests.support.pages import at
from tests.support.pay_desk import PayDesk, paid
from tests.support.rosters import made_up_people
from tests.support.statements import watched

PEOPLE = made_up_people(4)
(WHO, *_) = PEOPLE


@pytest.fixture
def counter(tmp_path: Path) -> PayDesk:
    made = PayDesk(empty_register(Home(tmp_path / "data")))
    made.hire_colleagues()
    return made


def page(counter: PayDesk | CityOffice, who: Trainee = WHO) -> PersonPage:
    with counter.register.reading(counter.acting) as context:
        return person.person_page(context, person.key_of(context, who.id_number))


def told(context: Context, occupation: str, starts_on: date, *, level: str | None = None) -> None:
    row = TrainingRow(WHO.id_number, WHO.name, occupation, level, starts_on, starts_on, False, None, None)
    past_trainings.import_list(context, [row], source="2020年线下台账")


def opened(counter: PayDesk, who: Trainee, starts_on: date, occupation: str) -> str:
    number = counter.file([who, *made_up_people(1, 50)], starts_on, occupation)
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    return number


def test_three_imported_trainings_use_the_year_up(counter: PayDesk) -> None:
    with counter.register.writing(counter.acting) as context:
        for month, occupation in enumerate(("焊工", "电工", "钳工"), start=1):
            told(context, occupation, date(2020, month, 6))
        told(context, "车工", date(2019, 5, 6))
    shown = page(counter)
    assert shown.this_year.in_words == "2020年 3/3"
    assert [year.in_words for year in shown.years] == ["2020年 3/3", "2019年 1/3"]
    assert shown.this_year.taken[0].what == "焊工 01-06至01-06 2020年线下台账"
    assert {line.freed_by for line in shown.trainings} == {"来源误录的，在以往培训一页删去"}
    assert [line.state for line in shown.trainings] == ["已拨付"] * 4
    assert [line.money for line in shown.trainings] == ["不详"] * 4


def test_what_is_undecided_is_listed_and_takes_no_place(counter: PayDesk) -> None:
    counter.file([WHO])
    (line,) = page(counter).trainings
    assert (line.takes_place, line.state, line.number) == (False, "录入中", "2020-DQ-0001")
    assert line.place == "待定"
    assert page(counter).this_year.in_words == "2020年 0/3"


def test_an_approved_class_takes_a_place_until_the_person_is_out(counter: PayDesk) -> None:
    opened(counter, WHO, date(2020, 3, 20), "焊工")
    shown = page(counter)
    assert shown.this_year.in_words == "2020年 1/3"
    assert "此人退出" in shown.trainings[0].freed_by
    counter.do("2020-DQ-0001", Action.WITHDRAW, opinion="企业撤回")
    assert page(counter).this_year.in_words == "2020年 0/3"
    assert page(counter).trainings[0].state == "已撤回"


def test_what_was_paid_for_each_is_told_with_its_day(counter: PayDesk, tmp_path: Path) -> None:
    counter.grant()
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), paid(number))
    (line,) = page(counter).trainings
    assert line.money == f"500.00 {counter.day}"
    assert line.freed_by == "补贴全部退回（骗取的不腾出）"
    assert (line.state, line.takes_place) == ("已拨付", True)


def test_one_training_told_by_two_takes_one_place_and_both_must_let_go(counter: PayDesk) -> None:
    opened(counter, WHO, date(2020, 3, 20), "焊工")
    with counter.register.writing(counter.acting) as context:
        told(context, "焊工", date(2020, 3, 20), level="5")
    shown = page(counter)
    assert len(shown.trainings) == 2
    assert shown.this_year.in_words == "2020年 1/3"
    assert all("此人退出" in line.freed_by and "，并来源误录" in line.freed_by for line in shown.trainings)


def test_other_names_phones_and_neighbours_are_told_masked(counter: PayDesk) -> None:
    second = replace(WHO, name="王改名", phone="13900000002")
    twin = replace(PEOPLE[1], name=WHO.name, phone=WHO.phone)
    counter.file([WHO])
    counter.file([second, replace(PEOPLE[2], phone="13900000002"), twin])
    shown = page(counter)
    assert shown.other_names == ("王改名（线培〔2020〕DQ-0002）",)
    assert shown.phones == ("139****0002（2020-DQ-0002）", f"{WHO.phone[:3]}****{WHO.phone[-4:]}（2020-DQ-0001）")
    assert {(other.name, other.phone) for other in shown.shared_phones} == {
        (PEOPLE[2].name, "139****0002"),
        (WHO.name, f"{WHO.phone[:3]}****{WHO.phone[-4:]}"),
    }
    assert shown.other_numbers == (f"{twin.id_number[:6]}********{twin.id_number[-4:]}",)
    everything = repr(shown)
    assert not any(number in everything for each in PEOPLE for number in (each.id_number, each.phone))


def test_who_has_the_phone_of_an_enterprises_contact_is_told(counter: PayDesk) -> None:
    contact = a_full_filing().details.contact_phone
    with counter.register.writing(counter.acting) as context:
        number = opening_filing.file(context, a_full_filing())
        roster_edits.replace_all(context, number, [replace(WHO, phone=contact)])
    (other,) = page(counter).shared_phones
    assert other.applicant_id is not None
    assert "经办人" in other.where


def test_a_number_of_15_digits_is_the_same_person(counter: PayDesk) -> None:
    old = WHO.id_number[:6] + WHO.id_number[8:-1]
    counter.file([replace(WHO, id_number=old)])
    counter.file([WHO])
    assert len(page(counter).trainings) == 2
    assert len(page(counter, replace(WHO, id_number=old)).trainings) == 2


def test_who_is_known_to_nobody_has_no_page(counter: PayDesk) -> None:
    with pytest.raises(NotFound):
        page(counter, PEOPLE[3])


def test_a_reason_opens_in_full_and_stands_in_the_journal(counter: PayDesk) -> None:
    counter.file([WHO])
    key: bytes
    with counter.register.writing(counter.acting) as context:
        key = person.key_of(context, WHO.id_number)
        shown = person.open_in_full(context, key, " 电话回访 ")
        assert WHO.id_number in shown
        assert WHO.phone in shown
    with counter.register.reading(counter.acting) as context:
        (entry,) = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.READ_PERSON)).all()
        _, after = journal.values(context, entry)
    assert after == {reveals.PERSON: "1", reveals.REASON: "电话回访"}
    assert "回访" not in entry.summary
    with pytest.raises(Refused, match="理由"), counter.register.writing(counter.acting) as context:
        person.open_in_full(context, key, " ")


def test_looks_at_pages_are_counted_with_the_others_of_the_day(counter: PayDesk) -> None:
    counter.file([WHO])
    with counter.register.writing(counter.acting) as context:
        key = person.key_of(context, WHO.id_number)
        most = terms.terms(context).daily_reveals
        for _ in range(most):
            person.open_in_full(context, key, "核对")
    with pytest.raises(Refused, match=f"今天已看全号{most}次"), counter.register.writing(counter.acting) as context:
        person.open_in_full(context, key, "核对")


@pytest.mark.parametrize(
    ("role", "act", "refused"),
    [
        (Role.AUDITOR, person.person_page, False),
        (Role.AUDITOR, lambda context, key: person.open_in_full(context, key, "审计"), True),
        (Role.ADMINISTRATOR, person.person_page, True),
    ],
)
def test_an_auditor_sees_it_masked_and_an_administrator_not_at_all(
    counter: PayDesk, role: Role, act: Callable[[Context, bytes], object], refused: bool
) -> None:
    counter.file([WHO])
    with counter.register.writing(counter.acting) as context:
        members.add(context, "钱某", role)
        key = person.key_of(context, WHO.id_number)
    sits = at(counter, "钱某")
    with counter.register.writing(sits.acting) as context:
        if refused:
            with pytest.raises(NotAllowed):
                act(context, key)
        else:
            act(context, key)


@pytest.fixture
def two_counties(tmp_path: Path) -> tuple[CityOffice, CityOffice]:
    return one_register(tmp_path)


def in_both(offices: tuple[CityOffice, CityOffice]) -> list[Trainee]:
    """A class of the same people in each."""
    first, second = offices
    first.file_class(2, date(2020, 3, 20))
    second.file_class(2, date(2020, 4, 20), "电工")
    return made_up_people(2)


def test_of_another_office_only_days_occupation_and_office_are_told(
    two_counties: tuple[CityOffice, CityOffice],
) -> None:
    (who, _) = in_both(two_counties)
    shown = page(two_counties[0], who)
    theirs, own = shown.trainings
    assert (theirs.what, theirs.starts_on, theirs.firm) == ("电工五级", date(2020, 4, 20), "仁和区人社局")
    assert (theirs.number, theirs.stage, theirs.state, theirs.money) == ("", None, "", "")
    assert own.number == "2020-DQ-0001"
    assert "RH" not in repr((shown.phones, shown.other_names))


def test_the_bureau_sees_all_of_it_masked(two_counties: tuple[CityOffice, CityOffice]) -> None:
    (who, _) = in_both(two_counties)
    first = two_counties[0]
    with first.register.writing(first.acting) as context:
        for office, people in IN_TOWN.items():
            for name, role in people.items():
                members.add(context, name, role, office=office)
    assert CENTRE in IN_TOWN
    shown = page(CityOffice(first.register, clerk="魏局", office="city-bureau"), who)
    assert [line.number for line in shown.trainings] == ["2020-RH-0001", "2020-DQ-0001"]
    assert who.id_number not in repr(shown)


def test_a_page_costs_the_same_statements_whatever_is_on_it(counter: PayDesk) -> None:
    def statements() -> int:
        with watched() as sent, counter.register.reading(counter.acting) as context:
            person.person_page(context, person.key_of(context, WHO.id_number))
        return sent.count

    opened(counter, WHO, date(2020, 3, 20), "焊工")
    counter.file([PEOPLE[1]])
    few = statements()
    for month, occupation in enumerate(("电工", "钳工", "车工"), start=5):
        counter.file([WHO, replace(PEOPLE[month - 4], phone=WHO.phone)], date(2020, month, 6), occupation)
        with counter.register.writing(counter.acting) as context:
            told(context, f"{occupation}二", date(2020, month, 6))
    assert len(page(counter).trainings) == 7
    assert statements() == few
