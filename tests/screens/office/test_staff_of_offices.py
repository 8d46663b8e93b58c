"""The page of the staff in a register that several offices keep."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Staff
from pxtui.casework.office.register import Register
from tests.support.city import one_register
from tests.support.counter import Counter
from tests.support.offices import CityOffice
from tests.support.pages import seen


@pytest.fixture
def city(tmp_path: Path) -> Iterator[tuple[CityOffice, CityOffice]]:
    """东区, whose register it is, and 仁和区."""
    first, second = one_register(tmp_path)
    yield first, second
    first.register.close()


def test_the_office_whose_register_it_is_sees_the_staff_of_all_and_others_their_own(
    city: tuple[CityOffice, CityOffice],
) -> None:
    first, second = city
    lines = seen(first.register, first, "staff")
    assert any("秦八" in line and "仁和区人社局" in line for line in lines)
    assert any("张三" in line and "东区人社局" in line for line in lines)
    assert not any("张三" in line for line in seen(second.register, second, "staff")[4:20])


def test_somebody_is_added_to_an_office_that_is_chosen(city: tuple[CityOffice, CityOffice]) -> None:
    first, _ = city
    lines = seen(first.register, first, "staff", "insert", "=孙七", "enter", "enter", "=仁和", "enter")
    assert lines[-2] == " 已增加孙七，岗位受理员。"
    with first.register.reading(first.acting) as context:
        added = context.session.exec(select(Staff).where(col(Staff.name) == "孙七")).one()
    assert added.office_code == "renhe"


def test_a_register_of_one_office_asks_for_none(register: Register) -> None:
    clerk = Counter(register)
    lines = seen(register, clerk, "staff", "insert")
    assert not any(line.strip().startswith("部门") for line in lines)
