"""What two offices say otherwise, and what both paid, is listed before their registers become one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.models import Person
from pxtui.casework.merging.conflicts import Conflict, Kind, conflicts, paid_twice, same_vouchers
from pxtui.casework.merging.told import Paid, Told
from pxtui.errors import PxtuiError
from tests.conftest import NOW
from tests.support import on_server
from tests.support.chain import past_the_program
from tests.support.offices import CityOffice, two_offices


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CityOffice, CityOffice]]:
    """Two offices that paid the same three people on one invoice."""
    if on_server.is_chosen():
        pytest.skip("of files")
    offices = two_offices(tmp_path_factory.mktemp("city"))
    for office in offices:
        number = office.cleared_class()
        office.grant()
        office.prepare(number)
    with offices[1].register.writing(offices[1].acting) as context:
        person = context.session.get_one(Person, 1)
        person.name = "欧阳一"
        context.session.add(person)
    yield offices
    for office in offices:
        office.register.close()


@pytest.fixture(scope="module")
def found(city: tuple[CityOffice, CityOffice]) -> list[Conflict]:
    """What has to be decided."""
    return conflicts([office.register.home for office in city], NOW)[0]


def _of(found: list[Conflict], kind: Kind) -> list[str]:
    return [conflict.sentence for conflict in found if conflict.kind is kind]


def test_what_two_offices_paid_to_the_same_people_on_one_invoice_is_found(found: list[Conflict]) -> None:
    (sentence,) = _of(found, Kind.PAID_TWICE)
    assert "线培〔2020〕DQ-0001" in sentence
    assert "线培〔2020〕RH-0001" in sentence
    assert "同一凭证20200000000000000001，同有3人" in sentence


def test_what_each_of_two_offices_paid_is_told_to_the_fen() -> None:
    paid = Paid("甲1", "焊工", 180_067, {"510402197001010013"}, {"12345678"})
    again = Paid("乙1", "焊工", 90_005, {"510402197001010013"}, {"12345678"})
    (conflict,) = paid_twice(Told("甲"), paid, Told("乙"), again)
    assert "（1800.67元、900.05元）" in conflict.sentence


@pytest.mark.parametrize(
    ("occupation", "voucher", "is_told"),
    [("焊工", "87654321", True), ("电工", "12345678", True), ("电工", "87654321", False)],
)
def test_the_same_people_are_paid_twice_for_one_occupation_or_on_one_invoice(
    occupation: str, voucher: str, is_told: bool
) -> None:
    paid = Paid("甲1", "焊工", 60_000, {"510402197001010013"}, {"12345678"})
    again = Paid("乙1", occupation, 60_000, {"510402197001010013"}, {voucher})
    assert bool(list(paid_twice(Told("甲"), paid, Told("乙"), again))) is is_told


def test_an_invoice_two_names_of_a_person_and_namesakes_of_the_staff_are_listed(found: list[Conflict]) -> None:
    (invoice,) = _of(found, Kind.VOUCHER)
    assert invoice.startswith("凭证20200000000000000001在两处用过：")
    assert invoice.endswith("线培〔2020〕RH-0001。")
    (names,) = _of(found, Kind.PERSON)
    assert names.endswith("仁和区人力资源和社会保障局是欧阳一。")
    (namesake,) = _of(found, Kind.STAFF)
    assert namesake.endswith("都有张三：是一人还是两人。")
    assert _of(found, Kind.CASE_NUMBER) == _of(found, Kind.OF_THE_CITY) == []


def test_no_number_of_a_person_is_written_out(found: list[Conflict], city: tuple[CityOffice, CityOffice]) -> None:
    with city[0].register.reading(city[0].acting) as context:
        numbers = [context.session.get_one(Person, at).unseal(context.vault, "id_number") for at in (1, 2, 3)]
    told = "".join(conflict.sentence for conflict in found)
    assert not [number for number in numbers if number in told]


def test_the_same_register_twice_is_told_by_its_case_numbers(city: tuple[CityOffice, CityOffice]) -> None:
    home = city[0].register.home
    (sentence,) = _of(conflicts([home, home], NOW)[0], Kind.CASE_NUMBER)
    assert "都有案件线培〔2020〕DQ-0001：请核对 --from 是否写重" in sentence


def test_an_invoice_that_one_office_keyed_without_its_code_is_found() -> None:
    of_one, of_other = {"12345678": "甲"}, {"051001900104" + "12345678": "乙", "12345679": "丙"}
    assert list(same_vouchers(of_one, of_other)) == [("12345678", "05100190010412345678")]


def test_one_register_has_nothing_to_be_held_against(city: tuple[CityOffice, CityOffice]) -> None:
    with pytest.raises(PxtuiError, match="两个以上"):
        conflicts([city[0].register.home], NOW)


def test_a_register_that_was_altered_past_the_program_is_not_read(tmp_path: Path) -> None:
    offices = two_offices(tmp_path)
    for office in offices:
        office.register.close()
    past_the_program(offices[1].register.home.register, "UPDATE office SET name = '北区' WHERE code = 'renhe'")
    with pytest.raises(PxtuiError, match="没有复制"):
        conflicts([office.register.home for office in offices], NOW)
