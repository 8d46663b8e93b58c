"""What can be done with a case now, what stands in the way, and what whoever decides has before them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.check import checklist, claim_figures, eligibility
from pxtui.casework.check.frozen import Verdict
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.decision import advance, amounts, class_changes
from pxtui.casework.decision.class_changes import ClassAsItIs
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Format, Material, Route, Size
from tests.support.counter import AFTER_THE_CLASS, Counter
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def ways(counter: Counter, number: str) -> set[Action]:
    with counter.register.reading(counter.acting) as context:
        return set(advance.possible_actions(context, number))


def missing(counter: Counter, number: str) -> str:
    with counter.register.reading(counter.acting) as context:
        return advance.why_incomplete(context, number)


def of_large_enterprise(counter: Counter) -> str:
    """A class that goes on in the ordinary procedure."""
    filing = a_filing()
    training = replace(filing.training, format=Format.OWN_TEACHERS, occupation="电工")
    with counter.register.writing(counter.acting) as context:
        applicant = replace(filing.applicant, size=Size.LARGE)
        number = opening_filing.file(context, replace(filing, applicant=applicant, training=training))
        roster_edits.replace_all(context, number, made_up_people(2, 10))
    return number


def test_an_approved_class_is_offered_only_where_its_route_leads(counter: Counter) -> None:
    paid, credited = counter.file(), of_large_enterprise(counter)
    for number in (paid, credited):
        counter.do(number, Action.SUBMIT, Action.APPROVE)
    assert ways(counter, paid) == {Action.CLAIM, Action.WITHDRAW}
    assert ways(counter, credited) == {Action.TRANSFER, Action.WITHDRAW}


def test_the_short_way_is_offered_only_where_duties_are_not_apart(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT)
    assert ways(counter, number) == {Action.APPROVE, Action.RETURN, Action.REFUSE, Action.ACCEPT, Action.WITHDRAW}
    counter.hire_colleagues()
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    assert ways(counter, number) == {Action.RETURN, Action.ACCEPT, Action.WITHDRAW}


def test_an_empty_roster_is_said_to_be_missing_until_it_is_keyed(counter: Counter) -> None:
    with counter.register.writing(counter.acting) as context:
        number = opening_filing.file(context, a_filing())
    assert missing(counter, number) == "花名册没有人员，请先录入或导入花名册再提交。"
    with counter.register.writing(counter.acting) as context:
        roster_edits.replace_all(context, number, made_up_people(2))
    assert missing(counter, number) == ""
    counter.do(number, Action.SUBMIT)
    assert missing(counter, number) == ""


def test_a_class_of_the_ordinary_procedure_is_not_claimed_for(counter: Counter) -> None:
    number = of_large_enterprise(counter)
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = AFTER_THE_CLASS
    with pytest.raises(PxtuiError, match="此班的学时计入总学时，不在此申请补贴"):
        counter.do(number, Action.CLAIM)


def test_a_claim_waits_for_the_end_of_the_class(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = date(2020, 4, 1)
    with pytest.raises(PxtuiError, match="此班2020-04-02结束，结束后再申请补贴"):
        counter.do(number, Action.CLAIM)
    counter.day = date(2020, 4, 2)
    assert counter.do(number, Action.CLAIM) is Stage.CLAIM_DRAFT


def test_the_sheet_of_the_decision_has_amounts_deductions_and_what_there_is_too_little_of(counter: Counter) -> None:
    number = counter.claimed()
    with counter.register.reading(counter.acting) as context:
        sheet = amounts.decision_sheet(context, number, eligibility.overview(context, number))
    assert (sheet.amounts.claimed_fen, sheet.deductions, sheet.too_few) == (150_000, (), ())


def test_too_few_copies_stand_on_the_sheet_of_an_opening_and_no_deductions(counter: Counter) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        opening_filing.amend(context, number, replace(opening_filing.filing(context, number), proof_copies=1))
        sheet = amounts.decision_sheet(context, number, eligibility.overview(context, number))
    (item,) = sheet.too_few
    assert (item.material, item.short, item.fault) == (
        Material.LABOUR_CONTRACTS,
        2,
        "每人1份，应有3份，收到1份，少2份",
    )
    assert sheet.deductions == ()


def unknown_year(counter: Counter) -> str:
    """A claim of a class that ended before a year without a holiday calendar."""
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.starts_on, case.ends_on = date(2031, 3, 3), date(2031, 3, 14)
        case.claim_received_on = date(2032, 4, 1)
        context.session.add(case)
    return number


def test_where_a_year_has_no_calendar_nothing_is_claimed_or_taken_off_by_guess(counter: Counter) -> None:
    number = unknown_year(counter)
    with counter.register.reading(counter.acting) as context:
        assert claim_figures.claimed_when_submitted(context, find(context, number)) is None
        assert amounts.taken_off(context, number) == ()


def test_what_the_applicant_wrote_is_claimed_in_any_year(counter: Counter) -> None:
    number = unknown_year(counter)
    with counter.register.writing(counter.acting) as context:
        filing = claim_filing.claim_filing(context, number)
        claim_filing.put_claim(context, number, replace(filing, asked_total_fen=1))
        assert claim_figures.claimed_when_submitted(context, find(context, number)) == 1


def test_a_class_is_shown_as_it_is_before_it_is_changed(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        change = class_changes.ClassChange(leaving=frozenset({2}))
        class_changes.change(context, number, change, "企业申请")
        shown = class_changes.as_it_is(context, number, counter.day)
    names = [person.name for person in made_up_people(3)]
    assert shown == ClassAsItIs(date(2020, 3, 20), date(2020, 4, 2), "", ((1, names[0]), (3, names[2])))


def test_those_who_join_come_from_a_file_that_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "新增.csv"
    (person,) = made_up_people(1)
    lines = ["序号,姓名,身份证号,联系电话", f"1,{person.name},{person.id_number},{person.phone}"]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [(row.name, row.id_number) for row in class_changes.people_in(path)] == [(person.name, person.id_number)]
    path.write_text("\n".join([*lines, "2,,,13900000000"]), encoding="utf-8")
    with pytest.raises(PxtuiError, match=r"有1行读不出（.*），没有变更"):
        class_changes.people_in(path)


def test_what_is_done_elsewhere_is_told_with_where(counter: Counter) -> None:
    number = counter.claimed()
    counter.do(number, Action.APPROVE)
    with pytest.raises(PxtuiError, match="公示要在“公示批次”里办理，不能在这里办理"):
        counter.do(number, Action.PUBLISH)
    assert counter.stage(number) is Stage.CLAIM_APPROVED


def test_a_claim_that_turns_out_to_be_paid_elsewhere_has_no_deductions(counter: Counter) -> None:
    number = counter.claimed()
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.size = Size.LARGE.value
        context.session.add(case)
        assert amounts.taken_off(context, number) == ()


def test_enough_copies_are_no_fault(counter: Counter) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        opening_filing.amend(context, number, replace(opening_filing.filing(context, number), proof_copies=3))
        items = checklist.checklist(context, number)
    assert [(item.short, item.fault) for item in items] == [(0, "")] * len(items)


def test_another_office_and_another_route_are_told_by_their_names(counter: Counter) -> None:
    before = Verdict("dongqu", Route.SME_PAID.value, (1,), 100, ())
    after = replace(before, office="xiqu", route=Route.CATALOGUE.value, total_fen=None)
    gone = replace(before, office="no-more")
    rulebook = counter.register.rulebook
    office = rulebook.latest.offices["xiqu"].short_name
    told = before.changes_to(after, rulebook)
    assert told[0] == f"受理机关由东区人社局变为{office}"
    assert told[1].startswith("补贴方式由")
    assert "（" not in told[1]
    assert gone.changes_to(before, rulebook) == ("受理机关由no-more变为东区人社局",)
    assert before.changes_to(before, rulebook) == ()
