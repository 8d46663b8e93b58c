"""The desk of a register that several offices keep: what is one's own, what the bureau sees, what is passed on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from tests.support.city import BUREAU, one_register, with_town
from tests.support.filings import a_filing
from tests.support.offices import CityOffice
from tests.support.pages import seen
from tests.support.rosters import made_up_people

Town = dict[str, CityOffice]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A case of 东区, and one of 仁和区 that belongs to 东区."""
    first, second = one_register(tmp_path)
    first.file_class(occupation="钳工")
    with second.register.writing(second.acting) as context:
        number = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, number, made_up_people(3))
    second.do(number, Action.SUBMIT)
    yield {"dongqu": first, "renhe": second, **with_town(first)}
    first.register.close()


def desk(office: CityOffice, *keys: str) -> list[str]:
    """What the desk of an office shows at 80 by 24."""
    return seen(office.register, office, "desk", *keys)


def numbers(lines: list[str]) -> list[str]:
    """The cases in a list."""
    return [line.split()[0] for line in lines[:-2] if line.strip().startswith("2020-")]


def test_the_desk_lists_one_s_own_office(town: Town) -> None:
    assert numbers(desk(town["dongqu"])) == ["2020-DQ-0001"]
    lines = desk(town["renhe"], "ctrl+y")
    assert numbers(lines) == ["2020-RH-0001"]
    assert not any("部门" in line for line in lines[:7])
    assert lines[-2] == " 您的柜台只列本部门的案件。"


def test_the_bureau_lists_all_with_the_office_and_one_by_one(town: Town) -> None:
    lines = desk(town[BUREAU])
    assert "全部部门（Ctrl+Y换）" in "".join(lines)
    assert [line.split()[0::2][:2] for line in lines if line.startswith(" 2020-")] == [
        ["2020-RH-0001", "仁和区人社局"],
        ["2020-DQ-0001", "东区人社局"],
    ]
    step_by_step = [numbers(desk(town[BUREAU], *["ctrl+y"] * times)) for times in range(6)]
    assert step_by_step == [
        ["2020-RH-0001", "2020-DQ-0001"],
        [],
        ["2020-DQ-0001"],
        ["2020-RH-0001"],
        [],
        ["2020-RH-0001", "2020-DQ-0001"],
    ]


def test_one_key_and_enter_pass_a_case_on(town: Town) -> None:
    asked = desk(town["renhe"], "ctrl+w")
    assert asked[-2].startswith(" 2020-RH-0001转攀枝花市东区人力资源和社会保障局办理，理由：单位所在地为东区")
    lines = desk(town["renhe"], "ctrl+w", "enter")
    assert numbers(lines) == []
    assert lines[-2].startswith(" 2020-RH-0001已转东区人社局，现编号2020-DQ-0002，收件日期不变。")
    assert numbers(desk(town["dongqu"])) == ["2020-DQ-0002", "2020-DQ-0001"]
    refused = desk(replace(town["dongqu"]), "down", "ctrl+w")
    assert "由本部门办理" in refused[-2]
