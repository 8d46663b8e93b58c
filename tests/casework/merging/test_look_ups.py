"""What a register knows again without reading it: numbers and rows by keys, people of its staff, passwords."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, Enrolment, JournalEntry, Person, RowDeduction, SecondKeyedRow, SecondKeying, Staff
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.merging import conflicts, decisions, merge
from pxtui.casework.merging.conflicts import Kind
from pxtui.casework.merging.merge import Merged
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register, create, open_register
from pxtui.casework.payment import funds
from pxtui.casework.people import reveals
from pxtui.casework.roster.rows import ID_NUMBER
from pxtui.casework.roster.second_keying import row_key
from pxtui.casework.staff import members, sign_in
from pxtui.errors import PxtuiError
from pxtui.home import Home
from pxtui.server_login import ServerLogin
from tests.conftest import NOW
from tests.support import on_server
from tests.support.offices import CityOffice, two_offices
from tests.support.rosters import made_up_people

PEOPLE = made_up_people(3)
PASSWORD, INITIAL = "Ban-Shi_2020!", "Xin-Ren_2020!"


@pytest.fixture(autouse=True)
def _of_files() -> None:
    if on_server.is_chosen():
        pytest.skip("begins with files")


def _merged(homes: list[Home], city: Home, *, choice: str = "3") -> Merged:
    found, key = conflicts.conflicts(homes, NOW)
    of = {row.mark(key): decisions.Decision(choice) for row in found}
    return merge.merge(homes, city, decisions.Decisions("李局长", of), NOW)


def _know_again(office: CityOffice) -> str:
    """A row of a roster keyed twice, a person who was deducted, and one whose data were erased in two classes."""
    stranger = made_up_people(9)[8].id_number
    with office.register.writing(office.acting) as context:
        first_of_all = Person(id_key=context.vault.look_up_key(ID_NUMBER, stranger), name="甲")
        first_of_all.seal(context.vault, id_number=stranger)
        context.session.add(first_of_all)
    numbers = [office.file_class(3), office.file_class(3, occupation="电工")]
    with office.register.writing(office.acting) as context:
        session, vault = context.session, context.vault
        case = find(context, numbers[0])
        session.add(SecondKeying(case_id=case.id, seed=1, share=10, begun_at=NOW))
        session.flush()
        key = row_key(vault, PEOPLE[0].name, PEOPLE[0].id_number)
        session.add(SecondKeyedRow(case_id=case.id, row_key=key, staff_name="张三", keyed_at=NOW))
        about = vault.look_up_key(ID_NUMBER, PEOPLE[1].id_number)
        session.add(RowDeduction(case_id=case.id, id_key=about, code="01", deducted_on=NOW.date(), staff_name="张三"))
        for row in session.exec(select(Enrolment).where(Enrolment.position == 2)):
            row.id_number, row.person_id = b"", None
            session.add(row)
        session.flush()
        for person in session.exec(select(Person).where(Person.name == PEOPLE[2].name)):
            session.delete(person)
        reveals.note_search(context, PEOPLE[0].id_number)
    return numbers[0]


def _second_names(office: CityOffice) -> None:
    """Two names of one person, and a third person."""
    with office.register.writing(office.acting) as context:
        for name, trainee in (("孙甲", PEOPLE[0]), ("孙乙", PEOPLE[0]), ("孙丙", PEOPLE[1])):
            members.add(context, name, person=members.person_key(context, trainee.id_number))


def test_what_has_no_text_beside_it_is_known_again_all_the_same(tmp_path: Path) -> None:
    offices = two_offices(tmp_path)
    offices[0].file_class()
    number = _know_again(offices[1])
    _second_names(offices[1])
    for office in offices:
        office.register.close()
    merged = _merged([office.register.home for office in offices], Home(tmp_path / "city"))
    register = open_register(Home(tmp_path / "city"), NOW)
    with register.reading(register.nobody(NOW)) as context:
        _assert_known(context, number)
        keys = dict(context.session.exec(select(Staff.name, Staff.person_key)).all())
    register.close()
    assert keys["孙甲"] == keys["孙乙"] is not None
    assert keys["孙丙"] is None
    assert "有1人的证号已到期删去，只能在原部门的案件之间认出是同一人。" in merged.remarks
    assert any(remark.startswith("有3名人员的身份证号要重新登记") for remark in merged.remarks)


def _assert_known(context: Context, number: str) -> None:
    vault, case = context.vault, find(context, number)
    keyed = context.session.exec(select(SecondKeyedRow).where(SecondKeyedRow.case_id == case.id)).one()
    assert keyed.row_key == row_key(vault, PEOPLE[0].name, PEOPLE[0].id_number)
    deducted = context.session.exec(select(RowDeduction).where(RowDeduction.case_id == case.id)).one()
    assert deducted.id_key == vault.look_up_key(ID_NUMBER, PEOPLE[1].id_number)
    looked = context.session.exec(select(JournalEntry).where(JournalEntry.action == Act.READ_SEARCH)).one()
    person = context.session.get_one(Person, int(journal.values(context, looked)[1][reveals.PERSON]))
    assert person.unseal(vault, "id_number") == PEOPLE[0].id_number
    erased = context.session.exec(select(Enrolment.id_key).where(col(Enrolment.person_id).is_(None))).all()
    assert len(erased) == 2
    assert len(set(erased)) == 1
    assert erased[0] not in (None, vault.look_up_key(ID_NUMBER, PEOPLE[2].id_number))


def _real(folder: Path, office: str, name: str) -> Register:
    """A register that is not there to be practised in, whose first clerk has a password."""

    def begin(context: Context) -> None:
        sign_in.set_own(context, PASSWORD)

    return create(Home(folder / office), office=office, name=name, at=NOW, begin=begin)


def test_passwords_stay_behind_and_the_first_office_sets_the_first_anew(tmp_path: Path) -> None:
    registers = [_real(tmp_path, "dongqu", "张三"), _real(tmp_path, "renhe", "李四")]
    for register in registers:
        register.close()
    merged = _merged([register.home for register in registers], Home(tmp_path / "city"))
    assert any(remark.startswith("口令没有带过来") for remark in merged.remarks)
    city = open_register(Home(tmp_path / "city"), NOW)
    seat = sign_in.seat(city, ServerLogin(), "李四", NOW)
    assert (seat.is_first, seat.by_name_alone) == (True, False)
    with pytest.raises(PxtuiError, match="第一个口令由攀枝花市东区人力资源和社会保障局的人员设"):
        sign_in.choose_first(city, "李四", PASSWORD, NOW)
    first = sign_in.choose_first(city, "张三", PASSWORD, NOW)
    with city.writing(first.acting) as context:
        sign_in.give_initial(context, "李四", INITIAL)
    signed_in = sign_in.sign_in(city, "李四", INITIAL, NOW)
    assert (signed_in.acting.office, signed_in.must_change) == ("renhe", True)
    city.close()


def test_a_grant_that_is_one_and_the_same_is_taken_once(tmp_path: Path) -> None:
    offices = two_offices(tmp_path)
    for office, fen in zip(offices, (300_01, 500_02), strict=True):
        with office.register.writing(office.acting) as context:
            funds.put(context, "ZX2020", "职业技能提升行动专项资金", fen)
        office.register.close()
    homes = [office.register.home for office in offices]
    found, _ = conflicts.conflicts(homes, NOW)
    (fund,) = [row for row in found if row.kind is Kind.FUND]
    assert fund.choices == ("各处分开的额度，合计800.03元", "是同一笔额度，300.01元", "是同一笔额度，500.02元")
    _merged(homes, Home(tmp_path / "city"))
    city = open_register(Home(tmp_path / "city"), NOW)
    with city.reading(city.nobody(NOW)) as context:
        source = funds.source(context, "ZX2020")
        assert source.granted_fen == 500_02
    city.close()
