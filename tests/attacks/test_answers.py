"""Acts that went through in silence: over a warning, after an objection, behind a check, twice."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.check import standing
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.decision import class_changes
from pxtui.casework.decision import replay as replaying
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.people import past_trainings
from pxtui.casework.printed import opening, review
from pxtui.casework.printed.asking import Asking
from pxtui.casework.publicity import objections, publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.policy.facts import ApplicationKind, Delivery, Level, PastTraining, Trainee
from tests.policy.test_bundles import BUNDLES
from tests.support.bundles import filed
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

OPENING_BUNDLE = BUNDLES / "bundle-00006.json"


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


def approved(counter: Counter, number: str) -> frozenset[int]:
    with counter.register.reading(counter.acting) as context:
        return roster_edits.approved_seqs(context, find(context, number), ApplicationKind.OPENING)


def with_a_wrong_phone(heads: int = 3) -> list[Trainee]:
    first, *others = made_up_people(heads)
    return [replace(first, phone="123"), *others]


def test_approved_over_a_warning_in_silence(counter: Counter) -> None:
    number = counter.file(with_a_wrong_phone())
    counter.do(number, Action.SUBMIT)
    with pytest.raises(PxtuiError, match="1项"):
        counter.do(number, Action.APPROVE)
    assert counter.stage(number) is Stage.RECEIVED


def test_approved_again_unchanged_after_an_upheld_objection(counter: Counter) -> None:
    number = counter.claimed()
    counter.do(number, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        publishing.publish(context, [number], context.today)
        objections.receive(context, number, "名单有误")
    with counter.register.writing(replace(counter.acting, name="李四")) as context:
        objections.decide(context, number, "第2号没有参训", upheld=True)
    with pytest.raises(PxtuiError, match="第2号没有参训"):
        counter.do(number, Action.APPROVE)
    assert counter.stage(number) is Stage.CLAIM_RECEIVED


def test_a_deduction_slipped_in_after_the_second_check(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    strict.do(number, Action.APPROVE, by="王五")
    strict.day = date(2020, 4, 3)
    strict.do(number, Action.CLAIM)
    strict.enter_claim(number)
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    with strict.register.writing(strict.acting) as context:
        deductions_by_hand.deduct(context, number, 2, "21", "没有参训")
    with pytest.raises(PxtuiError, match="待复核"):
        strict.do(number, Action.APPROVE, by="王五")


def test_people_swapped_after_the_approval_by_one_clerk(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    strict.do(number, Action.APPROVE, by="王五")
    with strict.register.writing(strict.acting) as context:
        wanted = ClassChange(joining=made_up_people(1, 50), leaving=frozenset({2}))
        class_changes.change(context, number, wanted, "企业申请")
    assert approved(strict, number) == {1, 2, 3}


def test_a_change_comes_into_force_by_another_and_its_notice_names_who_left_and_who_joined(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    strict.do(number, Action.APPROVE, by="王五")
    wanted = ClassChange(ends_on=date(2020, 4, 9), joining=made_up_people(1, 50), leaving=frozenset({2}))
    with strict.register.writing(strict.acting) as context:
        assert not class_changes.change(context, number, wanted, "企业申请")
    with strict.register.writing(strict.acting) as context, pytest.raises(PxtuiError, match="由负责人办理"):
        class_changes.approve(context, number)
    with strict.register.writing(replace(strict.acting, name="王五")) as context:
        class_changes.approve(context, number)
    assert approved(strict, number) == {1, 3, 4}
    with strict.register.reading(strict.acting) as context:
        asking = Asking(context, find(context, number))
        lines = opening.change_notice(asking).facts.tables["changes"]
        assert [line["item"] for line in lines] == ["结束日期", "人员退出", "人员加入"]
        assert str(lines[1]["before"]).startswith("第2号")
        assert [row.seq for row in asking.overview.application.roster] == [1, 3, 4]
        assert replaying.replay(context).differences == ()


def test_nobody_approves_the_change_that_he_proposed(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    strict.do(number, Action.APPROVE, by="王五")
    head = replace(strict.acting, name="王五")
    with strict.register.writing(head) as context:
        class_changes.change(context, number, ClassChange(ends_on=date(2020, 4, 9)), "企业申请")
    with strict.register.writing(head) as context, pytest.raises(PxtuiError, match="须由另一人批准"):
        class_changes.approve(context, number)


def test_an_answer_to_a_warning_is_printed_and_frozen_with_the_decision(counter: Counter) -> None:
    number = counter.claimed(counter.file(with_a_wrong_phone()))
    counter.do(number, Action.APPROVE, opinion="已改用单位座机联系到本人")
    with counter.register.reading(counter.acting) as context:
        told = review.approval_table(Asking(context, find(context, number))).facts.tables["answers"]
    assert [line["answer"] for line in told] == ["已改用单位座机联系到本人"]
    assert str(told[0]["point"]).startswith("第1号：")


def test_what_comes_out_otherwise_than_at_the_second_check_goes_back_to_it(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    (person,) = made_up_people(1)
    day = date(2020, 3, 25)
    elsewhere = PastTraining(person.id_number, "车工", Level.FIVE, day, day, Delivery.OFFLINE, True, True)
    with strict.register.writing(strict.acting) as context:
        past_trainings.insert_missing(context, [elsewhere], source="补录")
    with pytest.raises(PxtuiError, match="复核以后审查结果有变"):
        strict.do(number, Action.APPROVE, by="王五")
    strict.do(number, Action.RECHECK, opinion="另有培训记录", by="王五")
    strict.do(number, Action.SECOND_CHECK, by="李四")
    assert strict.do(number, Action.APPROVE, by="王五") is Stage.OPENED


def test_the_same_class_filed_twice(counter: Counter) -> None:
    first = counter.file()
    again = counter.file(made_up_people(3, 20))
    other = counter.file(made_up_people(3, 40), occupation="电工")
    with counter.register.reading(counter.acting) as context:
        assert standing.standing(context, first).notes == ()
        assert standing.standing(context, other).notes == ()
        assert first in standing.standing(context, again).notes[0]


def test_the_same_bundle_imported_twice(counter: Counter, tmp_path: Path) -> None:
    first = filed(counter.register, counter.acting, OPENING_BUNDLE)
    copy = tmp_path / "renamed.json"
    copy.write_bytes(OPENING_BUNDLE.read_bytes())
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match=first):
        opening_filing.import_file(context, copy)
