"""Made-up people, and registers in which one case has a roster of them."""

from datetime import date, timedelta
from pathlib import Path

from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from pxtui.identifiers.id_number import check_character
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING, NOW, empty_register
from tests.support.filings import a_filing

CLERK = "张三"
NUMBER = "2020-DQ-0001"

_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国志"
_BIRTHDAYS = 9_000
"""Days from 1970 on; later people are born on the same ones with another order number."""


def made_up_people(count: int, first: int = 0) -> list[Trainee]:
    """People with names of three characters and valid ID numbers, nobody twice; `first` counts on from others."""
    return [_person(index) for index in range(first, first + count)]


def office_with_roster(folder: Path, people: list[Trainee]) -> Path:
    """A register with one draft case and its roster; the folder."""
    register = empty_register(Home(folder / "data"))
    with register.writing(ACTING) as context:
        assert opening_filing.file(context, a_filing()) == NUMBER
        roster_edits.replace_all(context, NUMBER, people)
    register.close()
    return folder


def office_with_claim(folder: Path, people: list[Trainee]) -> Path:
    """A register with one claim that is being entered, and its roster; the folder."""
    office_with_roster(folder, people)
    register = open_register(Home(folder / "data"), NOW)
    with register.writing(ACTING) as context:
        find(context, NUMBER).stage = Stage.CLAIM_DRAFT
        roster_edits.replace_all(context, NUMBER, people)
    register.close()
    return folder


def stored_people(folder: Path, number: str = NUMBER) -> list[tuple[str, str, str]]:
    """Name, ID number and phone of a roster's rows as the register has them."""
    register = open_register(Home(folder / "data"), NOW)
    with register.reading(ACTING) as context:
        people = [(row.name, row.id_number, row.phone) for row in roster_edits.rows(context, number)]
    register.close()
    return people


def _person(index: int) -> Trainee:
    birth = date(1970, 1, 1) + timedelta(days=index % _BIRTHDAYS)
    first_17 = f"510402{birth:%Y%m%d}{index // _BIRTHDAYS + 1:03}"
    given = _GIVEN[index % len(_GIVEN)] + _GIVEN[index * 7 // 3 % len(_GIVEN)]
    name = _SURNAMES[index % len(_SURNAMES)] + given
    number = first_17 + check_character(first_17)
    return Trainee(index + 1, name, None, None, number, f"138{index:08}", "")
