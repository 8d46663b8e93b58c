"""What two registers say of the same thing is one in the city's: the word of the office that was decided for."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from db import history
from db.models import (
    Applicant,
    CalendarVersion,
    Case,
    CatalogueTariff,
    EarlierTraining,
    ExchangedTraining,
    Lifting,
    LiftingCorrection,
    OtherInitials,
    Person,
    Row,
    Staff,
    StaffChange,
    StaffChangeKind,
    StaffLogin,
    Substitution,
    UsedVoucher,
    Voucher,
)
from db.models.sign_in import LoginKind
from db.readings import read_people
from pxtui.casework.merging import conflicts, decisions, merge
from pxtui.casework.merging.conflicts import Kind
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import open_register
from pxtui.casework.people import known
from pxtui.casework.roster.rows import ID_NUMBER
from pxtui.casework.staff import members
from pxtui.errors import PxtuiError
from pxtui.home import Home
from pxtui.identifiers.pinyin import initials
from tests.conftest import NOW
from tests.support import on_server
from tests.support.offices import CityOffice, two_offices
from tests.support.rosters import made_up_people
from tests.support.years import NOTICE_2027

NUMBER = made_up_people(1)[0].id_number
DAY = date(2020, 6, 1)
CODE = "91510402MA6000001X"
FIRST, SECOND = 0, 1


def _told(context: Context, which: int) -> Iterator[Row]:
    """What each of the two has of the same thing, otherwise than the other."""
    name = ("翟一", "翟二")[which]
    person = Person(id_key=context.vault.look_up_key(ID_NUMBER, NUMBER), name=name, initials=initials(name))
    person.seal(context.vault, id_number=NUMBER, phone=("13800000001", "13800000002")[which])
    yield person
    applicant = Applicant(
        name="恒力公司", credit_code=CODE, credit_code_key=CODE, kind="enterprise", county="510402", bank_name="工行"
    )
    applicant.seal(context.vault, bank_account=("6217000000000001", "6217000000000002")[which])
    yield applicant
    member = context.session.get_one(Staff, 1)
    yield StaffLogin(staff_id=member.id, kind=LoginKind.KEY, value="SHA256:same", added_at=NOW)
    yield Substitution(absent=member.name, substitute=member.name, from_on=DAY, to_on=DAY)
    yield CalendarVersion(
        year=2027,
        document="国办发明电〔2026〕8号",
        days=_days(which),
        set_on=DAY,
        set_by="张三",
        signed_on=DAY,
    )
    yield Lifting(lifted_on=DAY + timedelta(which), document="公告", set_on=DAY, set_by="张三", signed_on=DAY)
    yield LiftingCorrection(
        before_on=DAY, lifted_on=DAY, document="公告", reason=f"更正{which}", set_on=DAY, set_by="张三"
    )
    yield CatalogueTariff(
        occupation="焊工",
        occupation_key="焊工",
        level="5",
        amount_fen=100_000 + which,
        effective_on=DAY,
        document="目录",
    )
    yield UsedVoucher(number="12345678", number_key="12345678", source="成都市")
    yield _of_xiqu(context, which)
    for _ in range(which + 1):
        yield _without_occupation(context)


def _days(which: int) -> str:
    """The holidays of a year as each office wrote them down."""
    return NOTICE_2027.read_text("utf-8") + "\n" * which


def _of_xiqu(context: Context, which: int) -> ExchangedTraining:
    """A third office has told both, the second one later, and that it is paid."""
    row = ExchangedTraining(
        office_code="xiqu",
        case_number="线培〔2020〕XQ-0001",
        id_key=context.vault.look_up_key(ID_NUMBER, NUMBER),
        occupation="焊工",
        starts_on=DAY,
        held_since=DAY,
        by_claim=True,
        paid=which == SECOND,
        told_at=NOW + timedelta(days=which),
    )
    row.seal(context.vault, id_number=NUMBER)
    return row


def _without_occupation(context: Context) -> EarlierTraining:
    row = EarlierTraining(
        id_key=context.vault.look_up_key(ID_NUMBER, NUMBER),
        occupation="",
        starts_on=DAY,
        delivery="online",
        subsidised=True,
        paid=True,
    )
    row.seal(context.vault, id_number=NUMBER)
    return row


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> tuple[CityOffice, CityOffice]:
    """Both with their own word."""
    if on_server.is_chosen():
        pytest.skip("begins with files")
    made = two_offices(tmp_path_factory.mktemp("two"))
    for which, office in enumerate(made):
        with office.register.writing(office.acting) as context:
            if which == SECOND:
                members.add(context, "孙甲")
            for row in _told(context, which):
                context.session.add(row)
            context.session.flush()
            read_people(context.session, context.session.exec(select(Person)).all(), [])
        office.register.close()
    return made


def test_each_is_asked_for_once(offices: tuple[CityOffice, CityOffice]) -> None:
    found, _ = conflicts.conflicts([office.register.home for office in offices], NOW)
    assert Counter((row.kind, len(row.choices)) for row in found) == {
        (Kind.STAFF, 3): 1,
        (Kind.APPLICANT, 2): 1,
        (Kind.OF_THE_CITY, 2): 3,
        (Kind.PERSON, 2): 1,
    }
    (account,) = [row for row in found if row.kind is Kind.APPLICANT]
    assert "账号尾号0001" in account.sentence
    assert "621700" not in account.sentence


@pytest.mark.parametrize("which", [FIRST, SECOND])
def test_the_word_of_the_office_that_was_decided_for_is_the_city_s(
    which: int, offices: tuple[CityOffice, CityOffice], tmp_path: Path
) -> None:
    homes = [office.register.home for office in offices]
    found, key = conflicts.conflicts(homes, NOW)
    of = {row.mark(key): decisions.Decision(str(which + 1)) for row in found}
    merge.merge(homes, Home(tmp_path / "city"), decisions.Decisions("李局长", of), NOW)
    city = open_register(Home(tmp_path / "city"), NOW)
    with city.reading(city.nobody(NOW)) as context:
        _assert_word_of(context, which)
    city.close()


def _assert_word_of(context: Context, which: int) -> None:
    session, vault = context.session, context.vault
    person = known.by_number(context, NUMBER)
    assert person is not None
    assert (person.name, person.phone) == (("翟一", "13800000001"), ("翟二", "13800000002"))[which]
    assert {row.person_id for row in session.exec(select(OtherInitials))} == {session.exec(select(Person.id)).one()}
    applicant = session.exec(select(Applicant)).one()
    assert applicant.unseal(vault, "bank_account") == f"621700000000000{which + 1}"
    assert session.exec(select(CalendarVersion)).one().days == _days(which)
    assert session.exec(select(Lifting)).one().lifted_on == DAY + timedelta(which)
    assert session.exec(select(LiftingCorrection)).one().reason == f"更正{which}"
    assert session.exec(select(CatalogueTariff)).one().amount_fen == 100_000 + which
    # One person of two offices has one row and one login, in the office that was decided for.
    member = session.exec(select(Staff).where(Staff.name == "张三")).one()
    assert member.office_code == ("dongqu", "renhe")[which]
    assert session.exec(select(StaffLogin)).one().staff_id == member.id
    # Whatever was decided: an invoice once, what was told last, and as often as the fullest list says it.
    assert len(session.exec(select(UsedVoucher)).all()) == 1
    assert session.exec(select(ExchangedTraining)).one().paid
    assert len(session.exec(select(EarlierTraining)).all()) == 2


def test_a_login_of_two_people_is_asked_for(offices: tuple[CityOffice, CityOffice], tmp_path: Path) -> None:
    first, second = two_offices(tmp_path)
    for office, name in ((first, "孙甲"), (second, "孙乙")):
        with office.register.writing(office.acting) as context:
            members.add(context, name)
            context.session.flush()
            member = context.session.exec(select(Staff).where(Staff.name == name)).one()
            context.session.add(StaffLogin(staff_id=member.id, kind=LoginKind.ACCOUNT, value="zhang", added_at=NOW))
        office.register.close()
    homes = [first.register.home, second.register.home]
    found, key = conflicts.conflicts(homes, NOW)
    of = {row.mark(key): decisions.Decision("3" if row.kind is Kind.STAFF else "2") for row in found}
    merge.merge(homes, Home(tmp_path / "city"), decisions.Decisions("李局长", of), NOW)
    city = open_register(Home(tmp_path / "city"), NOW)
    with city.reading(city.nobody(NOW)) as context:
        login = context.session.exec(select(StaffLogin)).one()
        assert context.session.get_one(Staff, login.staff_id).name == "孙乙"
    city.close()


def test_a_change_of_staff_that_waits_is_settled_first(tmp_path: Path) -> None:
    offices = two_offices(tmp_path)
    with offices[1].register.writing(offices[1].acting) as context:
        context.session.add(StaffChange(kind=StaffChangeKind.ADD, proposed_on=DAY, proposed_by="张三"))
    for office in offices:
        office.register.close()
    homes = [office.register.home for office in offices]
    found, key = conflicts.conflicts(homes, NOW)
    of = {row.mark(key): decisions.Decision("3" if row.kind is Kind.STAFF else "1") for row in found}
    with pytest.raises(PxtuiError, match=r"先要办完：.*有1项人员或设置的更改等第二人确认"):
        merge.merge(homes, Home(tmp_path / "city"), decisions.Decisions("李局长", of), NOW)


def test_of_two_claims_on_one_invoice_the_later_one_is_told_whichever_office_was_named_first(tmp_path: Path) -> None:
    later, earlier = offices = two_offices(tmp_path)
    later.day = date(2020, 4, 20)
    for office in offices:
        office.claimed(office.file_class())
        office.register.close()
    homes = [later.register.home, earlier.register.home]
    found, key = conflicts.conflicts(homes, NOW)
    of = {row.mark(key): decisions.Decision("3" if row.kind is Kind.STAFF else "1") for row in found}
    merge.merge(homes, Home(tmp_path / "city"), decisions.Decisions("李局长", of), NOW)
    city = open_register(Home(tmp_path / "city"), NOW)
    with city.reading(city.nobody(NOW)) as context:
        cases = {case.office_code: case for case in context.session.exec(select(Case))}
        keys = context.session.exec(select(Voucher.number_key)).all()
        told = {
            office: history.where_vouchers_are_used(context.session, keys, except_case=case.id)
            for office, case in cases.items()
        }
    city.close()
    assert cases["renhe"].id < cases["dongqu"].id
    assert told["renhe"] == {}
    assert list(told["dongqu"].values()) == ["线培〔2020〕RH-0001"]
