"""Returning trainees are found by little."""

import pytest

from pxtui.casework import intake, people, roster
from pxtui.casework.acting import Acting
from pxtui.casework.register import Register
from pxtui.policy.facts import Trainee
from tests.journeys.filings import a_filing

KNOWN = (
    Trainee(1, "张三", None, None, "510402198001010018", "13800000001", ""),
    Trainee(2, "张三丰", None, None, "11010519491231002X", "13800000002", ""),
    Trainee(3, "单雄信", None, None, "510402198601120018", "13800000003", ""),
    Trainee(4, "证号有误", None, None, "510402198601120019", "", ""),
)


@pytest.fixture
def office(register: Register, acting: Acting) -> Register:
    """A register that has seen some people."""
    with register.writing() as session:
        number = intake.file(session, acting, a_filing())
        roster.replace_all(session, acting, number, KNOWN)
    return register


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("zs", ["张三", "张三丰"]),
        ("ZSF", ["张三丰"]),
        ("sx", ["单雄信"]),
        ("002x", ["张三丰"]),
        ("0018", ["单雄信", "张三"]),
        ("张三", ["张三"]),
        ("z", []),
        ("001", []),
        ("", []),
        ("李", []),
    ],
)
def test_initials_the_tail_of_a_number_or_a_name_find_people(typed: str, names: list[str], office: Register) -> None:
    with office.reading() as session:
        assert [person.name for person in people.found_by(session, typed)] == names


def test_a_number_finds_its_person_with_the_newest_phone(office: Register, acting: Acting) -> None:
    with office.writing() as session:
        number = intake.file(session, acting, a_filing())
        newer = Trainee(1, "张三", None, None, "510402198001010018", "13900000009", "")
        roster.replace_all(session, acting, number, [newer])
    with office.reading() as session:
        known = people.by_number(session, " 510402198001010018")
        assert known is not None
        assert (known.name, known.phone) == ("张三", "13900000009")
        assert people.by_number(session, "510402198601120019") is None
