"""The practice registers of seven offices, with people, enterprises and staff partly the same.

西区 repeats what 东区 did: the same people on the same invoices, so that whatever 东区 paid is paid twice.
"""

from collections.abc import Iterator
from pathlib import Path

from pxtui.casework.practice.register import CLERK, PracticeOffice, make_practice_register
from pxtui.home import Home
from pxtui.policy.facts import Trainee
from pxtui.policy.parameters import Rulebook, rulebook, shipped_texts
from tests.conftest import NOW
from tests.support.rosters import made_up_people

STUDENTS = "city-employment-centre"
"""The centre that decides on students; in practice it has the enterprises of 东区, by a notice of its own."""
DONGQU, XIQU = PracticeOffice(), PracticeOffice("xiqu", "510403")


def seven_offices() -> Iterator[PracticeOffice]:
    """Five counties, and the two centres of the city."""
    yield from (DONGQU, XIQU)
    people: list[Trainee] = made_up_people(12)
    others = (("renhe", "510411"), ("miyi", "510421"), ("yanbian", "510422"), ("city-skills-centre", "510402"))
    for at, (code, county) in enumerate((*others, (STUDENTS, "510402")), start=1):
        clerk = CLERK if at % 2 else f"孙{'甲乙丙丁'[at // 2]}"
        is_zone = code == "city-skills-centre"
        yield PracticeOffice(code, county, is_zone, clerk, 33 + at, 1_000 * at, people)


def make_seven(folder: Path) -> list[Home]:
    """Their registers, a data folder each, in the order of `seven_offices`."""
    homes = []
    for office in seven_offices():
        home = Home(folder / office.code)
        make_practice_register(home, NOW, office, _rules(office))
        homes.append(home)
    return homes


def _rules(office: PracticeOffice) -> Rulebook | None:
    if office.code != STUDENTS:
        return None
    ours = '510402 = "dongqu"'
    return rulebook({name: text.replace(ours, f'510402 = "{STUDENTS}"') for name, text in shipped_texts().items()})
