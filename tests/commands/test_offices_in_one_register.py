"""Several offices in one register, by commands: staff with an office, a case passed on, what the committee forwards."""

from dataclasses import replace
from pathlib import Path

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from tests.conftest import NOW
from tests.support.city import COMMITTEE
from tests.support.filings import a_filing
from tests.support.office import Office
from tests.support.offices import CityOffice
from tests.support.rosters import made_up_people


def filed(office: Office, clerk: str, code: str, *, of_zone: bool) -> None:
    """An application at somebody's counter, handed in."""
    register = open_register(office.home, NOW)
    counter = CityOffice(register, clerk=clerk, office=code)
    filing = a_filing()
    applicant = replace(filing.applicant, vanadium_titanium_zone=of_zone)
    with register.writing(counter.acting) as context:
        number = opening_filing.file(context, replace(filing, applicant=applicant))
        roster_edits.replace_all(context, number, made_up_people(3))
    counter.do(number, Action.SUBMIT)
    register.close()


def test_staff_have_an_office_and_cases_are_passed_on_and_forwarded(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.begin()
    for name, code in (("秦八", "renhe"), ("金管", COMMITTEE), ("严中", "city-skills-centre")):
        office.say("staff", "add", name, "--office", code, "--as", "张三")
    assert "仁和区人社局" in office.say("staff", "list")
    filed(office, "秦八", "renhe", of_zone=False)
    filed(office, "金管", COMMITTEE, of_zone=True)

    said = office.say("case", "pass-on", "2020-RH-0001", "--reason", "单位在东区", "--as", "秦八")
    assert said.startswith("2020-RH-0001已转东区人社局，现编号2020-DQ-0001，收件日期不变。材料按交接单移交：")
    said = office.say("case", "forward", "--as", "金管")
    assert said.startswith("2020-FT-0001已转市技能中心，现编号2020-JD-0001")
    assert said.endswith("2020-03-16 汇总上报0001 钒钛新城管委会.xlsx")

    assert [line.split()[:2] for line in office.say("case", "passed").splitlines()[1:]] == [
        ["2020-FT-0001", "2020-JD-0001"],
        ["2020-RH-0001", "2020-DQ-0001"],
    ]
    refused = office.run("case", "pass-on", "2020-DQ-0001", "--reason", "试", "--as", "秦八")
    assert refused.returncode != 0
    assert "由攀枝花市东区人力资源和社会保障局办理，不在本部门" in refused.stderr
