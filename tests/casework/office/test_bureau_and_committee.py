"""The bureau sees all and handles nothing; the zone's committee collects, forwards and decides on nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.models import Act
from pxtui.casework.decision import passing_on
from pxtui.casework.desk import queues, search
from pxtui.casework.lifecycle.cases import find, look_up
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import journal, roles
from pxtui.casework.office.context import Acting
from pxtui.casework.office.permissions import (
    NOT_BY_THE_BUREAU,
    NOT_BY_THE_COMMITTEE,
    OF_ALL_OFFICES,
    PERMISSIONS,
)
from pxtui.casework.office.roles import Role
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.people import reveals
from pxtui.casework.printed import forwarding, ledgers
from pxtui.casework.printed import passing_on as printed_passing_on
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import undo
from pxtui.casework.staff import members
from pxtui.casework.staff.sight import Sight, sight
from pxtui.errors import NotAllowed, NotFound, Refused
from tests.conftest import NOW
from tests.support.city import BUREAU, CENTRE, COMMITTEE, one_register, with_town
from tests.support.filings import a_filing
from tests.support.offices import CityOffice
from tests.support.rosters import made_up_people

Town = dict[str, CityOffice]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Two counties, the centre, the committee and the bureau in one register."""
    first, second = one_register(tmp_path)
    yield {"dongqu": first, "renhe": second, **with_town(first)}
    first.register.close()


def collected(committee: CityOffice) -> str:
    """An enterprise of the zone has handed in its plan at the committee; the number there."""
    filing = a_filing()
    of_zone = replace(filing, applicant=replace(filing.applicant, vanadium_titanium_zone=True, county="510411"))
    with committee.register.writing(committee.acting) as context:
        number = opening_filing.file(context, of_zone)
        roster_edits.replace_all(context, number, made_up_people(3))
    committee.do(number, Action.SUBMIT)
    return number


def test_the_bureau_sees_the_cases_of_all_offices_and_one_office_s_if_it_likes(town: Town) -> None:
    ours, theirs = town["dongqu"].file_class(), town["renhe"].file_class(occupation="钳工")
    bureau = town[BUREAU]
    for clerk in ("魏局", "陶察"):
        acting = replace(bureau.acting, name=clerk)
        with bureau.register.reading(acting) as context:
            assert [case.number for case in queues.cases(context).cases] == [theirs, ours]
            assert look_up(context, ours).office == "东区人社局"
            assert ("renhe", "仁和区人社局") in roles.offices_to_look_at(context)
            assert BUREAU not in dict(roles.offices_to_look_at(context))
        with bureau.register.reading(replace(acting, only_office="renhe")) as context:
            assert [case.number for case in queues.cases(context).cases] == [theirs]
            assert [case.number for case in search.search(context, "焊工").cases] == []
    with town["renhe"].register.reading(replace(town["renhe"].acting, only_office="dongqu")) as context:
        assert [case.number for case in queues.cases(context).cases] == [theirs], "whoever sees his own asks in vain"
        assert roles.offices_to_look_at(context) == ()


def test_the_bureau_s_head_sees_masked_numbers_and_reveals_none(town: Town) -> None:
    number = town["dongqu"].file_class()
    bureau = town[BUREAU]
    person = made_up_people(3)[0]
    with bureau.register.reading(bureau.acting) as context:
        assert sight(context) is Sight.MASKED
        shown = str(undo.sheet(context, number))
        assert person.name in shown
        assert person.id_number not in shown
        assert person.phone not in shown
    with pytest.raises(NotAllowed), bureau.register.writing(bureau.acting) as context:
        reveals.of_row(context, number, 0)
    with pytest.raises(NotAllowed, match="只看隐去中间几位的号码"), bureau.register.writing(bureau.acting) as context:
        reveals.of_number(context, person.id_number)


@pytest.mark.parametrize("role", Role)
def test_neither_the_bureau_nor_the_committee_does_what_is_not_theirs(town: Town, role: Role) -> None:
    first = town["dongqu"]
    names = {BUREAU: f"局{role.value}", COMMITTEE: f"委{role.value}"}
    with first.register.writing(first.acting) as context:
        for office, name in names.items():
            members.add(context, name, role, office=office)
    for office, refused in ((BUREAU, NOT_BY_THE_BUREAU), (COMMITTEE, NOT_BY_THE_COMMITTEE)):
        for act in refused:
            with pytest.raises(NotAllowed), first.register.writing(Acting(names[office], office, NOW)) as context:
                journal.record(context, None, act, "试")


def test_nothing_that_decides_pays_or_shows_a_full_number_is_left_to_them() -> None:
    """By introspection, so that a new act is thought of."""
    of_cases = {
        act for act in PERMISSIONS if act.value.startswith(("case.", "roster.", "claim.", "payment.", "recovery."))
    }
    assert of_cases - NOT_BY_THE_BUREAU == OF_ALL_OFFICES
    assert {Act.READ_PERSON, Act.READ_CONTACT, Act.READ_ACCOUNT, Act.READ_EXTRACT} <= NOT_BY_THE_BUREAU
    steps = {act for act, permission in PERMISSIONS.items() if permission.step is not None}
    assert steps - NOT_BY_THE_COMMITTEE == {Act.CASE_SUBMIT}


def test_the_bureau_files_no_case(town: Town) -> None:
    bureau = town[BUREAU]
    with pytest.raises(NotAllowed), bureau.register.writing(bureau.acting) as context:
        opening_filing.file(context, a_filing())


def test_the_ledger_of_the_bureau_counts_all_offices(town: Town) -> None:
    town["dongqu"].file_class()
    town["renhe"].file_class(occupation="钳工")
    bureau = town[BUREAU]
    with bureau.register.reading(bureau.acting) as context:
        asked = ledgers.OfficeAsking(context, *ledgers.one_month(bureau.day))
        values = ledgers.ledger("monthly-ledger", asked).facts.values
    assert (values["office_name"], values["cases"]) == ("攀枝花市人力资源和社会保障局", 2)


def test_the_committee_collects_and_forwards_to_the_centre(town: Town) -> None:
    committee, centre = town[COMMITTEE], town[CENTRE]
    number = collected(committee)
    assert number == "2020-FT-0001"
    assert [finding.code for finding in committee.findings(number)] == []
    with committee.register.reading(committee.acting) as context:
        assert [(queue.name, queue.count) for queue in queues.queues(context)] == [("待上报", 1)]
        assert look_up(context, number).stage_name == "待上报"
    with pytest.raises(NotAllowed, match="管委会只汇总上报"):
        committee.do(number, Action.APPROVE)

    with committee.register.writing(committee.acting) as context:
        passed = passing_on.pass_on(context, number, "汇总上报")

    assert passed.new_number == "2020-JD-0001"
    with centre.register.reading(centre.acting) as context:
        case = look_up(context, passed.new_number)
        assert (case.stage_name, case.received_on) == ("待开班审批", committee.day)
    assert centre.do(passed.new_number, Action.APPROVE, by="华审") is Stage.OPENED
    with pytest.raises(NotFound, match="现编号2020-JD-0001"), committee.register.reading(committee.acting) as context:
        find(context, number)


def test_what_is_the_zone_s_goes_through_the_committee_from_wherever_it_was_handed_in(town: Town) -> None:
    filing = a_filing()
    second = town["renhe"]
    with second.register.writing(second.acting) as context:
        number = opening_filing.file(
            context, replace(filing, applicant=replace(filing.applicant, vanadium_titanium_zone=True))
        )
        assert passing_on.pass_on(context, number, "钒钛新城所辖").new_number == "2020-FT-0001"


def test_an_office_that_nobody_knows_has_no_staff(town: Town) -> None:
    first = town["dongqu"]
    with pytest.raises(NotFound, match="vt-zone-committee"), first.register.writing(first.acting) as context:
        members.add(context, "卫新", office="nowhere")


def test_all_that_waits_is_forwarded_with_a_letter_and_a_list(town: Town, tmp_path: Path) -> None:
    committee = town[COMMITTEE]
    collected(committee)
    with pytest.raises(Refused, match="由管委会办理"), town["renhe"].register.writing(town["renhe"].acting) as context:
        printed_passing_on.forward(context)
    with committee.register.writing(committee.acting) as context:
        passed, path = printed_passing_on.forward(context, folder=tmp_path)
        values = forwarding.forwarding_list(ledgers.OfficeAsking(context, committee.day, committee.day)).facts
    assert [case.new_number for case in passed] == ["2020-JD-0001"]
    assert path.name.startswith("2020-03-16 汇总上报0001")
    assert (values.values["plans"], values.values["firms"], values.values["heads"]) == (1, 1, 3)
    assert values.values["taker"] == "攀枝花市人社局职业技能鉴定和培训指导中心"
    (line,) = values.tables["cases"]
    assert line["case_number"] == "线培〔2020〕JD-0001"
    with pytest.raises(Refused, match="没有待上报的案件"), committee.register.writing(committee.acting) as context:
        printed_passing_on.forward(context)
