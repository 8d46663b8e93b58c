"""The search of the desk: what a clerk keys finds the case, and says who was found in it."""

from dataclasses import replace

import pytest
from sqlmodel import select

from db.models import Applicant, Enrolment
from db.models import Register as RegisterRow
from pxtui.casework.desk.queues import CaseList
from pxtui.casework.desk.search import search
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import ApplicantDetails
from pxtui.casework.roster import edits as roster_edits
from pxtui.identifiers.id_number import check_character
from tests.support.counter import Counter
from tests.support.filings import a_filing
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


def test_a_row_whose_name_is_still_to_be_keyed_is_found_by_the_name_on_file(counter: Counter) -> None:
    (person,) = made_up_people(1)
    first = counter.file([person])
    second = counter.file([replace(person, name="")])
    assert [case.number for case in found(counter, person.name).cases] == [second, first]


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


def test_a_number_of_15_digits_is_found_by_itself_and_by_that_of_18(counter: Counter) -> None:
    person = made_up_people(1, 40)[0]
    old = person.id_number[:6] + person.id_number[8:-1]
    number = counter.file([replace(person, id_number=old)])
    for typed in (old, person.id_number):
        assert [case.number for case in found(counter, typed).cases] == [number]


def test_somebody_born_a_hundred_years_later_is_another_person(counter: Counter) -> None:
    old = "510402050101001"
    number = counter.file([replace(made_up_people(1)[0], id_number=old)])
    of_1905, of_2005 = (f"510402{year}0101001" for year in (1905, 2005))
    assert [case.number for case in found(counter, of_1905 + check_character(of_1905)).cases] == [number]
    assert found(counter, of_2005 + check_character(of_2005)).cases == ()


def test_the_last_11_digits_of_a_number_may_look_like_a_phone(counter: Counter) -> None:
    first_17 = "51040220020315002"
    person = replace(made_up_people(1)[0], id_number=first_17 + check_character(first_17))
    number = counter.file([person])
    assert person.id_number.isdigit()
    assert [case.number for case in found(counter, person.id_number[-11:]).cases] == [number]


def test_the_end_of_a_number_of_another_office_finds_nothing_here(counter: Counter) -> None:
    number = counter.file()
    assert [case.number for case in found(counter, "dq-1").cases] == [number]
    assert found(counter, "xq-1").cases == ()


@pytest.fixture
def three_cases(register: Register) -> dict[str, str]:
    """By what is to be found: welders of 恒力, cooks of 长江银行 and welders there; each with a trainee."""
    filing = a_filing()
    numbers = {}
    acting = Counter(register).acting
    for place, (firm, occupation, name, phone) in enumerate(
        (
            ("攀枝花市恒力机械有限公司", "焊工", "尉迟敬", "13800000001"),
            ("攀枝花市长江银行", "中式烹调师", "沙玛·阿果", "0812-3330000"),
            ("攀枝花市长江银行", "焊工", "李四", "13900000009"),
        )
    ):
        training = replace(filing.training, occupation=occupation)
        applicant = replace(filing.applicant, name=firm, credit_code="")
        details = ApplicantDetails(contact_name="李芳", contact_phone=f"1370000000{place}")
        with register.writing(acting) as context:
            number = opening_filing.file(
                context, replace(filing, training=training, applicant=applicant, details=details)
            )
            person = replace(made_up_people(1, 40 + place)[0], name=name, phone=phone)
            roster_edits.replace_all(context, number, [person])
        numbers[f"{firm[4:6]}{occupation}"] = number
    return numbers


@pytest.mark.parametrize(
    ("typed", "cases"),
    [
        ("13800000001", ["恒力焊工"]),
        ("１３８０００００００１", ["恒力焊工"]),
        ("138 0000 0001", ["恒力焊工"]),
        ("+86 138-0000-0001", ["恒力焊工"]),
        ("08123330000", ["长江中式烹调师"]),
        ("0812-3330000", ["长江中式烹调师"]),
        ("13700000002", ["长江焊工", "长江中式烹调师"]),
        ("13800000002", []),
        ("hljx", ["恒力焊工"]),
        ("ＨＬＪＸ", ["恒力焊工"]),
        ("cjyh", ["长江焊工", "长江中式烹调师"]),
        ("zjyx", ["长江焊工", "长江中式烹调师"]),
        ("ycj", ["恒力焊工"]),
        ("smag", ["长江中式烹调师"]),
        ("焊工", ["长江焊工", "恒力焊工"]),
        ("长江 焊工", ["长江焊工"]),
        ("焊工　长江", ["长江焊工"]),
        ("cj ls", ["长江焊工"]),
        ("李四 13900000009", ["长江焊工"]),
        ("恒力 李四", []),
        ("长 江", ["长江焊工", "长江中式烹调师"]),
        ("沙玛.阿果", ["长江中式烹调师"]),
        ("沙玛●阿", ["长江中式烹调师"]),
        ("玛˙阿果", ["长江中式烹调师"]),
        ("沙玛阿果", ["长江中式烹调师"]),
        ("h", []),
        ("%", []),
    ],
)
def test_the_desk_finds_by_phones_initials_several_words_and_in_full_width(
    typed: str, cases: list[str], three_cases: dict[str, str], register: Register
) -> None:
    told = found(Counter(register), typed)
    assert [case.number for case in told.cases] == [three_cases[case] for case in cases]


def test_who_is_found_by_a_phone_is_named(three_cases: dict[str, str], register: Register) -> None:
    person = made_up_people(1, 42)[0]
    told = found(Counter(register), "13900000009").people
    assert told == {three_cases["长江焊工"]: f"李四…{person.id_number[-4:]}"}


def test_phones_of_a_register_of_before_are_found_once_it_was_opened_by_this_program(
    three_cases: dict[str, str], register: Register
) -> None:
    counter = Counter(register)
    with register.writing(counter.acting) as context:
        for table in (Enrolment, Applicant):
            for row in context.session.exec(select(table)):
                row.phone_key = None
                context.session.add(row)
        context.session.get_one(RegisterRow, 1).schema_note = "0.0.1"
    assert found(counter, "13900000009").cases == ()
    register.close()
    again = open_register(register.home, counter.acting.at)
    for phone, case in (("13900000009", "长江焊工"), ("13700000000", "恒力焊工")):
        assert [listed.number for listed in found(Counter(again), phone).cases] == [three_cases[case]]
    again.close()
