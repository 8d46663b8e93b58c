"""Changes after the approval: checked again, told on the notice, refused whole where something is against them."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.decision import class_changes
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issuing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.rows import who_left, with_those_who_left
from pxtui.errors import PxtuiError
from pxtui.policy.facts import ApplicationKind
from tests.support.counter import Counter
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


@pytest.fixture
def number(counter: Counter) -> str:
    """An approved class of three people, 20 March to 2 April."""
    filed = counter.file()
    counter.do(filed, Action.SUBMIT, Action.APPROVE)
    return filed


def change(counter: Counter, number: str, wanted: ClassChange, reason: str = "企业申请") -> None:
    with counter.register.writing(counter.acting) as context:
        class_changes.change(context, number, wanted, reason)


def approved(counter: Counter, number: str) -> frozenset[int]:
    with counter.register.reading(counter.acting) as context:
        return roster_edits.approved_seqs(context, find(context, number), ApplicationKind.OPENING)


def test_one_person_takes_the_place_of_another_and_the_old_row_stays(counter: Counter, number: str) -> None:
    change(counter, number, ClassChange(joining=made_up_people(1, 50), leaving=frozenset({2})))
    assert approved(counter, number) == {1, 3, 4}
    with counter.register.reading(counter.acting) as context:
        assert [row.seq for row in roster_edits.rows(context, number)] == [1, 3, 4]
        everybody = with_those_who_left(context, find(context, number))
        assert [row.seq for row in everybody] == [1, 2, 3, 4]


def test_whoever_left_is_told_with_the_day(counter: Counter, number: str) -> None:
    change(counter, number, ClassChange(leaving=frozenset({2})))
    counter.day = date(2020, 3, 18)
    change(counter, number, ClassChange(leaving=frozenset({1})))
    with counter.register.reading(counter.acting) as context:
        left = [(person.seq, day) for person, day in who_left(context, find(context, number))]
    assert left == [(1, date(2020, 3, 18)), (2, date(2020, 3, 16))]


def test_who_left_has_the_training_back(counter: Counter, number: str) -> None:
    change(counter, number, ClassChange(leaving=frozenset({2})))
    other = counter.file(made_up_people(1, 1), occupation="电工")
    assert counter.trainings_elsewhere(other) == ()


def test_who_left_by_mistake_comes_back_to_the_old_row(counter: Counter, number: str) -> None:
    (person,) = made_up_people(1, 1)
    change(counter, number, ClassChange(leaving=frozenset({2})))
    change(counter, number, ClassChange(joining=[replace(person, phone="13900000000")]))
    assert approved(counter, number) == {1, 2, 3}
    with counter.register.reading(counter.acting) as context:
        assert [row.phone for row in roster_edits.rows(context, number)][1] == "13900000000"


def test_a_row_is_put_right_by_letting_the_person_leave_and_join(counter: Counter, number: str) -> None:
    (person,) = made_up_people(1, 1)
    change(counter, number, ClassChange(joining=[replace(person, name="欧阳明")], leaving=frozenset({2})))
    assert approved(counter, number) == {1, 2, 3}
    with counter.register.reading(counter.acting) as context:
        assert [row.name for row in roster_edits.rows(context, number)][1] == "欧阳明"
    with pytest.raises(PxtuiError, match="没有变更：第"):
        change(counter, number, ClassChange(joining=[person]))


def test_a_class_moved_into_another_one_of_its_people_is_refused_whole(counter: Counter, number: str) -> None:
    later = counter.file(made_up_people(1), date(2020, 4, 3), "电工")
    counter.do(later, Action.SUBMIT, Action.APPROVE)
    with pytest.raises(PxtuiError, match="没有变更：第1号："):
        change(counter, number, ClassChange(ends_on=date(2020, 4, 3), joining=made_up_people(1, 50)))
    assert approved(counter, number) == {1, 2, 3}
    with counter.register.reading(counter.acting) as context:
        assert find(context, number).ends_on == date(2020, 4, 2)


def test_the_notice_of_change_tells_what_was_changed(counter: Counter, number: str) -> None:
    change(counter, number, ClassChange(ends_on=date(2020, 4, 9)))
    with counter.register.reading(counter.acting) as context:
        offers = {offer.form: offer for offer in issuing.offers(context, number)}
        assert (offers["change-notice"].why_not, offers["change-notice"].is_due) == ("", True)
        assert find(context, number).ends_on == date(2020, 4, 9)


def test_nothing_is_changed_after_the_end_or_without_a_reason(counter: Counter, number: str) -> None:
    with pytest.raises(PxtuiError, match="须写明理由"):
        change(counter, number, ClassChange(ends_on=date(2020, 4, 9)), reason=" ")
    counter.day = date(2020, 4, 3)
    with pytest.raises(PxtuiError, match="已于2020-04-02结束，不能再变更"):
        change(counter, number, ClassChange(joining=made_up_people(1, 50)))


def test_whoever_joins_must_be_eligible(counter: Counter, number: str) -> None:
    stranger = replace(made_up_people(1, 50)[0], id_number="510402197001010010")
    with pytest.raises(PxtuiError, match="没有变更：第4号："):
        change(counter, number, ClassChange(joining=[stranger]))


def test_nobody_leaves_who_is_not_in_the_class(counter: Counter, number: str) -> None:
    with pytest.raises(PxtuiError, match="批准名单里没有第7号"):
        change(counter, number, ClassChange(leaving=frozenset({7})))
    with pytest.raises(PxtuiError, match="没有一名参训人员"):
        change(counter, number, ClassChange(leaving=frozenset({1, 2, 3})))


def test_who_joins_is_keyed_in_a_line_and_found_by_the_number(counter: Counter, number: str) -> None:
    person = made_up_people(1, 50)[0]
    line = f" {person.name[0]} {person.name[1:]} ，{person.id_number.lower()},{person.phone[:3]}-{person.phone[3:]}"
    joining = class_changes.people_keyed([line], counter.day)
    assert joining == [replace(person, seq=0, sex="男", age=50)]
    change(counter, number, ClassChange(joining=joining))
    with counter.register.reading(counter.acting) as context:
        assert roster_edits.rows(context, number)[-1].id_number == person.id_number


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("王五", "要写成“姓名,身份证号,电话”"),
        ("王五,510402198001010018,", "要写成“姓名,身份证号,电话”"),
        ("王五,510402198001010018,13800000001,备注", "要写成“姓名,身份证号,电话”"),
        ("王五,510402198001010011,13800000001", "王五的身份证号：.*没有变更"),
        ("王五,510402198001010018,1380000", "王五的电话“1380000”不是手机号"),
    ],
)
def test_a_line_that_is_no_person_is_refused_and_says_how_one_is_written(line: str, sentence: str) -> None:
    with pytest.raises(PxtuiError, match=sentence):
        class_changes.people_keyed([line], date(2020, 3, 16))
