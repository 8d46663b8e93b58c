"""Who may do what: every act of the journal stands in the table, and is refused to everybody else with who may."""

import pytest
from sqlmodel import col, select

from db.models import Act, Case, JournalEntry, Office, Role, Staff
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import ACTION_NAMES
from pxtui.casework.office import journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.permissions import PERMISSIONS
from pxtui.casework.office.register import Register
from pxtui.errors import NotAllowed
from pxtui.home import Home
from tests.conftest import NOW, empty_register
from tests.support.counter import Counter

NAMES = {
    Role.CLERK: "受文",
    Role.REVIEWER: "复文",
    Role.HEAD: "负文",
    Role.CASHIER: "出文",
    Role.AUDITOR: "审文",
    Role.ADMINISTRATOR: "管文",
}
OTHER = "外文"
"""At the end of a name: works in the neighbouring office, which keeps no register of its own."""
BY_THE_PROGRAM = {
    Act.REGISTER_CREATE,
    Act.REGISTER_UPGRADE,
    Act.REGISTER_RESTORE,
    Act.REGISTER_COPY,
    Act.ACT_REFUSED,
    Act.RETENTION_PASSWORDS,
    Act.RETENTION_ERASE,
    Act.STAFF_PASSWORD,
    Act.STAFF_RECOVER,
    Act.SIGN_IN,
    Act.SIGN_IN_FAIL,
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """An office with two people of every role, of whom one is of another office, and a case of its own."""
    counter = Counter(empty_register(Home(tmp_path_factory.mktemp("roles") / "pxtui")))
    counter.file()
    with counter.register.writing(counter.acting) as context:
        for role, name in NAMES.items():
            context.session.add(Staff(name=name, office_code="dongqu", role=role))
            context.session.add(Staff(name=name + OTHER, office_code="xiqu", role=role))
        context.session.flush()
        office_settings.change(context, duties_apart=True)
    return counter


def tried(counter: Counter, name: str, act: Act, *, on_case: bool) -> str:
    """What is said to somebody who does an act; empty: it is done."""
    try:
        with counter.register.writing(Acting(name, "dongqu", NOW)) as context:
            case = context.session.exec(select(Case)).first() if on_case else None
            journal.record(context, case, act, "试")
    except NotAllowed as fault:
        return fault.sentence
    return ""


def test_every_act_stands_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Act)
    assert {act for act, permission in PERMISSIONS.items() if not permission.roles} == BY_THE_PROGRAM


def test_a_move_is_called_what_the_screens_call_it() -> None:
    assert {PERMISSIONS[Act.of_move(action)].name for action in ACTION_NAMES} == set(ACTION_NAMES.values())


@pytest.mark.parametrize("role", Role)
def test_every_act_is_allowed_or_refused_with_who_may(office: Counter, role: Role) -> None:
    for act, permission in PERMISSIONS.items():
        sentence = tried(office, NAMES[role], act, on_case=False)
        if role in permission.roles or act in BY_THE_PROGRAM:
            assert sentence == "", act
        else:
            who = "或".join(other.value for other in Role if other in permission.roles)
            assert sentence == (f"{permission.name}由{who}办理，您的岗位是{role.value}，请交{who}办理。"), act


@pytest.mark.parametrize("role", Role)
def test_a_case_is_for_the_staff_of_its_office(office: Counter, role: Role) -> None:
    for act, permission in PERMISSIONS.items():
        if role not in permission.roles or act in BY_THE_PROGRAM:
            continue
        sentence = tried(office, NAMES[role] + OTHER, act, on_case=True)
        assert sentence.startswith("2020-DQ-0001由"), act


def test_an_auditor_does_nothing_and_an_administrator_decides_on_no_case() -> None:
    assert {act for act, permission in PERMISSIONS.items() if Role.AUDITOR in permission.roles} == {Act.READ_SEARCH}
    administrators = {act for act, permission in PERMISSIONS.items() if Role.ADMINISTRATOR in permission.roles}
    assert {act for act in administrators if act.value.startswith(("case.", "roster.", "payment.", "claim."))} == {
        Act.CASE_TERMINATE,
        Act.CASE_REINSTATE,
    }, "the lifting, which two administrators sign, ends classes; it decides on none"


def test_a_refused_act_stands_in_the_journal_and_nothing_of_it_is_stored(office: Counter) -> None:
    sentence = tried(office, NAMES[Role.AUDITOR], Act.CASE_APPROVE, on_case=True)
    with office.register.reading(office.acting) as context:
        newest = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id).desc())).first()
        assert newest is not None
        assert (newest.action, newest.staff_name, newest.role) == (Act.ACT_REFUSED, "审文", Role.AUDITOR)
        assert newest.summary == f"没有办理：{sentence}"


def test_the_role_of_the_time_stays_in_the_journal(register: Register) -> None:
    counter = Counter(register)
    number = counter.file()
    with register.writing(counter.acting) as context:
        member = context.session.exec(select(Staff)).one()
        member.role = Role.HEAD
        context.session.add(member)
        context.session.flush()
        journal.record(context, find(context, number), Act.CASE_PLACE, "换了岗位以后")
    with register.reading(counter.acting) as context:
        roles = [entry.role for entry in context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id)))]
    assert set(roles[:-1]) == {Role.CLERK}
    assert roles[-1] is Role.HEAD


def test_whoever_has_left_does_nothing_more_at_a_desk_that_is_still_open(register: Register) -> None:
    counter = Counter(register)
    counter.hire_colleagues()
    with register.writing(counter.acting) as context:
        member = context.session.exec(select(Staff).where(col(Staff.name) == "李四")).one()
        member.active = False
        context.session.add(member)
    assert tried(counter, "李四", Act.CASE_PLACE, on_case=False) == "李四已离岗，不能办理；请由在岗人员办理。"


def test_both_offices_are_named(office: Counter) -> None:
    with office.register.reading(office.acting) as context:
        own, other = (context.session.get_one(Office, code).name for code in ("dongqu", "xiqu"))
    sentence = tried(office, NAMES[Role.CLERK] + OTHER, Act.CASE_PLACE, on_case=True)
    assert sentence == f"2020-DQ-0001由{own}办理，您是{other}的人员，请交{own}办理。"
