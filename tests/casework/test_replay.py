"""A decision stays what it was: judged again from its own facts and parameters it comes out the same."""

import re
from datetime import date

import pytest
from sqlmodel import col, select

from db.models import Case, Enrolment
from pxtui.casework import changing, decisions, history, practice, replaying, roster
from pxtui.casework.cases import find
from pxtui.casework.changing import ClassChange
from pxtui.casework.register import Register
from pxtui.casework.replaying import Preview, Replay
from pxtui.casework.stages import Action, Stage
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Delivery, Level, PastTraining
from pxtui.policy.parameters import shipped_texts
from tests.casework.counter import FEE_FEN, Counter
from tests.casework.pay_desk import PayDesk
from tests.journeys.rosters import made_up_people

FORMER_CAP, LOWER_CAP = 60_000, 50_000


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


def with_cap(yuan: int, effective_from: str = "2020-02-20") -> str:
    """The parameter file with another cap, from another day on."""
    (text,) = shipped_texts().values()
    text = re.sub(r"cap_per_person_yuan = .*", f'cap_per_person_yuan = "{yuan}"', text)
    return re.sub(r"effective_from = .*", f"effective_from = {effective_from}", text)


def replay(counter: Counter, text: str = "") -> Replay:
    with counter.register.reading() as session:
        return replaying.replay(session, "notice_new.toml" if text else "", text)


def preview(counter: Counter, text: str) -> Preview:
    with counter.register.reading() as session:
        return replaying.preview(session, "notice_new.toml", text)


def test_the_practice_register_comes_out_the_same(register: Register) -> None:
    with register.writing() as session:
        practice.fill(session)
    with register.reading() as session:
        found = replaying.replay(session)
    assert found.decisions > 40
    assert found.differences == ()


def test_another_cap_changes_exactly_the_grants_above_it(register: Register) -> None:
    with register.writing() as session:
        practice.fill(session)
    with register.reading() as session:
        found = replaying.replay(session, "notice_new.toml", with_cap(500))
        granted = session.exec(select(Case).where(col(Case.stage) == Stage.CLAIM_APPROVED.value)).all()
        expected = {
            case.number for case in granted if (case.approved_total_fen or 0) == FORMER_CAP * (case.approved_heads or 0)
        }
    changed = {one.number: one.changes for one in found.differences if one.what.endswith("同意")}
    assert len(expected) > 3
    assert changed.keys() == expected
    some = next(case for case in granted if case.number in expected)
    heads = some.approved_heads or 0
    assert changed[some.number] == (f"补贴{FORMER_CAP * heads // 100}.00元→{LOWER_CAP * heads // 100}.00元",)


def test_what_is_corrected_later_changes_no_past_decision(counter: PayDesk) -> None:
    people = made_up_people(2)
    number = counter.file(people)
    counter.granted(number)
    elsewhere = PastTraining(
        people[0].id_number, "焊工", Level.FIVE, date(2020, 3, 1), date(2020, 3, 25), Delivery.OFFLINE, True, True
    )
    with counter.register.writing() as session:
        history.know(session, [elsewhere], source="补录")
        case = find(session, number)
        case.size, case.applicant_name = "large", "攀枝花市恒力重工有限公司"
        session.add(case)
    assert replay(counter) == Replay(2, ())


def test_a_register_that_was_tampered_with_is_told(counter: PayDesk) -> None:
    number = counter.file(made_up_people(2))
    counter.granted(number)
    with counter.register.writing() as session:
        case = find(session, number)
        case.approved_total_fen = 3 * FEE_FEN
        row = session.exec(select(Enrolment).where(col(Enrolment.application) == "claim")).first()
        assert row is not None
        row.approved = False
        session.add_all([case, row])
    (found,) = replay(counter).differences
    assert found.changes == ("批准2人，台账现为1人", "台账中的核定金额与审批时不一致")


def test_people_who_join_after_the_approval_are_no_difference(counter: PayDesk) -> None:
    number = counter.file(made_up_people(2))
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    joining = ClassChange(joining=made_up_people(1, first=5))
    with counter.register.writing() as session:
        changing.change(session, counter.acting, number, joining, "新员工参加")
    assert replay(counter) == Replay(1, ())


def test_newer_rules_are_tried_on_open_cases_and_change_nothing(counter: PayDesk) -> None:
    open_claim, done = counter.file(made_up_people(2)), counter.file(made_up_people(2, 5))
    counter.granted(done)
    counter.day = date(2020, 3, 16)
    counter.do(open_claim, Action.SUBMIT, Action.APPROVE)
    counter.day = date(2020, 4, 3)
    counter.do(open_claim, Action.CLAIM)
    counter.enter_claim(open_claim)
    found = preview(counter, with_cap(400))
    assert [(one.number, one.changes) for one in found.differences] == [(open_claim, ("补贴1000.00元→800.00元",))]
    assert counter.stage(open_claim) is Stage.CLAIM_DRAFT
    assert preview(counter, with_cap(400, "2020-07-01")).differences == ()
    assert preview(counter, with_cap(400, "2020-07-01")).effective_from == date(2020, 7, 1)


def test_a_file_that_is_no_parameter_file_is_refused(counter: PayDesk) -> None:
    with pytest.raises(PxtuiError, match=r"notice_new\.toml 有误"):
        preview(counter, "cap = 1")


def test_what_has_changed_since_the_last_step_is_told(counter: PayDesk) -> None:
    number = counter.file(made_up_people(3))
    counter.do(number, Action.SUBMIT)
    with counter.register.reading() as session:
        assert decisions.since_last(session, number) == ()
    counter.do(number, Action.RETURN, opinion="请补齐")
    people = made_up_people(4)[1:]
    with counter.register.writing() as session:
        roster.replace_all(session, counter.acting, number, roster.renumbered(people))
    with counter.register.reading() as session:
        (told,) = decisions.since_last(session, number)
    assert told == "自2020-03-16 退回补正以来：名单新增1人；名单退出1人。"
