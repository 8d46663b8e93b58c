"""The pages of an enterprise and of a platform: classes, money, size, vouchers, marks, neighbours, shares; masks."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, Applicant, JournalEntry
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office.roles import Role
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment import recovery
from pxtui.casework.profiles import enterprise, subject
from pxtui.casework.profiles.enterprise import EnterprisePage
from pxtui.casework.profiles.found import Kind
from pxtui.casework.profiles.subject import SubjectPage
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff import members
from pxtui.errors import NotAllowed, NotFound, Refused
from pxtui.home import Home
from pxtui.policy.facts import Size
from tests.conftest import empty_register
from tests.support.city import one_register
from tests.support.counter import ANSWER
from tests.support.filings import a_full_filing
from tests.support.offices import CityOffice
from tests.support.pages import at
from tests.support.pay_desk import NAME, PayDesk, paid
from tests.support.rosters import made_up_people
from tests.support.statements import watched

FULL = a_full_filing()
SCHOOL, CONTACT = FULL.applicant.name, FULL.details.contact_phone
PLATFORM, PROVIDER = "四川省职业网络培训学院", "成都职业培训网络学院"


@pytest.fixture
def counter(tmp_path: Path) -> PayDesk:
    made = PayDesk(empty_register(Home(tmp_path / "data")))
    made.hire_colleagues()
    return made


def page(counter: PayDesk, text: str = NAME) -> EnterprisePage:
    with counter.register.reading(counter.acting) as context:
        return enterprise.enterprise_page(context, enterprise.meant(context, text))


def of(counter: PayDesk, kind: Kind, name: str) -> SubjectPage:
    with counter.register.reading(counter.acting) as context:
        return subject.subject_page(context, (kind, name))


def file(counter: PayDesk, **other: object) -> str:
    """A draft; `other`: fields of the applicant, or of the class."""
    filing = a_full_filing()
    applicant = {name: value for name, value in other.items() if hasattr(filing.applicant, name)}
    training = {name: value for name, value in other.items() if hasattr(filing.training, name)}
    filed = replace(
        filing,
        applicant=replace(filing.applicant, **applicant),  # type: ignore[arg-type]
        training=replace(filing.training, **training),  # type: ignore[arg-type]
        received_on=counter.day,
    )
    with counter.register.writing(counter.acting) as context:
        number = opening_filing.file(context, filed)
        roster_edits.replace_all(context, number, made_up_people(2, counter.people))
    counter.people += 2
    return number


def test_classes_people_and_money_are_added_up(counter: PayDesk, tmp_path: Path) -> None:
    counter.grant()
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), paid(number))
    counter.file(made_up_people(3, 10))
    shown = page(counter)
    assert (shown.money.classes, shown.people, shown.money.heads) == (2, 5, 2)
    assert shown.money.in_words == "申请1000.00 核减0.00 批准1000.00 已拨付1000.00 退回0.00（元）"
    assert [line.number for line in shown.classes] == ["2020-DQ-0002", number]
    (voucher,) = shown.vouchers
    assert voucher.case_number == number
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, 50_000, "1人未参训", is_fraud=True)
    with counter.register.writing(at(counter, "王五").acting) as context:
        recovery.approve(context, number)
    shown = page(counter)
    assert "待追回500.00" in shown.money.in_words
    assert "曾骗取补贴" in shown.marks[0]


def test_what_a_decided_claim_got_less_is_told_and_an_open_one_is_no_deduction(counter: PayDesk) -> None:
    number = counter.claimed(counter.file(made_up_people(2)))
    assert "核减0.00" in page(counter).money.in_words
    with counter.register.writing(counter.acting) as context:
        deductions_by_hand.deduct(context, number, 2, "05", "未参保")
    counter.do(number, Action.APPROVE, opinion=ANSWER)
    assert "申请1000.00 核减500.00 批准500.00" in page(counter).money.in_words


def test_a_size_that_was_stated_otherwise_is_told(counter: PayDesk) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        case = cases.find(context, number)
        case.stated_size, case.size = Size.LARGE.value, Size.MEDIUM.value
    assert page(counter).size == "规模：自报大型，审查按中型，两者不同"


def test_names_with_one_credit_code_are_one_page(counter: PayDesk) -> None:
    code = "91510400MA6ABCDE0X"
    first = file(counter, credit_code=code)
    second = file(counter, credit_code=code, name="攀枝花市恒隆技工学校")
    shown = page(counter, "恒隆技工")
    assert [line.number for line in shown.classes] == [second, first]
    assert shown.other_names == (SCHOOL,)


def test_phones_and_accounts_are_masked_and_open_for_a_reason(counter: PayDesk) -> None:
    file(counter)
    with counter.register.writing(counter.acting) as context:
        applicant = context.session.exec(select(Applicant)).one()
        applicant.seal(context.vault, bank_account="6217000000000001")
        context.session.add(applicant)
    shown = page(counter, SCHOOL)
    assert CONTACT not in repr(shown)
    assert "6217000000000001" not in repr(shown)
    assert "************0001" in shown.facts[1]
    with counter.register.writing(counter.acting) as context:
        told = enterprise.open_in_full(context, shown.applicant_id, "退票核对账号")
    assert CONTACT in told
    assert "6217000000000001" in told
    with counter.register.reading(counter.acting) as context:
        (entry,) = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.READ_ACCOUNT)).all()
        assert journal.values(context, entry)[1] == {"reason": "退票核对账号"}
    with pytest.raises(Refused, match="理由"), counter.register.writing(counter.acting) as context:
        enterprise.open_in_full(context, shown.applicant_id, "")


def test_a_trainee_with_the_contacts_phone_is_told(counter: PayDesk) -> None:
    number = file(counter)
    with counter.register.writing(counter.acting) as context:
        roster_edits.replace_all(context, number, [replace(made_up_people(1)[0], phone=CONTACT)])
    (other,) = page(counter, SCHOOL).shared_phones
    assert other.key is not None
    assert other.name == made_up_people(1)[0].name


@pytest.mark.parametrize(("name", "role"), [("钱审计", Role.AUDITOR), ("孙管理", Role.ADMINISTRATOR)])
def test_an_auditor_reads_it_masked_and_an_administrator_not_at_all(counter: PayDesk, name: str, role: Role) -> None:
    number = file(counter)
    with counter.register.writing(counter.acting) as context:
        members.add(context, name, role)
        applicant = enterprise.of_case(context, number)
    sits = at(counter, name)
    if role is Role.AUDITOR:
        assert page(replace(counter, clerk=name), SCHOOL).classes
    else:
        with pytest.raises(NotAllowed):
            page(replace(counter, clerk=name), SCHOOL)
    with pytest.raises(NotAllowed), counter.register.writing(sits.acting) as context:
        enterprise.open_in_full(context, applicant, "看看")


def test_what_nobody_is_called_and_what_several_are_called_is_refused(counter: PayDesk) -> None:
    file(counter, credit_code="91510400MA6ABCDE0X")
    file(counter, credit_code="91510421MA6FGHJK1Y", name="攀枝花市恒隆电气有限公司")
    with pytest.raises(NotFound):
        page(counter, "无此单位")
    with pytest.raises(Refused, match="查到2个单位"):
        page(counter, "恒隆")
    assert page(counter, SCHOOL).name == SCHOOL
    file(counter, credit_code="91510400MA6ABCDE0X1", name="攀枝花市恒隆二校")
    assert page(counter, "91510400ma6abcde0x").name == SCHOOL


def test_of_another_offices_classes_only_days_occupation_and_office_are_told(tmp_path: Path) -> None:
    first, second = one_register(tmp_path)
    first.file_class(2)
    second.file_class(2, date(2020, 4, 20), "电工")
    shown = page(first)
    theirs = next(line for line in shown.classes if not line.number)
    assert (theirs.what, theirs.firm, theirs.state, theirs.heads) == ("电工五级", "仁和区人社局", "", None)
    assert (shown.elsewhere, shown.money.classes, shown.people) == (1, 1, 2)
    used = of(first, Kind.OCCUPATION, "焊工")
    assert (used.classes_count, len(used.classes)) == (1, 1)
    assert isinstance(first, CityOffice)


def test_a_platforms_share_is_told_with_its_providers(counter: PayDesk) -> None:
    number = file(counter, platform=PLATFORM, provider=PROVIDER)
    other = file(counter, platform="技工教育网", provider="甲培训学校")
    with counter.register.writing(counter.acting) as context:
        cases.find(context, number).approved_total_fen = 200_000
        cases.find(context, other).approved_total_fen = 100_000
    shown = of(counter, Kind.PLATFORM, PLATFORM)
    assert shown.in_words == "1个班，批准2000.00元，占全部批准金额的66.7%"
    assert [(each.kind, each.name, each.classes) for each in shown.related] == [(Kind.PROVIDER, PROVIDER, 1)]
    assert shown.domains.startswith("通知所列平台，域名")
    assert of(counter, Kind.PLATFORM, "技工教育网").share == "33.3%"
    assert of(counter, Kind.OCCUPATION, FULL.training.occupation).share == "100.0%"
    assert of(counter, Kind.PROVIDER, "无").in_words == "0个班，批准0.00元，占全部批准金额的0.0%"


def test_a_provider_that_is_an_applicant_is_told_with_people_phones_and_address(counter: PayDesk) -> None:
    file(counter, platform=PLATFORM, provider=NAME)
    (firm,) = of(counter, Kind.PROVIDER, NAME).enterprises
    assert firm.is_own_customer
    assert FULL.details.address in firm.sentence
    assert CONTACT not in firm.sentence


@pytest.mark.parametrize("name", ["enterprise", "platform"])
def test_a_page_costs_the_same_statements_whatever_is_on_it(counter: PayDesk, name: str) -> None:
    def statements() -> int:
        with watched() as sent, counter.register.reading(counter.acting) as context:
            if name == "enterprise":
                enterprise.enterprise_page(context, enterprise.of_case(context, number))
            else:
                subject.subject_page(context, (Kind.PROVIDER, PROVIDER))
        return sent.count

    number = file(counter, platform=PLATFORM, provider=PROVIDER)
    few = statements()
    for month in range(5, 9):
        file(
            counter, platform=PLATFORM, provider=PROVIDER, starts_on=date(2020, month, 6), ends_on=date(2020, month, 20)
        )
    assert statements() == few
