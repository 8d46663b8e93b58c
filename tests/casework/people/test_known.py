"""Returning trainees are found by little."""

import pytest

from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.people import known as people_known
from pxtui.casework.roster import edits as roster_edits
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING
from tests.support.filings import a_filing

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
