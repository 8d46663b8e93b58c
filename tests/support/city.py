"""A register that several offices keep: each with its own staff at its own counter."""

from collections.abc import Mapping
from pathlib import Path

from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.offices import CityOffice

SECOND_CLERK = "秦八"
STAFF: Mapping[str, Mapping[str, Role]] = {
    "dongqu": {"李四": Role.REVIEWER, "王五": Role.HEAD},
    "renhe": {SECOND_CLERK: Role.CLERK, "尤九": Role.REVIEWER, "许十": Role.HEAD},
}
"""By office, who works there beside 张三 of 东区, who begins the register."""
CENTRE, COMMITTEE, BUREAU = "city-skills-centre", "vt-zone-committee", "city-bureau"
IN_TOWN: Mapping[str, Mapping[str, Role]] = {
    CENTRE: {"严中": Role.CLERK, "华审": Role.HEAD},
    COMMITTEE: {"金管": Role.CLERK},
    BUREAU: {"魏局": Role.HEAD, "陶察": Role.AUDITOR},
}
"""By code: who decides on what the zone's committee forwards, the committee, and who looks on."""


def with_town(first: CityOffice) -> dict[str, CityOffice]:
    """The centre, the committee and the bureau in the same register, each with who sits there first."""
    with first.register.writing(first.acting) as context:
        for office, people in IN_TOWN.items():
            for name, role in people.items():
                members.add(context, name, role, office=office)
    first_there = {office: next(iter(people)) for office, people in IN_TOWN.items()}
    return {office: CityOffice(first.register, clerk=clerk, office=office) for office, clerk in first_there.items()}


def one_register(folder: Path) -> tuple[CityOffice, CityOffice]:
    """东区, whose register it is, and 仁和区, which keeps its cases in it."""
    register = empty_register(Home(folder / "city"))
    first = CityOffice(register)
    with register.writing(first.acting) as context:
        for office, people in STAFF.items():
            for name, role in people.items():
                members.add(context, name, role, office=office)
    return first, CityOffice(register, clerk=SECOND_CLERK, office="renhe")
