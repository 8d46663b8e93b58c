"""Several offices keep one register: each sees and numbers its own cases, and the rules count over all of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.desk import queues, search, shift, waiting_order
from pxtui.casework.exchange import partners, sending
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import duties
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.roles import Role
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening import usual_words
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import page as payment_page
from pxtui.casework.people import known
from pxtui.casework.printed import issuing, ledgers, reprinting
from pxtui.casework.publicity import page as publicity_page
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff import members, substitution
from pxtui.errors import NotAllowed, NotFound, Refused
from tests.conftest import NOW
from tests.support.city import one_register
from tests.support.filings import a_filing
from tests.support.offices import CityOffice
from tests.support.pay_desk import paid
from tests.support.rosters import made_up_people

AFTERWARDS = date(2020, 4, 20)
CLAIM_FEN = 150_000
"""Of the three people of a class."""


@pytest.fixture
def city(tmp_path: Path) -> Iterator[tuple[CityOffice, CityOffice]]:
    """东区 and 仁和区 in one register."""
    first, second = one_register(tmp_path)
    yield first, second
    first.register.close()


def pay(office: CityOffice, number: str, head: str, folder: Path) -> str:
    """A cleared claim is paid; the number of its batch."""
    batch = office.prepare(number)
    office.sign(batch, by=head)
    office.hand_over(batch, folder)
    office.answer(batch, replace(paid(number, CLAIM_FEN), reference=f"YH{number}"))
    return batch


def claimed_at(office: CityOffice, number: str, day: date) -> None:
    """A class is approved, claimed after its end, published and cleared."""
    office.do(number, Action.SUBMIT, Action.APPROVE)
    office.day = day
    office.do(number, Action.CLAIM)
    office.enter_claim(number, voucher="20200000000000000002")
    office.do(number, Action.SUBMIT, Action.APPROVE)
    office.publish_and_clear(number)


def listed(office: CityOffice) -> list[str]:
    """The cases on the desk of an office."""
    with office.register.reading(office.acting) as context:
        return [case.number for case in waiting_order.by_waiting(context).cases]


def test_the_same_person_learns_at_both_and_both_are_paid_once(
    city: tuple[CityOffice, CityOffice], tmp_path: Path
) -> None:
    first, second = city
    first.grant()
    ours = first.cleared_class()
    batch = pay(first, ours, "王五", tmp_path)
    second.day = date(2020, 4, 13)
    theirs = second.file_class(starts_on=AFTERWARDS, occupation="钳工")
    claimed_at(second, theirs, date(2020, 5, 6))
    other_batch = pay(second, theirs, "许十", tmp_path)

    assert (ours, theirs) == ("2020-DQ-0001", "2020-RH-0001")
    assert (batch, other_batch) == ("BF2020-DQ-001", "BF2020-RH-001")
    assert first.source.paid_fen == 2 * CLAIM_FEN
    told = {training.source for training in second.trainings_elsewhere(theirs)}
    assert told == {"线培〔2020〕DQ-0001"}
    assert (listed(first), listed(second)) == ([ours], [theirs])


def test_what_a_person_does_at_the_other_office_is_told_without_a_name(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    first.claimed(first.file_class())
    overlapping = second.file_class(starts_on=date(2020, 3, 25), occupation="钳工")

    told = [finding.message for finding in second.findings(overlapping) if finding.code == "person.overlap"]

    assert len(told) == 3
    assert all("线培〔2020〕DQ-0001" in message and "2020-03-20" in message for message in told), told
    names = {person.name for person in made_up_people(3)} | {a_filing().applicant.name}
    assert not any(name in message for name in names for message in told)


def test_numbers_of_each_office_have_no_gap_whoever_files_between(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    in_turn = enumerate((first, second, second, first))
    numbers = [office.file_class(occupation=f"焊工{step}") for step, office in in_turn]
    assert numbers == ["2020-DQ-0001", "2020-RH-0001", "2020-RH-0002", "2020-DQ-0002"]


def test_neither_finds_what_is_the_other_s(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    ours = first.file(made_up_people(3))
    theirs = second.file_class(occupation="钳工")
    stranger = made_up_people(3)[0]
    with second.register.reading(second.acting) as context:
        assert [case.number for case in search.search(context, a_filing().applicant.name).cases] == [theirs]
        assert [case.number for case in search.search(context, "焊工").cases] == []
        assert [queue.count for queue in queues.queues(context)] == [1]
        assert usual_words.usual_words(context).occupations.new == ()
        with pytest.raises(NotAllowed, match="2020-DQ-0001由攀枝花市东区人力资源和社会保障局办理，不在本部门"):
            cases.find(context, ours)
        with pytest.raises(NotAllowed):
            eligibility.check(context, ours)
        assert [person.name for person in known.found_by(context, stranger.name)] == [stranger.name]
    with first.register.writing(first.acting) as context:
        roster = made_up_people(1, first=40)
        number = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, number, roster)
    with second.register.reading(second.acting) as context:
        only_there = roster[0]
        assert known.found_by(context, only_there.name) == []
        assert known.by_number(context, only_there.id_number) is None
        assert search.search(context, only_there.id_number).cases == ()


def test_money_pages_and_reports_are_of_one_s_own_office(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    first.grant()
    ours = first.cleared_class()
    batch = first.prepare(ours)
    second.day = first.day
    theirs = second.file_class(occupation="钳工")
    with second.register.reading(second.acting) as context:
        assert payment_page.desk(context, theirs).entries == ()
        assert publicity_page.desk(context, second.day).entries == ()
        with pytest.raises(NotAllowed, match=batch):
            payment_batches.look_up(context, batch)
        handled = ledgers.ledger("monthly-ledger", ledgers.OfficeAsking(context, date(2020, 3, 1), date(2020, 4, 30)))
    assert handled.facts.values["office_name"] == "攀枝花市仁和区人力资源和社会保障局"
    assert handled.facts.values["cases"] == 1


def test_a_case_is_handled_by_its_office_also_where_one_person_does_all(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    ours = first.file_class()
    with pytest.raises(NotAllowed, match="由攀枝花市东区人力资源和社会保障局办理"):
        second.enter_claim(ours)


def test_whoever_files_at_a_counter_has_the_case_of_that_counter(city: tuple[CityOffice, CityOffice]) -> None:
    """The enterprise is of 东区; 仁和区 took its papers, and the check says whose it is."""
    _, second = city
    with second.register.writing(second.acting) as context:
        number = opening_filing.file(context, a_filing())
    assert number == "2020-RH-0001"
    assert [finding.item for finding in second.findings(number) if finding.code == "office.wrong"] == ["dongqu"]


def test_each_office_has_its_own_settings_and_separates_duties_for_itself(
    city: tuple[CityOffice, CityOffice],
) -> None:
    first, second = city
    with second.register.writing(second.acting) as context:
        with pytest.raises(Refused, match="岗位分设要先有管理员"):
            office_settings.change(context, duties_apart=True)
        members.add(context, "施管", Role.ADMINISTRATOR)
        office_settings.change(context, duties_apart=True, opening_days=9, office_phone="0812-2900000")
    with first.register.reading(first.acting) as context:
        assert (duties.are_apart(context), office_settings.settings(context).opening_days) == (False, 5)
    with second.register.reading(second.acting) as context:
        assert (duties.are_apart(context), office_settings.settings(context).opening_days) == (True, 9)


def test_papers_bear_the_office_and_lie_in_its_folder(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    theirs = second.file_class()
    with second.register.writing(second.acting) as context:
        office_settings.change(context, office_phone="0812-2900000")
        wording = context.home.wording
        (path,) = issuing.issue(context, theirs, ["attachment-2"])
    assert path.parent == second.register.home.root / "offices" / "renhe" / "papers" / theirs
    assert wording == second.register.home.root / "offices" / "renhe" / "wording"
    first.day = second.day
    ours = first.file_class(occupation="电工")
    with first.register.writing(first.acting) as context:
        (path,) = issuing.issue(context, ours, ["attachment-2"])
        issued = reprinting.issued_before(context, ours)[0].id
    assert path.parent == first.register.home.root / "papers" / ours
    with pytest.raises(NotAllowed), second.register.writing(second.acting) as context:
        reprinting.print_again(context, issued)


def test_shifts_and_substitutes_stay_within_an_office(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    theirs = second.file_class()
    with pytest.raises(NotFound, match="尤九、许十"), second.register.writing(second.acting) as context:
        shift.hand_over(context, "李四")
    with pytest.raises(Refused, match="不在同一部门"), first.register.writing(first.acting) as context:
        substitution.put(context, "尤九", "李四", NOW.date(), NOW.date())
    with second.register.writing(second.acting) as context:
        assert [case.number for case in shift.hand_over(context, "尤九")] == [theirs]


def test_exchange_keys_and_what_is_told_are_an_office_s_own(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    first.claimed(first.file_class())
    second.file_class(occupation="钳工")
    with first.register.reading(first.acting) as context:
        ours = partners.own_public_keys(context)
        assert {training.case for training in sending.telling(context, None).trainings} == {"线培〔2020〕DQ-0001"}
    with second.register.reading(second.acting) as context:
        theirs = partners.own_public_keys(context)
        assert sending.telling(context, None).trainings == ()
    assert (ours.office, theirs.office) == ("dongqu", "renhe")
    assert ours.box != theirs.box


def test_staff_of_another_office_are_for_the_office_whose_register_it_is(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    with pytest.raises(NotAllowed, match="李四在攀枝花市东区"), second.register.writing(second.acting) as context:
        members.retire(context, "李四")
    with pytest.raises(NotAllowed), second.register.writing(second.acting) as context:
        members.add(context, "卫新", office="dongqu")
    with first.register.writing(first.acting) as context:
        assert members.retire(context, "尤九") == "尤九"
        assert members.colleagues(context) == ("张三", "李四", "王五")


def test_who_signs_in_acts_for_the_office_where_he_works(city: tuple[CityOffice, CityOffice]) -> None:
    _, second = city
    assert second.register.seated("许十", NOW) == Acting("许十", "renhe", NOW)


def test_an_auditor_sees_every_office(city: tuple[CityOffice, CityOffice]) -> None:
    first, second = city
    ours, theirs = first.file_class(), second.file_class(occupation="钳工")
    with first.register.writing(first.acting) as context:
        members.add(context, "申计", Role.AUDITOR)
    auditor = replace(first.acting, name="申计")
    with first.register.reading(auditor) as context:
        assert [case.number for case in queues.cases(context).cases] == [theirs, ours]
        assert cases.find(context, theirs).number == theirs
