"""Returning trainees are found by little."""

from dataclasses import replace

import pytest

from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.people import known as people_known
from pxtui.casework.roster import edits as roster_edits
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people

KNOWN = (
    Trainee(1, "张三", None, None, "510402198001010018", "13800000001", ""),
    Trainee(2, "张三丰", None, None, "11010519491231002X", "13800000002", ""),
    Trainee(3, "单雄信", None, None, "510402198601120018", "13800000003", ""),
    Trainee(4, "证号有误", None, None, "510402198601120019", "", ""),
)


@pytest.fixture
def office(register: Register, acting: Acting) -> Register:
    """A register that has seen some people."""
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, number, KNOWN)
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
        ("zr", []),
        ("z", []),
        ("001", []),
        ("", []),
        ("李", []),
    ],
)
def test_initials_the_tail_of_a_number_or_a_name_find_people(typed: str, names: list[str], office: Register) -> None:
    with office.reading(ACTING) as context:
        assert [person.name for person in people_known.found_by(context, typed)] == names


def test_a_number_finds_its_person_with_the_newest_phone(office: Register, acting: Acting) -> None:
    with office.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        newer = Trainee(1, "张三", None, None, "510402198001010018", "13900000009", "")
        roster_edits.replace_all(context, number, [newer])
    with office.reading(acting) as context:
        known = people_known.by_number(context, " 510402198001010018")
        assert known is not None
        assert (known.name, known.phone) == ("张三", "13900000009")
        assert people_known.by_number(context, "510402198601120019") is None


READ_OTHERWISE = ("翟新", "尉迟敬", "单于丹", "晟明", "沙玛·阿果", "长孙乐", "赵新")


@pytest.fixture
def many_readings(register: Register, acting: Acting) -> Register:
    """A register with people whose names can be read in several ways."""
    people = made_up_people(len(READ_OTHERWISE))
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        rows = [replace(person, name=name) for person, name in zip(people, READ_OTHERWISE, strict=True)]
        roster_edits.replace_all(context, number, rows)
    return register


def names_found(register: Register, typed: str) -> list[str]:
    with register.reading(ACTING) as context:
        return [person.name for person in people_known.found_by(context, typed)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("dx", ["翟新"]),
        ("zx", ["赵新", "翟新"]),
        ("yc", ["尉迟敬"]),
        ("wcj", ["尉迟敬"]),
        ("cyd", ["单于丹"]),
        ("sm", ["沙玛·阿果", "晟明"]),
        ("cm", ["晟明"]),
        ("csy", ["长孙乐"]),
        ("zsl", ["长孙乐"]),
        ("smag", ["沙玛·阿果"]),
        ("dxa", []),
    ],
)
def test_people_are_found_by_every_reading_of_their_names(
    typed: str, names: list[str], many_readings: Register
) -> None:
    assert sorted(names_found(many_readings, typed)) == sorted(names)


def test_exact_initials_come_first_and_of_these_the_usual_reading(register: Register, acting: Acting) -> None:
    names = ("翟新", "赵新", "赵新民", "翟新民")
    people = [replace(person, name=name) for person, name in zip(made_up_people(4), names, strict=True)]
    with register.writing(acting) as context:
        roster_edits.replace_all(context, opening_filing.file(context, a_filing()), people)
    assert names_found(register, "zx") == ["赵新", "翟新", "赵新民", "翟新民"]


@pytest.mark.parametrize("dot", ["·", ".", "●", "∙", "⋅", "˙", "•", "．", ""])
def test_a_name_with_a_dot_is_found_however_the_dot_is_keyed(dot: str, many_readings: Register) -> None:
    assert names_found(many_readings, f"沙玛{dot}阿果") == ["沙玛·阿果"]


def test_a_person_who_is_renamed_is_found_by_the_new_readings_alone(many_readings: Register, acting: Acting) -> None:
    person = made_up_people(1)[0]
    with many_readings.writing(acting) as context:
        roster_edits.replace_all(context, "2020-DQ-0001", [replace(person, name="盛新")])
    assert names_found(many_readings, "cx") == ["盛新"]
    assert names_found(many_readings, "dx") == []
