"""The two reviews of a case: who may do what, what a withdrawal gives back, and what an illegal step is told."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from pxtui.casework.calendar import due
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.desk import queues
from pxtui.casework.lifecycle import cases, paper_place
from pxtui.casework.lifecycle import picture as lifecycle_picture
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import MOVES, move, possible
from pxtui.casework.lifecycle.stages import ACTION_NAMES, STAGE_NAMES, Action, Stage
from pxtui.casework.office import duties
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.printed.asking import Asking, common
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff import changes, members
from pxtui.errors import PxtuiError
from tests.support.counter import Counter
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


@pytest.fixture
def strict(counter: Counter) -> Counter:
    """An office that wants its duties apart."""
    counter.hire_colleagues()
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    return counter


def test_three_people_open_a_class_where_duties_are_apart(strict: Counter) -> None:
    number = strict.file()
    assert strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK) is Stage.FIRST_CHECKED
    assert strict.do(number, Action.SECOND_CHECK, by="李四") is Stage.SECOND_CHECKED
    assert strict.do(number, Action.APPROVE, by="王五") is Stage.OPENED
    assert strict.stages_in_journal(number) == [
        Stage.RECEIVED,
        Stage.ACCEPTED,
        Stage.FIRST_CHECKED,
        Stage.SECOND_CHECKED,
        Stage.OPENED,
    ]


def test_nobody_decides_alone_where_duties_are_apart(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT)
    with pytest.raises(PxtuiError, match="岗位分设，请依次受理、初审、复核"):
        strict.do(number, Action.APPROVE)
    strict.do(number, Action.ACCEPT, Action.FIRST_CHECK)
    with pytest.raises(PxtuiError, match="复核通过由复核人办理，您的岗位是受理员"):
        strict.do(number, Action.SECOND_CHECK)
    assert strict.stage(number) is Stage.FIRST_CHECKED


def test_a_new_role_does_not_let_one_person_check_twice(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    with strict.register.writing(replace(strict.acting, name="赵六")) as context:
        members.assign(context, "张三", Role.REVIEWER, agreed=True)
    with pytest.raises(PxtuiError, match="前面的一步由您办理，复核通过须由另一人办理"):
        strict.do(number, Action.SECOND_CHECK)


def test_where_duties_are_apart_nobody_makes_up_the_second_person(strict: Counter) -> None:
    for act in (
        partial(members.add, name="钱七", role=Role.HEAD),
        partial(members.assign, name="张三", role=Role.HEAD),
        partial(members.retire, name="王五"),
    ):
        with strict.register.writing(strict.acting) as context, pytest.raises(PxtuiError, match="由管理员办理"):
            act(context)


@pytest.mark.parametrize("name", ["1周丽", " ", "李4"])
def test_a_name_for_papers_is_one(counter: Counter, name: str) -> None:
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="姓名"):
        members.add(context, name)


def test_one_clerk_opens_a_class_where_the_office_does_not_mind(counter: Counter) -> None:
    number = counter.file()
    assert counter.do(number, Action.SUBMIT, Action.APPROVE) is Stage.OPENED


def test_a_pre_review_by_wechat_waits_for_the_paper(counter: Counter) -> None:
    number = counter.file()
    assert counter.do(number, Action.PRE_REVIEW) is Stage.PRE_REVIEW
    with pytest.raises(PxtuiError, match="退回补正须写明理由"):
        counter.do(number, Action.RETURN)
    assert counter.do(number, Action.RETURN, opinion="缺第3页") is Stage.DRAFT
    assert counter.do(number, Action.PRE_REVIEW, Action.AWAIT_PAPER, Action.SUBMIT) is Stage.RECEIVED


def test_a_case_may_be_returned_twice(counter: Counter) -> None:
    number = counter.file()
    for _ in range(2):
        counter.do(number, Action.SUBMIT)
        assert counter.do(number, Action.RETURN, opinion="合同不全") is Stage.RETURNED
    assert counter.do(number, Action.SUBMIT, Action.APPROVE, opinion="合同已当面核对") is Stage.OPENED


def test_a_claim_that_is_taken_back_can_be_made_again_with_the_same_invoice(counter: Counter) -> None:
    number = counter.claimed()
    assert counter.do(number, Action.WITHDRAW) is Stage.OPENED
    with counter.register.reading(counter.acting) as context:
        assert claim_filing.vouchers_of(context, number) == ()
        assert len(roster_edits.rows(context, number)) == 3
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    assert counter.do(number, Action.SUBMIT, Action.APPROVE) is Stage.CLAIM_APPROVED


def test_the_checked_amount_is_kept_beside_the_approved_one(counter: Counter) -> None:
    number = counter.claimed()
    counter.do(number, Action.ACCEPT, Action.FIRST_CHECK, Action.SECOND_CHECK, Action.APPROVE)
    with counter.register.reading(counter.acting) as context:
        case = find(context, number)
        assert (case.checked_total_fen, case.approved_total_fen) == (150_000, 150_000)


def test_a_class_that_falls_out_gives_its_people_their_training_back(counter: Counter) -> None:
    people = made_up_people(3)
    first = counter.file(people)
    counter.do(first, Action.SUBMIT, Action.APPROVE)
    second = counter.file(people, occupation="电工")
    assert len(counter.trainings_elsewhere(second)) == len(people)
    counter.do(first, Action.WITHDRAW, opinion="企业取消培训")
    assert counter.trainings_elsewhere(second) == ()


def test_two_counters_cannot_both_approve_one_person(counter: Counter) -> None:
    people = made_up_people(1)
    both = [counter.file(people), counter.file(people, occupation="电工")]
    for number in both:
        counter.do(number, Action.SUBMIT)
    assert counter.do(both[0], Action.APPROVE) is Stage.OPENED
    with pytest.raises(PxtuiError, match="没有一名符合条件的人员"):
        counter.do(both[1], Action.APPROVE)


def test_the_subsidy_is_not_applied_for_before_the_class_has_ended(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = date(2020, 4, 1)
    with pytest.raises(PxtuiError, match="此班2020-04-02结束，结束后再申请补贴"):
        counter.do(number, Action.CLAIM)
    counter.day = date(2020, 4, 2)
    assert counter.do(number, Action.CLAIM) is Stage.CLAIM_DRAFT


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2020, 3, 19), "已批未开班"), (date(2020, 3, 20), "培训中"), (date(2020, 4, 3), "已结束待申领")],
)
def test_the_desk_tells_how_far_an_approved_class_is(counter: Counter, day: date, told: str) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    with counter.register.reading(counter.acting) as context:
        assert cases.look_up(context, number).stage_name_on(day) == told


def test_a_paid_class_is_not_sent_to_the_offline_procedure(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    with pytest.raises(PxtuiError, match="不转线下程序"):
        counter.do(number, Action.TRANSFER)


@pytest.mark.parametrize("stage", Stage)
def test_what_is_not_in_the_table_is_refused_with_the_way(stage: Stage) -> None:
    for action in set(Action) - {done for start, done in MOVES if start is stage}:
        with pytest.raises(PxtuiError) as refused:
            move(stage, action)
        told = refused.value.sentence
        assert told.startswith(f"案件处于“{STAGE_NAMES[stage]}”，不能{ACTION_NAMES[action]}；")
        assert all(ACTION_NAMES[way] in told for way in possible(stage))


def test_every_stage_can_be_reached_and_has_a_name() -> None:
    reached = {way.to for way in MOVES.values()} | {Stage.DRAFT}
    assert reached == set(Stage) == set(STAGE_NAMES)
    assert {action for _, action in MOVES} == set(Action) == set(ACTION_NAMES)


def test_whoever_has_to_do_something_is_named_and_nobody_for_what_is_done() -> None:
    done = {Stage.REFUSED, Stage.TRANSFERRED, Stage.TERMINATED, Stage.WITHDRAWN, Stage.VOIDED, Stage.CLAIM_REFUSED}
    done |= {Stage.PAID, Stage.ARCHIVED, Stage.RECOVERED}
    assert {stage for stage in Stage if not due.waited_for(stage)} == done


def test_the_manual_shows_the_stages_of_the_program() -> None:
    manual = Path(__file__).parents[3] / "docs" / "STAGES.md"
    assert manual.read_text(encoding="utf-8") == lifecycle_picture.picture()


def test_a_case_that_is_late_and_where_its_paper_lies(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT)
    with counter.register.writing(counter.acting) as context:
        paper_place.put(context, number, "2号架3层")
        office_settings.change(context, opening_days=2)
    with counter.register.reading(counter.acting) as context:
        assert queues.cases(context).due == {number: date(2020, 3, 18)}
        assert paper_place.where(context, number) == "2号架3层"


def test_a_returned_case_waits_for_the_applicant_in_working_days(counter: Counter) -> None:
    number = counter.file()
    counter.day = date(2020, 4, 3)
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="合同不全")
    with counter.register.reading(counter.acting) as context:
        assert queues.cases(context).due == {number: date(2020, 4, 13)}  # 清明 stands between


def test_duties_that_are_apart_are_joined_by_an_administrator_and_another(strict: Counter) -> None:
    with strict.register.writing(strict.acting) as context, pytest.raises(PxtuiError, match="由管理员办理"):
        office_settings.change(context, duties_apart=False)
    with strict.register.writing(replace(strict.acting, name="赵六")) as context:
        assert "确认后生效" in changes.change_settings(context, duties_apart=False)
        assert duties.are_apart(context)
    with strict.register.writing(replace(strict.acting, name="王五")) as context:
        changes.confirm(context, changes.waiting(context)[0].id)
        assert not duties.are_apart(context)


def test_duties_are_not_apart_without_an_administrator_who_could_join_them(counter: Counter) -> None:
    counter.hire_colleagues()
    administrator = replace(counter.acting, name="赵六")
    with counter.register.writing(counter.acting) as context:
        members.assign(context, "赵六", Role.REVIEWER)
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="岗位分设要先有管理员"):
        office_settings.change(context, duties_apart=True)
    with counter.register.writing(counter.acting) as context:
        members.assign(context, "赵六", Role.ADMINISTRATOR)
        office_settings.change(context, duties_apart=True)
    for act in (partial(members.assign, role=Role.CLERK, agreed=True), members.retire):
        with (
            counter.register.writing(administrator) as context,
            pytest.raises(PxtuiError, match="“赵六”是唯一的管理员"),
        ):
            act(context, name="赵六")


def test_how_the_office_is_reached_stands_on_what_it_issues(counter: Counter) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, office_phone="0812-3330001", address="攀枝花市东区人民街1号")
        values = common(Asking(context, find(context, number)))
    assert (values["phone"], values["office_address"], values["supervision_phone"]) == (
        "0812-3330001",
        "攀枝花市东区人民街1号",
        None,
    )
