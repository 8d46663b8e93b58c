"""The search of the desk: what a clerk keys finds the case, and says who was found in it."""

from dataclasses import replace

import pytest

from pxtui.casework.desk.queues import CaseList
from pxtui.casework.desk.search import search
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.register import Register
from tests.support.counter import Counter
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def found(counter: Counter, text: str) -> CaseList:
    with counter.register.reading(counter.acting) as context:
        return search(context, text)


def test_the_desk_finds_a_case_by_the_end_of_a_trainees_number(counter: Counter) -> None:
    people = made_up_people(2)
    number = counter.file(people)
    counter.file(made_up_people(1, first=3))
    with counter.register.reading(counter.acting) as context:
        found = search(context, people[0].id_number[-4:].lower())
    assert [case.number for case in found.cases] == [number]


def test_the_case_itself_comes_before_people_whose_numbers_end_alike(counter: Counter) -> None:
    person = made_up_people(1)[0]
    assert person.id_number.endswith("0013")
    meant = counter.file(made_up_people(1, 5))
    with counter.register.writing(counter.acting) as context:
        case = find(context, meant)
        case.serial = 13
        context.session.add(case)
    of_the_person = counter.file([person])
    with counter.register.reading(counter.acting) as context:
        assert [case.number for case in search(context, "0013").cases] == ["2020-DQ-0013", of_the_person]


@pytest.mark.parametrize("typed", ["2", "0002", "dq-2", "DQ0002", "2020-DQ-0002", "线培〔2020〕DQ-0002"])
def test_a_case_is_found_by_the_end_of_its_number(counter: Counter, typed: str) -> None:
    counter.file(made_up_people(1))
    second = counter.file(made_up_people(1, 5))
    with counter.register.reading(counter.acting) as context:
        assert [case.number for case in search(context, typed).cases] == [second]


@pytest.mark.parametrize("length", [4, 5, 6, 8, 12, 17, 18])
def test_an_end_of_any_length_finds_a_trainee_and_tells_whom(counter: Counter, length: int) -> None:
    person, other = made_up_people(2, 40)
    number = counter.file([person])
    counter.file([other])
    told = found(counter, person.id_number[-length:])
    assert [case.number for case in told.cases] == [number]
    assert told.people == {number: f"{person.name}…{person.id_number[-4:]}"}


def test_another_number_with_the_same_last_four_is_not_meant(counter: Counter) -> None:
    person = made_up_people(1)[0]
    counter.file([person])
    assert found(counter, f"9{person.id_number[-4:]}").cases == ()


def test_a_part_of_a_name_finds_and_a_surname_alone_does_not(counter: Counter) -> None:
    person = replace(made_up_people(1, 40)[0], name="欧阳志强")
    number = counter.file([person])
    for part in ("欧阳志强", "欧阳", "志强"):
        assert found(counter, part).people == {number: f"欧阳志强…{person.id_number[-4:]}"}
    assert found(counter, "强").cases == ()


def test_who_stands_in_both_rosters_is_told_once_and_two_are_told_both(counter: Counter) -> None:
    people = made_up_people(3)
    number = counter.claimed(counter.file(people))
    told = found(counter, people[0].name).people
    assert told == {number: f"{people[0].name}…{people[0].id_number[-4:]}"}


def test_an_applicant_found_by_its_name_names_nobody(counter: Counter) -> None:
    number = counter.file(made_up_people(1))
    told = found(counter, "恒力")
    assert ([case.number for case in told.cases], told.people) == ([number], {})


def test_a_number_that_was_keyed_wrong_is_found_as_it_stands_in_the_roster(counter: Counter) -> None:
    person = made_up_people(1, 40)[0]
    wrong = person.id_number[:-1] + ("0" if person.id_number[-1] != "0" else "1")
    number = counter.file([replace(person, id_number=wrong)])
    assert [case.number for case in found(counter, wrong).cases] == [number]
    assert found(counter, person.id_number).cases == ()
