"""All trainings that are known of somebody stand in one list, each with who tells of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import Enrolment
from pxtui.casework.exchange import striking, told_trainings
from pxtui.casework.exchange.told_trainings import ToldTraining, ToldTrainings
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.people import keyed_training
from pxtui.casework.roster.rows import ID_NUMBER
from tests.support.offices import CityOffice, two_offices
from tests.support.rosters import made_up_people

PERSON = made_up_people(1)[0]
STRANGER = "510402198001010018"
BEGAN, ENDED = date(2019, 5, 6), date(2019, 5, 20)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[CityOffice, CityOffice]]:
    first, second = two_offices(tmp_path)
    yield first, second
    first.register.close()
    second.register.close()


def keyed(office: CityOffice, number: str, occupation: str = "焊工", starts_on: date = BEGAN) -> None:
    with office.register.writing(office.acting) as context:
        keyed_training.add(context, number, occupation, "5", starts_on, None, source="东区2019年台账")


def found(office: CityOffice, text: str) -> ToldTrainings:
    with office.register.reading(office.acting) as context:
        return told_trainings.of_people(context, text)


def newest(office: CityOffice, most: int = told_trainings.MOST_LISTED) -> ToldTrainings:
    with office.register.reading(office.acting) as context:
        return told_trainings.newest(context, most=most)


def opened(office: CityOffice) -> str:
    number = office.file_class(heads=1)
    office.do(number, Action.SUBMIT, Action.APPROVE)
    return number


def sources(told: ToldTrainings) -> list[tuple[str, bool]]:
    return [(training.source, training.is_own_case) for training in told.trainings]


def test_a_list_an_own_case_and_another_office_tell_of_one_person(offices: tuple[CityOffice, CityOffice]) -> None:
    here, there = offices
    opened(here)
    opened(there)
    here.take(there.export_for(here))
    keyed(here, PERSON.id_number)
    assert sorted(sources(found(here, PERSON.id_number))) == [
        ("东区2019年台账", False),
        ("仁和区人社局 线培〔2020〕RH-0001", False),
        ("线培〔2020〕DQ-0001", True),
    ]


@pytest.mark.parametrize("text", [PERSON.name, PERSON.id_number[-4:], PERSON.id_number, PERSON.id_number.lower()])
def test_people_on_file_are_found_by_name_and_number(offices: tuple[CityOffice, CityOffice], text: str) -> None:
    here, _ = offices
    opened(here)
    keyed(here, PERSON.id_number)
    assert [training.name for training in found(here, text).trainings] == [PERSON.name] * 2


def test_who_is_not_on_file_is_found_by_the_whole_number_only(offices: tuple[CityOffice, CityOffice]) -> None:
    here, _ = offices
    keyed(here, STRANGER)
    assert found(here, STRANGER[-4:]).trainings == ()
    (training,) = found(here, STRANGER).trainings
    assert (training.name, training.masked_number) == ("", "510402********0018")
    assert training.sentence == "焊工 五级 2019-05-06至未结束 线下 已拨付；来源：东区2019年台账。"


def test_the_latest_training_of_a_person_comes_first(offices: tuple[CityOffice, CityOffice]) -> None:
    here, _ = offices
    for day in (BEGAN, date(2019, 11, 4), date(2018, 1, 8)):
        keyed(here, STRANGER, starts_on=day)
    assert [f"{training.starts_on}" for training in found(here, STRANGER).trainings] == [
        "2019-11-04",
        "2019-05-06",
        "2018-01-08",
    ]


def test_what_was_entered_last_comes_first_and_what_is_cut_off_is_told(offices: tuple[CityOffice, CityOffice]) -> None:
    here, _ = offices
    for occupation in ("焊工", "电工", "钳工"):
        keyed(here, STRANGER, occupation)

    def occupations(told: ToldTrainings) -> list[str]:
        return [training.occupation for training in told.trainings]

    assert (occupations(newest(here, 2)), newest(here, 2).more) == (["钳工", "电工"], True)
    assert (occupations(newest(here, 3)), newest(here, 3).more) == (["钳工", "电工", "焊工"], False)


def test_a_case_of_long_ago_with_numbers_of_15_digits_is_found_by_them(offices: tuple[CityOffice, CityOffice]) -> None:
    here, _ = offices
    old = STRANGER[:6] + STRANGER[8:17]
    number = opened(here)
    with here.register.writing(here.acting) as context:
        (row,) = context.session.exec(select(Enrolment).where(Enrolment.case_id == find(context, number).id))
        row.id_key = context.vault.look_up_key(ID_NUMBER, old)
        context.session.add(row)
    assert sources(found(here, old)) == [("线培〔2020〕DQ-0001", True)]


def test_what_was_struck_is_told_no_more(offices: tuple[CityOffice, CityOffice]) -> None:
    here, there = offices
    opened(there)
    here.take(there.export_for(here))
    (training,) = found(here, PERSON.id_number).trainings
    with here.register.writing(here.acting) as context:
        assert striking.strike_training(context, training.id_number, training.starts_on, "重复") == 1
    assert found(here, PERSON.id_number).trainings == ()


def test_money_and_manner_are_told_in_words() -> None:
    def sentence(delivery: str, *, subsidised: bool, paid: bool) -> str:
        told = ToldTraining(STRANGER, "", "焊工", None, BEGAN, ENDED, delivery, subsidised, paid, "")
        return told.sentence

    assert sentence("online", subsidised=True, paid=False) == (
        "焊工 不分等级 2019-05-06至2019-05-20 线上 没有拨付；来源：不明。"
    )
    assert sentence("offline", subsidised=False, paid=False) == (
        "焊工 不分等级 2019-05-06至2019-05-20 线下 没有补贴；来源：不明。"
    )
